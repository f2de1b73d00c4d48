#include "analysis/results/tables/horizon.h"

#include "analysis/results/results.h"
#include "analysis/results/tables/choice.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/discounting.h"
#include "sim/run/outcome.h"

namespace hubs {
namespace {

/// Mean over replicates by month of the run, for one establishment: benchmarks held, and pounds (discounted).
struct ByMonth {
    std::vector<double> held, cost;  ///< [0] is the first month
};
ByMonth by_month(const Finished& finished, std::size_t plan) {
    const Scenario& s = finished.scenario();
    ByMonth out{std::vector<double>(s.months, 0.0), std::vector<double>(s.months, 0.0)};
    const auto& runs = finished.ensemble.seen[plan];
    const double n = finished.study.population.establishments.count() * static_cast<double>(runs.size());
    for (const Observations& seen : runs) {
        for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
            const unsigned month = seen.tally_month[k];
            if (finished.ensemble.groups.groups[seen.tally_group[k]].grouping != Grouping::all || month == 0) continue;
            for (unsigned b = 0; b <= benchmark_count; ++b)
                out.held[month - 1] += b * static_cast<double>(seen.tallies[k].with_benchmarks[b]) / n;
        }
        for (unsigned m = 0; m < s.months; ++m)
            for (const std::int64_t pence : seen.costs[m])
                out.cost[m] += static_cast<double>(pence) / 100.0 * discount_factor(s.discount_rate, m / 12) / n;
    }
    return out;
}

/// What a plan brings and costs up to a month.
RunValue value_up_to(const Scenario& s, const ByMonth& plan, unsigned months) {
    RunValue out;
    for (unsigned m = 0; m < months; ++m) {
        out.cost += plan.cost[m];
        out.outcome += plan.held[m] / 12.0 * discount_factor(s.discount_rate, m / 12);
    }
    if (s.decision.outcome == PrimaryOutcome::benchmarks_at_end) out.outcome = plan.held[months - 1];
    return out;
}

}  // namespace

std::vector<Horizon::Row> Horizon::rows(const Results& results) {
    const Finished& finished = results.finished();
    const Scenario& s = finished.scenario();
    std::vector<Row> out;
    if (s.plans.size() < 2) return out;
    const double establishments = finished.study.population.establishments.count();
    std::vector<ByMonth> plans;
    for (std::size_t p = 0; p < s.plans.size(); ++p) plans.push_back(by_month(finished, p));
    std::vector<unsigned> horizons;
    for (unsigned months = 12; months < s.months; months += 12) horizons.push_back(months);
    horizons.push_back(s.months);
    for (const unsigned months : horizons) {
        std::vector<RunValue> value;
        for (const ByMonth& plan : plans) value.push_back(value_up_to(s, plan, months));
        // The whole run is decided as the decision is, to the last digit.
        const std::string& chosen = months == s.months
                                        ? results.of<PlanChoice>().front().plan
                                        : s.plans[order_of_plans(s.decision, value, establishments).front()].name;
        for (std::size_t p = 0; p < s.plans.size(); ++p)
            out.push_back({months, month_name(s.calendar, months), s.plans[p].name, value[p].outcome - value[0].outcome,
                           (value[p].cost - value[0].cost) * establishments,
                           score_of(s.decision, value[p]) - score_of(s.decision, value[0]), s.plans[p].name == chosen});
    }
    return out;
}

}  // namespace hubs
