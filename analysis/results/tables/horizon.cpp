#include "analysis/results/tables/horizon.h"

#include "analysis/results/monthly_means.h"
#include "analysis/results/tables/choice.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/discounting.h"
#include "sim/run/outcome.h"

namespace hubs {
namespace {

/// What a plan brings and costs up to a month, for one establishment.
RunValue value_up_to(const Scenario& s, const MonthlyMeans::OfPlan& plan, unsigned months, double establishments) {
    RunValue out;
    for (unsigned m = 0; m < months; ++m) {
        const double factor = discount_factor(s.discount_rate, m / 12) / establishments;
        out.cost += plan.gbp[m] * factor;
        out.outcome += plan.held[m] / 12.0 * factor;
    }
    if (s.decision.outcome == PrimaryOutcome::benchmarks_at_end) out.outcome = plan.held[months - 1] / establishments;
    return out;
}

}  // namespace

std::vector<Horizon::Row> Horizon::rows(const Results& results) {
    const Finished& finished = results.finished();
    const Scenario& s = finished.scenario();
    std::vector<Row> out;
    if (s.plans.size() < 2) return out;
    const double establishments = finished.study.population.establishments.count();
    const auto& means = results.shared<MonthlyMeans>();
    std::vector<unsigned> horizons;
    for (unsigned months = 12; months < s.months; months += 12) horizons.push_back(months);
    for (unsigned months = s.months; months <= means.months + means.watched; months += 12) horizons.push_back(months);
    for (const unsigned months : horizons) {
        const std::int64_t runs = months > s.months ? static_cast<std::int64_t>(finished.ensemble.beyond.front().size())
                                                    : static_cast<std::int64_t>(finished.replicates());
        std::vector<RunValue> value;
        for (const MonthlyMeans::OfPlan& plan : means.plans)
            value.push_back(value_up_to(s, plan, months, establishments));
        // The whole run is decided as the decision is, to the last digit.
        const std::string& chosen = months == s.months
                                        ? results.of<PlanChoice>().front().plan
                                        : s.plans[order_of_plans(s.decision, value, establishments).front()].name;
        for (std::size_t p = 0; p < s.plans.size(); ++p)
            out.push_back({months, month_name(s.calendar, months), runs, s.plans[p].name,
                           value[p].outcome - value[0].outcome, (value[p].cost - value[0].cost) * establishments,
                           score_of(s.decision, value[p]) - score_of(s.decision, value[0]), s.plans[p].name == chosen});
    }
    return out;
}

}  // namespace hubs
