#include "sim/run/outcome.h"

#include <algorithm>
#include <numeric>

#include "sim/run/discounting.h"

namespace hubs {

double present_value(const Scenario& s, const Observations& seen) {
    double sum = 0;
    for (unsigned m = 0; m < s.months; ++m)
        for (const std::int64_t pence : seen.costs[m])
            sum += static_cast<double>(pence) / 100.0 * discount_factor(s.discount_rate, m / 12);
    return sum;
}

double benchmark_years(const Observations& seen, const Groups& groups, double discount_rate) {
    double sum = 0;
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        const unsigned month = seen.tally_month[k];
        if (groups.groups[seen.tally_group[k]].grouping != Grouping::all || month == 0) continue;
        double held = 0;
        for (unsigned n = 0; n <= benchmark_count; ++n)
            held += n * static_cast<double>(seen.tallies[k].with_benchmarks[n]) / 12.0;
        sum += held * discount_factor(discount_rate, (month - 1) / 12);
    }
    return sum;
}

namespace {

/// Mean benchmarks of all establishments at the last tally.
double benchmarks_at_the_end(const Observations& seen, const Groups& groups) {
    double mean = 0;
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        const Tally& t = seen.tallies[k];
        if (groups.groups[seen.tally_group[k]].grouping != Grouping::all || t.establishments == 0) continue;
        double sum = 0;
        for (unsigned n = 0; n <= benchmark_count; ++n) sum += n * static_cast<double>(t.with_benchmarks[n]);
        mean = sum / t.establishments;
    }
    return mean;
}

}  // namespace

RunValue value_of(const Scenario& s, const Observations& seen, const Groups& groups, double establishments) {
    return {s.decision.outcome == PrimaryOutcome::benchmark_years
                ? benchmark_years(seen, groups, s.discount_rate) / establishments
                : benchmarks_at_the_end(seen, groups),
            present_value(s, seen) / establishments};
}

double score_of(const DecisionSettings& d, const RunValue& v) {
    return d.rule == ChoiceRule::net_benefit ? v.outcome - v.cost / d.worth_gbp : v.outcome;
}

std::vector<bool> affordable_plans(const DecisionSettings& d, const std::vector<RunValue>& mean,
                                   double establishments) {
    std::vector<bool> out;
    for (const RunValue& plan : mean)
        out.push_back(d.rule != ChoiceRule::within_budget ||
                      (plan.cost - mean.front().cost) * establishments <= d.budget_gbp);
    return out;
}

std::vector<std::size_t> order_of_plans(const DecisionSettings& d, const std::vector<RunValue>& mean,
                                        double establishments) {
    const std::vector<bool> affordable = affordable_plans(d, mean, establishments);
    std::vector<std::size_t> order(mean.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto score = [&](std::size_t p) { return std::pair{static_cast<bool>(affordable[p]), score_of(d, mean[p])}; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return score(a) > score(b); });
    return order;
}

}  // namespace hubs
