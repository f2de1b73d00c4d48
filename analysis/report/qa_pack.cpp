#include "analysis/report/qa_pack.h"

#include <nlohmann/json.hpp>

#include "analysis/results/opendata/screener.h"
#include "analysis/page/wording.h"
#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/report/save.h"
#include "analysis/results/tables.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

const std::string blank = "________ (to be filled in)";

/// Text that Markdown shows as it is: no heading, link, table or HTML of its own.
std::string plain(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '&') out += "&amp;";
        else {
            if (std::string_view("\\`*_[]|#~").find(c) != std::string_view::npos) out += '\\';
            out += c == '\n' || c == '\r' ? ' ' : c;
        }
    }
    return out;
}

/// Rows as a Markdown table.
template <class T>
std::string markdown(const Results& results) {
    const Table t = results.table<T>();
    std::string head = "|", rule = "|", out;
    for (const TableColumn& c : t.columns)
        head += " " + c.label + (c.unit.empty() ? "" : " (" + c.unit + ")") + " |", rule += "---|";
    for (const auto& row : t.rows) {
        out += "|";
        for (const Cell& c : row) out += " " + plain(text(c)) + " |";
        out += "\n";
    }
    return head + "\n" + rule + "\n" + out + "\n";
}

std::string specification(const SavedStudy& s) {
    std::string out =
        "# 1. Specification\n\nQuestion: " + plain(s.facts.question.empty() ? s.facts.name : s.facts.question) +
        "\n\nPlace: " + plain(s.facts.place) + ", " + fixed(s.facts.establishments, 0) + " establishments. " +
        plain(s.facts.population_note) + "\n\nPlans, the first the reference:\n\n";
    for (std::size_t p = 0; p < s.facts.plans.size(); ++p)
        out += "- " + plain(s.facts.plans[p]) + ": " + plain(s.facts.plan_descriptions[p]) + "\n";
    return out + "\nCommissioner: " + blank + "\nUse the answer is for: " + blank + "\nNot to be used for: " + blank +
           "\n";
}

std::string verification(const SavedStudy& s, const std::string& results) {
    std::string out =
        "# 6. Verification and validation\n\nProgram: hubsim " + s.facts.version +
        ". Fingerprint of everything simulated: " + s.facts.fingerprint +
        ".\nEvery file of the results folder was read and its checksum found right when this was written.\n\nCommand: " +
        plain(s.facts.command) + "\n\nhubsim verify " + plain(results) + ", run by: " + blank + ", on: " + blank +
        ", result: " + blank + "\n\nTests of the program (`./hubsim test`), run by: " + blank + ", result: " + blank +
        "\n\n## Fit to what was published, misses first\n\n";
    out += s.results.of<Fit>().empty() ? "The study used no calibrated draws.\n" : markdown<Fit>(s.results);
    if (!s.results.of<PublishedFigures>().empty())
        out += "## Published figures beside this study\n\n" + markdown<PublishedFigures>(s.results);
    return out;
}

std::string uncertainty(const SavedStudy& s) {
    std::string out = "# 7. Uncertainty\n\n## Luck and parameters\n\n" + markdown<Uncertainty>(s.results);
    if (!s.results.of<Structure>().empty()) out += "## Form of the model\n\n" + markdown<Structure>(s.results);
    if (!s.results.of<Switching>().empty()) out += "## Assumptions one at a time\n\n" + markdown<Switching>(s.results);
    if (!s.results.of<Information>().empty())
        out += "## What knowing more would be worth\n\n" + markdown<Information>(s.results);
    return out + "Not in any of these: what the model leaves out. " + blank + "\n";
}

std::string screening(const std::string& results) {
    const auto faults = screen_open_data("hub_attainment.csv", read_input(results + "/ees/hub_attainment.csv"),
                                         read_input(results + "/ees/hub_attainment.meta.csv"));
    std::string out = "# 9. Open data\n\nThe pair in ees/ was screened by the rules of the open data standard: " +
                      (faults.empty() ? std::string("no fault.\n") : std::to_string(faults.size()) + " faults.\n\n");
    for (const std::string& f : faults) out += "- " + f + "\n";
    return out;
}

std::string for_people() {
    return "# 10. For people to complete\n\n| Role | Name | Date |\n|---|---|---|\n| Commissioner | " + blank +
           " | |\n| Analyst | " + blank + " | |\n| Assurer, not the analyst | " + blank + " | |\n| Approver | " +
           blank + " | |\n\nRisks, each with likelihood and impact: " + blank +
           "\nEthics: no person is simulated; establishments may be real. " + blank +
           "\nNot to be used after: " + blank + "\nAssurance statement: " + blank + "\n";
}

}  // namespace

void write_qa_pack(const std::string& results, const std::string& place, bool force) {
    const SavedStudy s = read_results(results);
    OutputFolder folder(
        place, {"hubsim qa-pack 1", s.facts.name, {{"version", s.facts.version}, {"fingerprint", s.facts.fingerprint}}},
        force);
    folder.write("01-specification.md", specification(s));
    folder.write(
        "02-model.md",
        "# 2. Model\n\nIn full in docs/ODD.md of the source (ODD protocol, 2020). The month's processes in order: `hubsim schedule`.\n");
    folder.write("03-assumptions.md",
                 "# 3. Assumptions log\n\nMade by: the model's authors unless a scenario sets them. Signed off by: " +
                     blank + "\n\n" + markdown<Assumptions>(s.results));
    folder.write("04-decisions.md", "# 4. Decisions log\n\n" + std::string(embedded::decisions));
    folder.write("05-data.md", "# 5. Data log\n\n" + markdown<Inputs>(s.results) +
                                   "Owner, quality and date after which each should not be used: " + blank + "\n");
    folder.write("06-verification-and-validation.md", verification(s, results));
    folder.write("07-uncertainty.md", uncertainty(s));
    folder.write(
        "08-limits.md",
        "# 8. Limits\n\nAttainment is what schools say of themselves. " +
            calibration_sentence(s.results.of<CalibrationBasis>()) +
            " Which part of a hub does the work cannot be told. "
            "No outcomes of pupils beyond reach. Meetings more often than six a year, and anything beyond observed practice, is extrapolation.\n");
    folder.write("09-open-data.md", screening(results));
    folder.write("10-for-people.md", for_people());
    folder.commit(nlohmann::ordered_json::object());
}

}  // namespace hubs
