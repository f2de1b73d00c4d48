#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/commands/command.h"
#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "sim/run/document.h"
#include "sim/run/embedded.h"
#include "sim/run/messages.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

constexpr std::size_t most_schools = 1000;  // the page draws each of them
constexpr std::string_view slot = "{{POPULATION}}";
constexpr std::string_view mark = "<meta name=\"generator\" content=\"hubsim workshop\">";  // a page of this program

/// A population as a page can hold it: no character that could end its element.
std::string for_page(const std::string& text) {
    std::string out = nlohmann::json::parse(text).dump();
    for (std::size_t at = 0; (at = out.find('<', at)) != std::string::npos; at += 6) out.replace(at, 1, "\\u003c");
    return out;
}

/// A population of the user's own as a page can hold it; nothing if it cannot be, which is told.
std::optional<std::string> read_preset(const std::string& preset) {
    const Document document = read_document(preset);
    Problems problems = document.problems;
    std::size_t schools = 0;
    if (problems.empty()) schools = read_population(document, problems).input.rows.size();
    if (problems.empty() && (schools == 0 || schools > most_schools)) {
        Problem p;
        p.file = preset;
        p.headline = std::to_string(schools) + " establishments";
        p.expected = "from 1 to " + std::to_string(most_schools) + ": import one area, or part of one";
        problems.push_back(p);
    }
    if (!problems.empty()) {
        std::fputs(report_of(problems, document.text, "Nothing was written.").c_str(), stderr);
        return std::nullopt;
    }
    std::fprintf(stderr, "%zu establishments of %s go into the page: keep it where their names may be\n", schools,
                 preset.c_str());
    return for_page(document.text);
}

int workshop(const std::string& place_of_page, const std::string& preset, bool dry_run, bool force) {
    std::string population;
    if (!preset.empty()) {
        std::optional<std::string> read = read_preset(preset);
        if (!read) return invalid;
        population = std::move(*read);
    }
    std::string page(embedded::workshop_page);
    const OutputFile output(
        place_of_page, [](const std::string& beginning) { return beginning.find(mark) != std::string::npos; }, {preset},
        force);
    page.replace(page.find(slot), slot.size(), population);
    if (dry_run) return done;
    output.write(page);
    std::printf("%s\n", output.place().c_str());
    return done;
}

}  // namespace

Command workshop_command() {
    struct Given {
        std::string page = "workshop.html", preset;
        bool dry_run = false, force = false;
    };
    const auto c = std::make_shared<Given>();
    return {"workshop",
            "Write the teaching page: the model in one HTML file, for a browser without a network",
            {with_default({"-o,--output", &c->page, "HTML file to write"}),
             {"--preset", &c->preset, "population file of your own area, as hubsim import wrote it"},
             force_option(c->force),
             dry_run_option(c->dry_run)},
            [c](const std::string&) { return workshop(c->page, c->preset, c->dry_run, c->force); }};
}

}  // namespace hubs
