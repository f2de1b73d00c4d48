#include <cstdio>
#include <memory>
#include <optional>

#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/commands/command.h"
#include "analysis/study/import/importer.h"
#include "sim/run/document.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

struct ImportCommand {
    std::string file, hubs, links, output, account;
    bool from_register = true, dry_run = false, force = false;
};

constexpr std::size_t most_altered_told = 50;

/// A population file of this program's, by how it begins.
bool is_population(const std::string& beginning) { return beginning.find("\"format\": \"hubsim population ") < 40; }

/// "  dropped  12  not open: Old High (900002), … and 10 more"
std::string with_names(const Imported& i, const std::string& file, const std::string& outcome, std::size_t count) {
    constexpr std::size_t most_named = 5;
    std::string out;
    std::size_t named = 0;
    for (const RowOutcome& row : i.account) {
        if (row.file != file || row.outcome != outcome || named == most_named) continue;
        ++named;
        out += (named == 1 ? ": " : ", ") +
               (row.name.empty() ? printable(row.urn) : printable(row.name) + " (" + printable(row.urn) + ")");
    }
    return count > named && named > 0 ? out + " and " + std::to_string(count - named) + " more" : out;
}

void say_what_came_of_memberships(const Imported& i, const std::string& hubs) {
    const MembershipCounts& m = i.memberships;
    if (hubs.empty()) return;
    std::fprintf(stderr, "%s of hub membership read, %zu kept; use rule \"as_listed\" in a plan\n",
                 counted(m.rows, "row").c_str(), m.kept);
    for (const auto& [what, count] : m.changed) std::fprintf(stderr, "  changed  %6zu  %s\n", count, what.c_str());
    for (const auto& [reason, count] : m.dropped)
        std::fprintf(stderr, "  dropped  %6zu  %s%s\n", count, reason.c_str(),
                     with_names(i, hubs, reason, count).c_str());
}

/// What the table held that was not taken as it stood.
void say_what_was_done(const Imported& i, const std::string& hubs) {
    std::size_t dropped = 0, told = 0;
    for (const auto& [reason, count] : i.dropped) dropped += count;
    for (const std::string& note : i.notes) std::fprintf(stderr, "read as: %s\n", note.c_str());
    std::fprintf(stderr, "%s read, %s in %s kept, %zu dropped\n", counted(i.rows, "row").c_str(),
                 counted(i.population.input.rows.size(), "establishment").c_str(),
                 counted(i.population.input.areas.size(), "area").c_str(), dropped);
    for (const auto& [reason, count] : i.dropped) std::fprintf(stderr, "  dropped  %6zu  %s\n", count, reason.c_str());
    for (const auto& [column, count] : i.unknown) std::fprintf(stderr, "  unknown  %6zu  %s\n", count, column.c_str());
    for (const std::string& column : i.unused)
        std::fprintf(stderr, "  not used         %s\n", printable(column).c_str());
    for (const auto& [what, a] : i.altered)
        if (++told <= most_altered_told)
            std::fprintf(stderr, "  changed  %6zu  %s \"%s\" (first in line %zu), taken as %s\n", a.count,
                         what.first.c_str(), printable(what.second).c_str(), a.line, a.taken_as.c_str());
    if (told > most_altered_told)
        std::fprintf(stderr, "  and %zu more values that were changed\n", told - most_altered_told);
    say_what_came_of_memberships(i, hubs);
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

int import_population(const ImportCommand& c) {
    std::optional<OutputFile> output, account;
    const std::vector<std::string> inputs{c.file, c.hubs, c.links};
    const auto is_account = [](const std::string& beginning) {
        return beginning.starts_with("file,line,urn,name,outcome\n");
    };
    if (c.output.empty() && !c.dry_run) throw PlaceRefused("--output names the population file to write.");
    if (!c.dry_run) output.emplace(c.output, is_population, inputs, c.force);
    if (!c.account.empty() && !c.dry_run) account.emplace(c.account, is_account, inputs, c.force);
    const std::string bytes = read_input(c.file);
    Imported imported = (c.from_register ? import_register : import_plain_table)(recognise_csv(bytes), c.file);
    Successors successors;
    if (!c.links.empty()) successors = read_links(read_csv_file(c.links), c.links, imported.problems);
    if (!c.hubs.empty()) add_memberships(read_csv_file(c.hubs), c.hubs, imported, successors);
    if (!imported.problems.empty()) return refuse(imported.problems);
    say_what_was_done(imported, c.hubs);
    const std::string text = population_text(imported, imported.population.input.name, sha256(bytes));
    if (const Problems problems = problems_of(text, c.output); !problems.empty()) return refuse(problems);
    if (c.dry_run) return done;
    if (account) account->write(account_text(imported));
    output->write(text);
    std::printf("%s\n", c.output.c_str());
    return done;
}

}  // namespace

Command import_command() {
    const auto from = [](const char* name, const char* what, bool register_file) {
        const auto c = std::make_shared<ImportCommand>();
        c->from_register = register_file;
        return Command{name,
                       what,
                       {{"file", &c->file},
                        {"--hubs", &c->hubs, "hub membership: urn,hub,joined,left"},
                        {"--links", &c->links, "the register's links: who came after closed establishments"},
                        {"-o,--output", &c->output, "population file to write"},
                        {"--account", &c->account, "CSV to write: every row and what became of it"},
                        force_option(c->force),
                        dry_run_option(c->dry_run)},
                       [c](const std::string&) { return import_population(*c); }};
    };
    return {"import",
            "Make a population of real schools",
            {},
            {},
            {from("gias", "from the official register (edubasealldata….csv)", true),
             from("table", "from a plain table (columns: docs/data.md)", false)}};
}

}  // namespace hubs
