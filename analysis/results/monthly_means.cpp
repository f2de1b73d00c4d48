#include "analysis/results/monthly_means.h"

namespace hubs {
namespace {

double held_by_all(const Tally& all) {
    double sum = 0;
    for (unsigned b = 0; b <= benchmark_count; ++b) sum += b * static_cast<double>(all.with_benchmarks[b]);
    return sum;
}

MonthlyMeans::OfPlan means_of(const Ensemble& e, std::size_t plan, unsigned months) {
    MonthlyMeans::OfPlan out{std::vector<double>(months, 0.0), std::vector<double>(months, 0.0)};
    const auto everybody = e.groups.first[static_cast<std::size_t>(Grouping::all)];
    const auto n = static_cast<double>(e.seen[plan].size());
    for (const Observations& seen : e.seen[plan]) {
        for (std::size_t k = 0; k < seen.tallies.size(); ++k)
            if (seen.tally_group[k] == everybody && seen.tally_month[k] > 0)
                out.held[seen.tally_month[k] - 1u] += held_by_all(seen.tallies[k]) / n;
        for (unsigned m = 0; m < months; ++m)
            for (const std::int64_t pence : seen.costs[m]) out.gbp[m] += static_cast<double>(pence) / 100.0 / n;
    }
    return out;
}

/// What the watched runs say of later months is put after what all runs say of the scenario's.
void watch_on(MonthlyMeans::OfPlan& plan, const std::vector<LongRun>& runs, unsigned months, unsigned watched) {
    const auto n = static_cast<double>(runs.size());
    const double level = plan.held[months - 1];
    for (unsigned m = months; m < months + watched; ++m) {
        double gained = 0, gbp = 0;
        for (const LongRun& run : runs) {
            gained += (static_cast<double>(run.held[m]) - run.held[months - 1]) / n;
            gbp += static_cast<double>(run.pence[m]) / 100.0 / n;
        }
        plan.held.push_back(level + gained);
        plan.gbp.push_back(gbp);
    }
}

}  // namespace

MonthlyMeans::MonthlyMeans(const Results& results) {
    const Finished& finished = results.finished();
    months = finished.scenario().months;
    watched = finished.scenario().watch_months;
    for (std::size_t p = 0; p < finished.scenario().plans.size(); ++p) {
        plans.push_back(means_of(finished.ensemble, p, months));
        if (watched > 0) watch_on(plans.back(), finished.ensemble.beyond[p], months, watched);
    }
}

}  // namespace hubs
