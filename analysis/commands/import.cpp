#include <cstdio>
#include <optional>

#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/commands/commands.h"
#include "analysis/import/importer.h"
#include "sim/run/document.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

constexpr std::size_t most_altered_told = 50;

/// A population file of this program's, by how it begins.
bool is_population(const std::string& beginning) { return beginning.find("\"format\": \"hubsim population ") < 40; }

/// What the table held that was not taken as it stood.
void say_what_was_done(const Imported& i) {
    std::size_t dropped = 0, told = 0;
    for (const auto& [reason, count] : i.dropped) dropped += count;
    for (const std::string& note : i.notes) std::fprintf(stderr, "read as: %s\n", note.c_str());
    std::fprintf(stderr, "%s read, %s in %s kept, %zu dropped\n", counted(i.rows, "row").c_str(),
                 counted(i.population.input.rows.size(), "establishment").c_str(),
                 counted(i.population.input.areas.size(), "area").c_str(), dropped);
    for (const auto& [reason, count] : i.dropped) std::fprintf(stderr, "  dropped  %6zu  %s\n", count, reason.c_str());
    for (const auto& [column, count] : i.unknown) std::fprintf(stderr, "  unknown  %6zu  %s\n", count, column.c_str());
    for (const auto& [what, a] : i.altered)
        if (++told <= most_altered_told)
            std::fprintf(stderr, "  changed  %6zu  %s \"%s\" (first in line %zu), taken as %s\n", a.count,
                         what.first.c_str(), printable(what.second).c_str(), a.line, a.taken_as.c_str());
    if (told > most_altered_told)
        std::fprintf(stderr, "  and %zu more values that were changed\n", told - most_altered_told);
    if (!i.population.memberships.empty())
        std::fprintf(stderr, "  members  %6zu  use rule \"as_listed\" in a plan\n", i.population.memberships.size());
}

/// What is written must be what `run` reads.
Problems problems_of(const std::string& text, const std::string& output) {
    const Document document = parse_document(output, text, population_limits());
    Problems problems = document.problems;
    if (problems.empty()) read_population(document, problems);
    return problems;
}

int refuse(const Problems& problems) {
    std::fputs(report_of(problems, "", "Nothing was written.").c_str(), stderr);
    return invalid;
}

int import_with(Imported (*read)(const CsvText&, const std::string&), const std::string& file, const std::string& hubs,
                const std::string& place, bool dry_run, bool force) {
    std::optional<OutputFile> output;
    if (!dry_run) output.emplace(place, is_population, std::vector<std::string>{file, hubs}, force);
    const std::string bytes = read_input(file);
    Imported imported = read(recognise_csv(bytes), file);
    if (!hubs.empty()) add_memberships(read_csv_file(hubs), hubs, imported);
    if (!imported.problems.empty()) return refuse(imported.problems);
    say_what_was_done(imported);
    const std::string text = population_text(imported, imported.population.input.name, sha256(bytes));
    if (const Problems problems = problems_of(text, place); !problems.empty()) return refuse(problems);
    if (dry_run) return done;
    output->write(text);
    std::printf("%s\n", place.c_str());
    return done;
}

}  // namespace

int import_gias(const std::string& file, const std::string& hubs, const std::string& output, bool dry_run, bool force) {
    return import_with(import_register, file, hubs, output, dry_run, force);
}

int import_table(const std::string& file, const std::string& hubs, const std::string& output, bool dry_run,
                 bool force) {
    return import_with(import_plain_table, file, hubs, output, dry_run, force);
}

}  // namespace hubs
