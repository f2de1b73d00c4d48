#include <cstdio>
#include <sstream>

#include "analysis/commands/commands.h"
#include "analysis/import/importer.h"
#include "analysis/results/folder.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

int import_with(Imported (*read)(std::istream&, const std::string&), const std::string& file, const std::string& hubs, const std::string& output,
                bool dry_run) {
    const std::string bytes = read_text(file);
    std::istringstream in(bytes);
    Imported imported = read(in, file);
    if (!hubs.empty()) {
        std::istringstream members(read_text(hubs));
        add_memberships(members, hubs, imported);
    }
    if (!imported.problems.empty()) {
        std::fputs(report_of(imported.problems, "", "Nothing was written.").c_str(), stderr);
        return invalid;
    }
    std::size_t dropped = 0;
    for (const auto& [reason, count] : imported.dropped) dropped += count;
    std::fprintf(stderr, "%zu rows read, %zu establishments in %zu areas kept, %zu dropped\n", imported.rows, imported.population.input.rows.size(),
                 imported.population.input.areas.size(), dropped);
    for (const auto& [reason, count] : imported.dropped) std::fprintf(stderr, "  dropped  %6zu  %s\n", count, reason.c_str());
    for (const auto& [column, count] : imported.unknown) std::fprintf(stderr, "  unknown  %6zu  %s\n", count, column.c_str());
    if (!imported.population.memberships.empty())
        std::fprintf(stderr, "  members  %6zu  use rule \"as_listed\" in a plan\n", imported.population.memberships.size());
    if (dry_run) return done;
    write_whole(output, population_text(imported, file.substr(file.rfind('/') + 1), sha256(bytes)));
    std::printf("%s\n", output.c_str());
    return done;
}

}  // namespace

int import_gias(const std::string& file, const std::string& hubs, const std::string& output, bool dry_run) {
    return import_with(import_register, file, hubs, output, dry_run);
}

int import_table(const std::string& file, const std::string& hubs, const std::string& output, bool dry_run) {
    return import_with(import_plain_table, file, hubs, output, dry_run);
}

}  // namespace hubs
