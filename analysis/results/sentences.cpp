#include "analysis/results/sentences.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/summary.h"
#include "analysis/results/tables/assumptions.h"
#include "analysis/results/tables/assumptions_that_matter.h"
#include "analysis/results/tables/value.h"

namespace hubs {
namespace {

/// Paired runs of the study.
double runs_of(const Page& page) {
    const auto& all = page.of<Replicates>();
    return static_cast<double>(
        std::count_if(all.begin(), all.end(), [&](const auto& row) { return row.plan == page.facts.reference(); }));
}

}  // namespace

std::string quoted(const std::string& plan) { return "“" + escaped(plan) + "”"; }

std::string plain(double value) {
    const double size = std::fabs(value);
    return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}

std::string amount_in_words(double value, const std::string& unit) {
    if (unit.starts_with("share")) return plain(100 * value) + " %" + unit.substr(5);
    if (unit.starts_with("chance")) return plain(100 * value) + " %" + unit.substr(6);
    if (unit.starts_with("GBP")) return pounds(value) + unit.substr(3);
    return plain(value) + (unit.empty() ? "" : " " + unit);
}

std::string bare_amount(double value, const std::string& unit) {
    return unit.starts_with("share") || unit.starts_with("chance") ? plain(100 * value) + " %"
           : unit.starts_with("GBP")                               ? pounds(value)
                                                                   : plain(value);
}

std::string meaning_of(const std::string& path, const Page& page) {
    for (const Assumptions::Row& row : page.of<Assumptions>())
        if (row.section + "." + row.name == path) return row.meaning;
    return path;
}

bool anything_drawn(const Page& page) {
    const auto& all = page.of<Assumptions>();
    return std::any_of(all.begin(), all.end(), [](const Assumptions::Row& row) { return row.standing == "drawn"; });
}

std::string of_runs(double percent, const Page& page) {
    const double runs = runs_of(page);
    return fixed(std::round(percent * runs / 100), 0) + " of " + fixed(runs, 0);
}

std::string in_runs(double percent, const Page& page) {
    const double runs = runs_of(page), count = std::round(percent * runs / 100);
    if (runs == 1) return count == 1 ? "the one run" : "no run: there is one";
    if (count == 0) return "no run";
    if (count == runs && runs == 2) return "both runs";
    if (count == runs) return "all " + fixed(runs, 0) + " runs";
    return std::string(percent < 50 ? "only " : "") + of_runs(percent, page) + " runs";
}

double worth_to_begin_with(const Page& page) {
    if (page.facts.decision.worth_gbp > 0) return page.facts.decision.worth_gbp;
    double out = 0;
    for (const Frontier::Row& row : page.of<Frontier>())
        if (row.standing == Dominance::none && row.gbp_per_benchmark_year > out) out = row.gbp_per_benchmark_year;
    return 100 * std::round(out / 100);
}

std::string worth_weighed(const Page& page) {
    return page.facts.decision.rule == ChoiceRule::net_benefit ? "at the worth that the scenario states"
                                                               : "where the choice turns";
}

std::string preference_words(const Page& page) {
    return page.facts.decision.rule == ChoiceRule::net_benefit ? "benchmark-years net of cost" : outcome_words(page);
}

std::string range_of_runs(double low, double high, const Page& page) {
    if (runs_of(page) < fewest_runs_for_range)
        return runs_of(page) == 1 ? " (one run: no range)"
                                  : " (" + fixed(runs_of(page), 0) + " runs are too few for a range)";
    return " (80 % of runs: " + fixed(low, 2) + " to " + fixed(high, 2) + ")";
}

double assumed_percent(const Page& page) {
    // One pair of runs in which the plan chosen is not ahead to begin with tells nothing of what moves the answer.
    if (!page.of<Switching>().empty() && page.of<Switching>().front().lead <= 0) return -1.0;
    double all = 0, assumed = 0;
    for (const Switching::Row& row : page.of<Switching>()) {
        all += row.swing * row.swing;
        if (row.padlocks <= 1) assumed += row.swing * row.swing;
    }
    return all > 0 ? 100.0 * assumed / all : -1.0;
}

}  // namespace hubs
