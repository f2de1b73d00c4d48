#pragma once
#include "sim/entity/observation.h"
#include "sim/run/study.h"

namespace hubs {

/// Present value of everything spent in one run, pounds.
double present_value(const Scenario& s, const Observations& seen);

/// Benchmarks truly achieved × years held, summed over all establishments: the area under the path. A month counts at
/// the discount factor of its year of the run; a rate of 0 counts all alike.
double benchmark_years(const Observations& seen, const Groups& groups, double discount_rate);

/// What a run brings and costs by the scenario's decision, for one establishment: its primary outcome (benchmark-years
/// or benchmarks at the end) and pounds.
struct RunValue {
    double outcome = 0, cost = 0;
};
RunValue value_of(const Scenario& s, const Observations& seen, const Groups& groups, double establishments);

/// By how much a plan is preferred, in units of the outcome: the outcome itself, or under net_benefit the outcome less
/// what its cost would buy elsewhere. Example: 1.2 benchmark-years for £6,000 where one is worth £10,000 score 0.6.
double score_of(const DecisionSettings& d, const RunValue& v);

/// Which plans may be chosen: under within_budget those that cost no more than that over the first. `mean[plan]` over
/// runs.
std::vector<bool> affordable_plans(const DecisionSettings& d, const std::vector<RunValue>& mean, double establishments);

/// Plans by the scenario's rule, best first; equals in the order of the scenario. `mean[plan]` over runs. Under
/// within_budget plans that cost too much more than the first come last.
std::vector<std::size_t> order_of_plans(const DecisionSettings& d, const std::vector<RunValue>& mean,
                                        double establishments);

}  // namespace hubs
