#pragma once
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "analysis/base/folder_manifest.h"
#include "sim/run/study.h"

namespace hubs {

inline constexpr const char* results_format = "hubsim results 2";

/// Name of the study and, part by part, what makes its numbers.
FolderIdentity identity_of(const Study& study);

/// What a manifest says beside identity and files: program, population, inputs, fingerprint, parameters.
nlohmann::ordered_json description_of(const Study& study, const std::string& fingerprint);

/// A results folder's manifest, read back.
struct ResultsManifest {
    struct Input {
        std::string role, file;  ///< as it was named when the study was run
        bool built_in = false;
    };
    FolderManifest folder;
    std::string version, fingerprint, posterior;
    std::vector<Input> inputs;
    std::uint64_t seed = 0;
    std::uint32_t replicates = 0, months = 0;

    const Input* input(const std::string& role) const;
};

/// Throws InputError saying what is missing or does not fit.
ResultsManifest read_results_manifest(const std::string& results);

/// Where a results folder keeps an input.
std::string kept_input(const std::string& role);

}  // namespace hubs
