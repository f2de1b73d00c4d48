#pragma once
#include <string>
#include <vector>

#include "analysis/results/table.h"
#include "sim/run/study.h"

namespace hubs {

extern const char* const version_text;  ///< of this program

/// What is needed to run a study again and to know that it is the same.
struct Manifest {
    std::string version, scenario_name, scenario_file, scenario_sha256, population_file, population_sha256, framework_sha256, posterior_sha256;
    std::string fingerprint;
    std::uint64_t seed = 0;
    std::uint32_t replicates = 0, months = 0;
    std::vector<std::pair<std::string, std::string>> files;  ///< name and SHA-256 of every data file
};

std::string manifest_text(const Study& study, const std::string& fingerprint, const std::vector<std::pair<std::string, std::string>>& files);

/// Reads a manifest back; throws std::runtime_error saying what is missing.
Manifest read_manifest(const std::string& text, const std::string& path);

}  // namespace hubs
