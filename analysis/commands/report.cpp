#include <cstdio>
#include <filesystem>

#include "analysis/commands/commands.h"
#include "analysis/report/qa_pack.h"
#include "analysis/report/save.h"

namespace hubs {
namespace {

/// A results folder's path without what means nothing: "a/../b/" is "b".
std::filesystem::path plain(const std::string& folder) {
    const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

}  // namespace

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

}  // namespace hubs
