#include <algorithm>
#include <limits>

#include "analysis/study/run/measures.h"
#include "sim/run/outcome.h"
#include "analysis/study/sweep/sweep.h"
#include "sim/run/history.h"
#include "sim/run/middle.h"
#include "sim/simulate_plans.h"

namespace hubs {
namespace {

/// The last tally of a group, or null if it was never counted.
const Tally* last_tally(const Observations& seen, const Groups& groups, const SweepOutput& o) {
    const Tally* out = nullptr;
    std::uint16_t month = 0;
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        const Group& g = groups.groups[seen.tally_group[k]];
        if (grouping_words[static_cast<std::size_t>(g.grouping)] != o.grouping || g.name != o.group ||
            seen.tally_month[k] < month)
            continue;
        month = seen.tally_month[k];
        out = &seen.tallies[k];
    }
    return out;
}

double output_of(const Sweep& sweep, const SweepOutput& o, const Observations& seen, const Groups& groups) {
    if (o.measure == "benchmark_years") return benchmark_years(seen, groups, 0);  // undiscounted, whatever the scenario
    if (o.measure == "cost_gbp") return present_value(sweep.study.scenario, seen);
    const auto found =
        std::find_if(measures().begin(), measures().end(), [&](const Measure& m) { return m.name == o.measure; });
    const Tally* tally = last_tally(seen, groups, o);
    return tally == nullptr ? std::numeric_limits<double>::quiet_NaN() : (*found)(*tally);
}

}  // namespace

Twins twins_of(const Sweep& sweep, const std::vector<double>& values, std::uint32_t replicate) {
    Twins twins{middle_of(sweep.study.scenario),
                {},
                {},
                card::Wanted::seen,
                sweep.study.scenario.months};  // all groups at the start and the end
    for (std::size_t k = 0; k < values.size(); ++k) set_factor(twins.scenario, sweep.factors[k], values[k]);
    twins.replicate = {twins.scenario.seed, replicate};
    const auto need = [&](std::size_t plan) {
        if (std::find(twins.plans.begin(), twins.plans.end(), plan) == twins.plans.end()) twins.plans.push_back(plan);
    };
    for (const SweepOutput& o : sweep.outputs) {
        need(o.plan);
        if (o.against) need(*o.against);
    }
    return twins;
}

std::vector<double> outputs_of(const Sweep& sweep, const Twins& twins, const std::vector<Observations>& seen,
                               const Groups& groups) {
    const auto of_plan = [&](std::size_t plan) -> const Observations& {
        return seen[static_cast<std::size_t>(std::find(twins.plans.begin(), twins.plans.end(), plan) -
                                             twins.plans.begin())];
    };
    std::vector<double> out;
    for (const SweepOutput& o : sweep.outputs) {
        double value = output_of(sweep, o, of_plan(o.plan), groups);
        if (o.against) value -= output_of(sweep, o, of_plan(*o.against), groups);
        out.push_back(value);
    }
    return out;
}

std::vector<double> run_outputs(const Sweep& sweep, const std::vector<double>& values, std::uint32_t replicate) {
    const Groups groups = groups_of(sweep.study.population);
    const Twins twins = twins_of(sweep, values, replicate);
    const Scenario& s = twins.scenario;
    const World start = first_world(s, sweep.study.population, sweep.study.framework, twins.replicate);
    Watch watch;
    watch.every = twins.every;
    watch.prepare(groups, s.months);
    std::vector<Observations> seen(twins.plans.size());
    simulate_plans(start, s, twins.plans, twins.replicate, &watch,
                   [&](std::size_t k, const World&, Observations&& of) { seen[k] = std::move(of); });
    return outputs_of(sweep, twins, seen, groups);
}

}  // namespace hubs
