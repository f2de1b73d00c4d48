#include <map>

#include "analysis/results/sentences.h"
#include "analysis/results/tables/assumptions.h"
#include "analysis/results/tables/assumptions_that_matter.h"

namespace hubs {
namespace {

constexpr const char* blank = "________";

/// "0.0061 chance per item and exposure (drawn: this is the median, 0.0031 to 0.018 are 90 % of the draws)".
std::string value_in_words(const Assumptions::Row& row) {
    std::string out = text(row.value) + " " + row.unit;
    if (row.standing == "drawn")
        out += " (drawn: this is the median, " + text(row.drawn_p5) + " to " + text(row.drawn_p95) +
               " are 90 % of the draws)";
    else if (row.standing == "set by the scenario") out += " (set by the scenario)";
    return out;
}

/// The assumptions log in the columns of the AQuA Book; who signs stays for people to fill in.
Table log_of(const std::vector<const Assumptions::Row*>& rows, const char* letter, const Page& page) {
    std::map<std::string, double> swing;
    for (const Switching::Row& row : page.of<Switching>()) swing[row.parameter] = row.swing;
    Table out{"log",
              "",
              {{"id", "Id", "", 0},
               {"what", "Assumption", "", 0},
               {"value", "Value", "", as_written},
               {"range", "Plausible range, before calibration", "", as_written},
               {"source", "Source", "", 0},
               {"padlocks", "Evidence", "0-5", 0},
               {"effect", "Swing of the lead over the values tried", preference_words(page), as_written},
               {"use", "Use", "", 0},
               {"signed", "Signed off by", "", 0}},
              {}};
    for (const Assumptions::Row* row : rows) {
        const std::string path = row->section + "." + row->name, number = std::to_string(out.rows.size() + 1);
        const auto found = swing.find(path);
        out.rows.push_back({letter + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number,
                            path + ": " + row->meaning, value_in_words(*row),
                            text(row->low).empty() ? std::string() : text(row->low) + " to " + text(row->high),
                            row->source, row->padlocks, found == swing.end() ? std::string() : fixed(found->second, 3),
                            row->use, std::string(blank)});
    }
    return out;
}

}  // namespace

void Assumptions::section(Page& page) {
    std::vector<const Row*> process, plans;
    for (const Row& row : page.of<Assumptions>()) (row.section.starts_with("plan:") ? plans : process).push_back(&row);
    const auto count = [](const auto& rows) { return " (" + std::to_string(rows.size()) + ")"; };
    page.section(
        "assumptions", "Assumptions log",
        "Every setting with its value, range, source and strength of evidence (0 assumed, 5 strongest). Where a value is "
        "drawn, it may lie outside the range that was thought plausible before, since priors are wider for some; "
        "what each run drew is in data/draws.csv",
        table_html(log_of(process, "A", page), "Parameters of the model" + count(process), closed) +
            table_html(log_of(plans, "L", page), "Levers of the plans" + count(plans), closed));
}

}  // namespace hubs
