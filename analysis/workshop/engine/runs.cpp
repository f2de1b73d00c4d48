#include "analysis/workshop/engine/runs.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "analysis/statistics/estimator/battery.h"
#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/simulate.h"

namespace hubs {
namespace {

constexpr unsigned term = 4;  // months: autumn, spring, summer
constexpr double four_benchmarks = 4.0;

std::uint64_t word_of(const Observations& seen) {
    Fingerprint one;
    seen.add_to(one);
    return one.word();
}

double mean_achieved(const World& world, const std::vector<std::uint32_t>& of) {
    unsigned sum = 0;
    for (const std::uint32_t e : of) sum += static_cast<unsigned>(std::popcount(world.establishments.achieved[EstablishmentId{e}]));
    return of.empty() ? 0.0 : static_cast<double>(sum) / static_cast<double>(of.size());
}

/// The quarter of establishments with fewest benchmarks, then fewest items, at the start.
std::vector<std::uint32_t> lowest_quarter(const World& start) {
    const auto& s = start.establishments;
    std::vector<std::uint32_t> order(start.count());
    std::iota(order.begin(), order.end(), 0u);
    const auto rank = [&](std::uint32_t i) {
        const EstablishmentId e{i};
        return std::tuple(std::popcount(s.achieved[e]), std::popcount(s.done[e]), start.population->establishments.address[e]);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    order.resize(std::max<std::size_t>(1, order.size() / 4));
    return order;
}

/// A study's first plan in one replicate, made ready as `hubsim run` makes it.
struct Ready {
    Scenario scenario;
    Replicate replicate;
    Groups groups;
    Watch watch;
    World start;

    Ready(const Study& study, std::uint32_t number)
        : scenario(scenario_of(study.scenario, number)), replicate{study.scenario.seed, number}, groups(groups_of(study.population)),
          start(first_world(scenario, study.population, study.framework, replicate)) {
        watch.every = scenario.observe_every;
        watch.prepare(groups, scenario.months);
    }
    World run(Journal* journal, const std::function<void(const World&)>& after_month) {
        return simulate(start, scenario, scenario.plans.front(), replicate, &watch, journal, 0, after_month);
    }
};

void add_frame(const World& world, Trace& out) {
    const auto& s = world.establishments;
    const Framework& framework = *world.framework;
    for (std::uint32_t i = 0; i < world.count(); ++i) {
        const EstablishmentId e{i};
        out.achieved.push_back(s.achieved[e]);
        for (unsigned b = 0; b < benchmark_count; ++b) {
            const Items needed = framework.items_of[b] & world.population->establishments.applies[e];
            const int all = std::popcount(needed), met = std::popcount(needed & s.done[e]);
            out.item_share.push_back(static_cast<std::uint8_t>(all > 0 ? 255 * met / all : 255));
        }
        const unsigned standing = (s.status[e] == Status::hub ? 1u : 0u) | (s.status[e] == Status::network ? 2u : 0u) | (s.leads[e] != 0 ? 4u : 0u);
        out.standing.push_back(static_cast<std::uint8_t>(standing));
        out.employers.push_back(s.link_count[e]);
    }
}

double total_pence(const Observations& seen) {
    double sum = 0;
    for (const auto& month : seen.costs)
        for (const auto pence : month) sum += static_cast<double>(pence);
    return sum;
}

}  // namespace

Trace trace_of(const Study& study, std::uint32_t replicate) {
    Ready ready(study, replicate);
    Trace out;
    out.months = ready.scenario.months;
    out.establishments = ready.start.count();
    Journal journal;
    ready.run(&journal, [&](const World& world) { add_frame(world, out); });
    for (const auto& month : ready.watch.seen.costs) out.cost_pence.push_back(std::accumulate(month.begin(), month.end(), std::int64_t{0}));
    out.events = std::move(journal.events);
    out.fingerprint = word_of(ready.watch.seen);
    return out;
}

const std::vector<OutcomeName>& outcome_names() {
    static const std::vector<OutcomeName> names{{"start", "benchmarks"},
                                                {"end", "benchmarks"},
                                                {"gain", "benchmarks"},
                                                {"lowest_quarter_end", "benchmarks"},
                                                {"lowest_quarter_gain", "benchmarks"},
                                                {"highest_quarters_gain", "benchmarks"},
                                                {"months_to_four", "months"},
                                                {"five_or_more", "% of schools"},
                                                {"b1", "% of schools"},
                                                {"b2", "% of schools"},
                                                {"b3", "% of schools"},
                                                {"b4", "% of schools"},
                                                {"b5", "% of schools"},
                                                {"b6", "% of schools"},
                                                {"b7", "% of schools"},
                                                {"b8", "% of schools"},
                                                {"b5_start", "% of schools"},
                                                {"b6_start", "% of schools"},
                                                {"cost", "GBP"}};
    return names;
}

Twin twin_of(const Study& study, std::uint32_t replicate) {
    Ready ready(study, replicate);
    const World& start = ready.start;
    std::vector<std::uint32_t> all(start.count());
    std::iota(all.begin(), all.end(), 0u);
    const auto lowest = lowest_quarter(start);
    Twin out;
    unsigned month = 0;
    double to_four = std::numeric_limits<double>::quiet_NaN();
    const World end = ready.run(nullptr, [&](const World& world) {
        const double mean = mean_achieved(world, all);
        if (mean >= four_benchmarks && !(to_four >= 0)) to_four = month;
        if (month % term == 0) out.path.push_back(mean);
        ++month;
    });
    const auto share = [&](const World& world, auto&& holds) {
        return 100.0 *
               static_cast<double>(
                   std::count_if(all.begin(), all.end(), [&](std::uint32_t e) { return holds(world.establishments.achieved[EstablishmentId{e}]); })) /
               static_cast<double>(all.size());
    };
    const double before = mean_achieved(start, all), after = mean_achieved(end, all), n = static_cast<double>(all.size()),
                 low = static_cast<double>(lowest.size());
    const double low_before = mean_achieved(start, lowest), low_after = mean_achieved(end, lowest);
    const double others_gain = n > low ? ((after - before) * n - (low_after - low_before) * low) / (n - low) : 0.0;
    out.outcomes = {
        before, after, after - before, low_after, low_after - low_before, others_gain, to_four, share(end, [](Benchmarks b) { return std::popcount(b) >= 5; })};
    for (unsigned b = 0; b < benchmark_count; ++b) out.outcomes.push_back(share(end, [b](Benchmarks set) { return (set >> b & 1u) != 0; }));
    for (const unsigned b : {4u, 5u}) out.outcomes.push_back(share(start, [b](Benchmarks set) { return (set >> b & 1u) != 0; }));
    out.outcomes.push_back(total_pence(ready.watch.seen) / 100.0);
    out.fingerprint = word_of(ready.watch.seen);
    return out;
}

EvaluatedTwin evaluated_twin(const Study& study, const EvaluationDesign& design, std::uint32_t replicate) {
    const Scenario scenario = scenario_of(study.scenario, replicate);
    const Returns returns = returns_of(study, scenario, scenario.plans.front(), design, Replicate{study.scenario.seed, replicate});
    const double none = not_available;
    EvaluatedTwin out{true_effect(returns), none, none, none, none, 0, 0};
    Sample sample = sample_of(study, returns, Outcome::reported);
    sample.clusters.clear();
    out.schools = static_cast<double>(sample.treated_count());
    out.others = static_cast<double>(sample.size()) - out.schools;
    BatteryOptions options;
    options.single = options.with_balance = false;
    try {
        const Battery battery = run_battery(sample, options);
        const auto value = [&](const char* id) {
            const Answer* a = battery.find(id);
            return a == nullptr || a->refused() ? none : a->value;
        };
        out.level = value("difference");
        out.change = value("difference_in_differences");
        out.matched = value("nearest_neighbour");
        out.regression = value("regression");
    } catch (const EstimationError&) {  // too few schools: the page says so
    }
    return out;
}

std::string fingerprint_of(const std::vector<std::uint64_t>& words) {
    Fingerprint all;
    for (const std::uint64_t word : words) all.add(word);
    return all.text();
}

}  // namespace hubs
