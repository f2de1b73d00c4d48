#pragma once
#include <filesystem>

#include "analysis/base/files.h"
#include "analysis/results/results.h"

namespace hubs {

/// What the study read: the data log, with checksums. File names without their folders.
struct Inputs {
    static constexpr const char* name = "inputs";
    static constexpr const char* title = "Data log: what was read";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string role, file;
        std::int64_t bytes = 0;
        std::string sha256, note;
        static void describe(auto&& column, auto& r) {
            column("role", "What for", "", 0, r.role);
            column("file", "File", "", 0, r.file);
            column("bytes", "Size", "bytes", 0, r.bytes);
            column("sha256", "SHA-256", "", 0, r.sha256);
            column("note", "Note", "", 0, r.note);
        }
    };
    static std::vector<Row> rows(const Results& results) {
        const Study& study = results.finished().study;
        std::vector<Row> out;
        for (const InputFile& i : study.inputs)
            out.push_back({i.role, std::filesystem::path(i.name).filename().string(),
                           static_cast<std::int64_t>(i.text.size()), hubs::sha256(i.text),
                           i.role == "population" ? study.population_note : std::string()});
        return out;
    }
};

}  // namespace hubs
