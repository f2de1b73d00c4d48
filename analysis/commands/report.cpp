#include <cstdio>
#include <memory>
#include <filesystem>

#include "analysis/commands/command.h"
#include "analysis/report/qa_pack.h"
#include "analysis/report/save.h"

namespace hubs {
namespace {

/// A results folder's path without what means nothing: "a/../b/" is "b".
std::filesystem::path plain(const std::string& folder) {
    const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

int report(const std::vector<std::string>& results, const std::string& output, bool dry_run, bool force) {
    for (const std::string& folder : results) read_results(folder);  // all are sound before the first is written
    for (const std::string& folder : results) {
        const std::string to = results.size() == 1 ? output : output + "/" + plain(folder).filename().string();
        if (!dry_run) rebuild_report(folder, to, force);
        std::printf("%s%s/report.html\n", dry_run ? "would write " : "", to.c_str());
    }
    return done;
}

int qa_pack(const std::string& results, const std::string& output, bool dry_run, bool force) {
    const std::string to = output.empty() ? plain(results).string() + "-qa" : output;
    if (!dry_run) write_qa_pack(results, to, force);
    else read_results(results);
    std::printf("%s%s\n", dry_run ? "would write " : "", to.c_str());
    return done;
}

}  // namespace

Command report_command() {
    struct Given {
        std::vector<std::string> results;
        std::string output;
        bool dry_run = false, force = false;
    };
    const auto c = std::make_shared<Given>();
    return {"report",
            "Rebuild charts and report from results alone",
            {{"results", &c->results},
             needed({"-o,--output", &c->output}),
             force_option(c->force),
             dry_run_option(c->dry_run)},
            [c](const std::string&) { return report(c->results, c->output, c->dry_run, c->force); }};
}

Command qa_pack_command() {
    struct Given {
        std::string results, output;
        bool dry_run = false, force = false;
    };
    const auto c = std::make_shared<Given>();
    return {"qa-pack",
            "Fill in a quality-assurance pack from a results folder",
            {{"results", &c->results},
             {"-o,--output", &c->output, "folder (default RESULTS-qa)"},
             force_option(c->force),
             dry_run_option(c->dry_run)},
            [c](const std::string&) { return qa_pack(c->results, c->output, c->dry_run, c->force); }};
}

}  // namespace hubs
