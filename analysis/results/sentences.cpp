#include "analysis/results/sentences.h"

#include <cmath>

#include "analysis/results/tables/assumptions_that_matter.h"

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

std::string of_runs(double percent, const Page& page) {
    const double runs = runs_of(page);
    return fixed(std::round(percent * runs / 100), 0) + " of " + fixed(runs, 0);
}

std::string range_of_runs(double low, double high, const Page& page) {
    if (runs_of(page) < fewest_runs_for_range) return " (" + fixed(runs_of(page), 0) + " runs are too few for a range)";
    return " (80 % of runs: " + fixed(low, 2) + " to " + fixed(high, 2) + ")";
}

const Headline::Row* leading_plan(const Page& page) {
    const Headline::Row* best = nullptr;
    const auto& all = page.of<Headline>();
    for (std::size_t p = 1; p < all.size(); ++p)
        if (best == nullptr || all[p].difference > best->difference) best = &all[p];
    return best;
}

double assumed_percent(const Page& page) {
    double all = 0, assumed = 0;
    for (const Switching::Row& row : page.of<Switching>()) {
        all += row.swing * row.swing;
        if (row.padlocks <= 1) assumed += row.swing * row.swing;
    }
    return all > 0 ? 100.0 * assumed / all : -1.0;
}

}  // namespace hubs
