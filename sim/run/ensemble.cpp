#include "sim/run/ensemble.h"

#include <sys/resource.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <numeric>

#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/run/what_if.h"

namespace hubs {
namespace {

/// Failures of parallel work, gathered and told once.
class Failures {
public:
    void keep(std::uint32_t replicate, const std::string& plan, const std::string& what) {
        const std::lock_guard lock(mutex_);
        kept_.push_back({replicate, plan, what});
    }
    void raise(std::uint32_t replicates, const std::string& file) {
        if (kept_.empty()) return;
        std::sort(kept_.begin(), kept_.end(), [](const One& a, const One& b) {
            return std::tie(a.replicate, a.plan) < std::tie(b.replicate, b.plan);
        });
        std::string text = std::to_string(kept_.size()) + " of " + std::to_string(replicates) + " replicates failed\n";
        for (std::size_t i = 0; i < kept_.size() && i < 4; ++i)
            text += "  replicate " + std::to_string(kept_[i].replicate) + ", plan \"" + kept_[i].plan +
                    "\": " + kept_[i].what + "\n    hubsim replay " + file + " --plan \"" + kept_[i].plan +
                    "\" --replicate " + std::to_string(kept_[i].replicate) + "\n";
        if (kept_.size() > 4) text += "  and " + std::to_string(kept_.size() - 4) + " more\n";
        throw RunFailure(text);
    }

private:
    struct One {
        std::uint32_t replicate;
        std::string plan, what;
    };
    std::mutex mutex_;
    std::vector<One> kept_;
};

std::vector<std::size_t> all_plans(const Scenario& s) {
    std::vector<std::size_t> out(s.plans.size());
    for (std::size_t p = 0; p < out.size(); ++p) out[p] = p;
    return out;
}

/// Every plan of every replicate, watched.
void run_replicates(const Study& study, const RunOptions& options, const Doing& doing, Ensemble& out,
                    Failures& failures) {
    const Scenario& s = study.scenario;
    std::vector<std::atomic<std::size_t>> left(s.replicates);
    for (auto& l : left) l = s.plans.size();
    std::atomic<std::size_t> done{0};
    const auto make = [&](std::size_t r) {
        const auto number = static_cast<std::uint32_t>(r);
        return Twins{scenario_of(s, number), {s.seed, number}, all_plans(s), card::Wanted::all, s.observe_every};
    };
    const auto take = [&](std::size_t r, std::size_t p, RunEnd&& end) {
        out.seen[p][r] = std::move(end.seen);
        if (--left[r] == 0 && options.progress) options.progress(++done);
    };
    run_twins(s.replicates, doing, make, take, [&](const RunError& e) {
        failures.keep(static_cast<std::uint32_t>(e.twins), s.plans[e.plan].name, e.what());
    });
}

void raise(const RunError& e) { throw RunFailure(e.what()); }

/// The first replicates again under the other sharing rules, with the same luck and parameters.
void run_other_rules(const Study& study, std::uint32_t structure, const Doing& doing, Ensemble& out) {
    const Scenario& s = study.scenario;
    const auto make = [&](std::size_t i) {
        const auto r = static_cast<std::uint32_t>(i % structure);
        Twins twins{scenario_of(s, r), {s.seed, r}, all_plans(s), card::Wanted::level, 12};
        Schedule::of<SharePractice>(twins.scenario.parameters).rule = out.other_rules[i / structure].rule;
        return twins;
    };
    const auto take = [&](std::size_t i, std::size_t p, RunEnd&& end) {
        out.other_rules[i / structure].level[p][i % structure] = end.mean_benchmarks;
    };
    run_twins(out.other_rules.size() * structure, doing, make, take, raise);
}

LongRun long_run_of(const Observations& seen, const Groups& groups) {
    LongRun out;
    const auto everybody = groups.first[static_cast<std::size_t>(Grouping::all)];
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        if (seen.tally_group[k] != everybody || seen.tally_month[k] == 0) continue;
        std::uint32_t held = 0;
        for (unsigned b = 0; b <= benchmark_count; ++b) held += b * seen.tallies[k].with_benchmarks[b];
        out.held.push_back(held);
    }
    for (const auto& month : seen.costs)
        out.pence.push_back(std::accumulate(month.begin(), month.end(), std::int64_t{0}));
    return out;
}

/// The first replicates again, and on beyond the scenario's months: the same luck, plans as they are.
void run_beyond(const Study& study, const Doing& doing, Ensemble& out) {
    const Scenario& s = study.scenario;
    const std::uint32_t count = std::min(most_long_runs, s.replicates);
    out.beyond.assign(s.plans.size(), std::vector<LongRun>(count));
    const auto make = [&](std::size_t i) {
        const auto r = static_cast<std::uint32_t>(i);
        Twins twins{scenario_of(s, r), {s.seed, r}, all_plans(s), card::Wanted::seen, 12};
        twins.scenario.months = static_cast<std::uint16_t>(s.months + s.watch_months);
        twins.every = twins.scenario.months;
        return twins;
    };
    const auto take = [&](std::size_t i, std::size_t p, RunEnd&& end) {
        out.beyond[p][i] = long_run_of(end.seen, doing.groups);
    };
    run_twins(count, doing, make, take, raise);
}

/// What would change the answer: tried on the alternative that leads by the scenario's rule and on the next plan that
/// may be chosen.
WhatIfs try_what_ifs(const Study& study, const Ensemble& e, const Doing& doing) {
    const DecisionSettings& decision = study.scenario.decision;
    const double establishments = study.population.establishments.count();
    const std::vector<RunValue> value = e.mean_values(study);
    const auto affordable = affordable_plans(decision, value, establishments);
    const auto order = order_of_plans(decision, value, establishments);
    const bool reference_leads = order.front() == 0;
    const std::size_t leader = reference_leads ? order[1] : order.front();
    if (reference_leads && !affordable[leader]) return {};  // nothing may take the reference's place
    std::size_t rival = reference_leads ? 0 : order[1];
    if (!affordable[rival]) rival = leader;  // nobody may take its place
    return what_ifs(study, leader, rival, reference_leads, doing);
}

}  // namespace

Fingerprint Ensemble::fingerprint() const {
    Fingerprint all;
    for (std::size_t r = 0; r < seen.front().size(); ++r)
        for (const auto& plan : seen) {
            Fingerprint one;
            plan[r].add_to(one);
            all.add(one.word());
        }
    return all;
}

std::vector<RunValue> Ensemble::mean_values(const Study& study) const {
    std::vector<RunValue> mean(seen.size());
    for (std::size_t p = 0; p < seen.size(); ++p)
        for (const Observations& run : seen[p]) {
            const RunValue v = value_of(study.scenario, run, groups, study.population.establishments.count());
            mean[p].outcome += v.outcome / static_cast<double>(seen[p].size());
            mean[p].cost += v.cost / static_cast<double>(seen[p].size());
        }
    return mean;
}

Ensemble run_ensemble(const Study& study, const RunOptions& options, const std::string& scenario_file) {
    const Scenario& s = study.scenario;
    Ensemble out;
    out.groups = groups_of(study.population);
    out.seen.resize(s.plans.size());
    for (auto& plan : out.seen) plan.resize(s.replicates);
    const bool shares = Schedule::acts<SharePractice>(s.switches);
    const std::uint32_t structure = std::min(most_structure_replicates, s.replicates / 20);
    for (const SharingRule rule : {SharingRule::simple, SharingRule::threshold, SharingRule::capacity})
        if (structure > 0 && shares && rule != Schedule::of<SharePractice>(s.parameters).rule)
            out.other_rules.push_back(
                {rule, std::vector<std::vector<double>>(s.plans.size(), std::vector<double>(structure))});
    const auto threads =
        options.threads > 0 ? options.threads : static_cast<unsigned>(tbb::info::default_concurrency());
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    Failures failures;
    const Doing doing{study.population, study.framework, out.groups, options.device, options.stop};
    const auto end_if_stopped = [&] {
        if (options.stop != nullptr && options.stop->load()) throw Interrupted();
    };
    run_replicates(study, options, doing, out, failures);
    end_if_stopped();
    failures.raise(s.replicates, scenario_file);
    if (!out.other_rules.empty()) run_other_rules(study, structure, doing, out);
    end_if_stopped();
    if (s.watch_months > 0) run_beyond(study, doing, out);
    end_if_stopped();
    if (structure > 0 && s.plans.size() > 1) out.what_ifs = try_what_ifs(study, out, doing);
    end_if_stopped();
    return out;
}

Needs needs_of(const Study& study, unsigned threads) {
    const Scenario& s = study.scenario;
    const double n = study.population.establishments.count();
    Needs out;
    constexpr double ns_per_agent_month = 330, bytes_per_world = 400, bytes_per_tally = 240;
    const double tallies =
        (s.months + 1.0) * 4 + (s.months / 12.0 + s.months / static_cast<double>(s.observe_every) + 2) *
                                   (30.0 + static_cast<double>(study.population.areas.size()));
    out.agent_months = n * s.months * s.replicates * static_cast<double>(s.plans.size());
    out.seconds = out.agent_months * ns_per_agent_month * 1e-9 / std::max(1u, threads) + n * 1e-5;
    if (s.history)
        out.seconds += n * s.history->months * s.replicates * ns_per_agent_month * 1e-9 / std::max(1u, threads);
    const double kept = s.history ? std::min(History::most_kept, s.replicates) : 0;
    constexpr double what_if_runs = 600;  // two ends of some ninety assumptions, three plans, and the halvings
    if (s.replicates >= 20 && s.plans.size() > 1)
        out.seconds += what_if_runs * n * s.months * ns_per_agent_month * 1e-9 / std::max(1u, threads);
    if (s.watch_months > 0)
        out.seconds += n * (s.months + s.watch_months) * static_cast<double>(s.plans.size()) *
                       std::min(most_long_runs, s.replicates) * ns_per_agent_month * 1e-9 / std::max(1u, threads);
    out.bytes =
        static_cast<std::uint64_t>(n * bytes_per_world * (2.0 * threads + 1 + kept) +
                                   tallies * bytes_per_tally * s.replicates * static_cast<double>(s.plans.size()));
    out.disk_bytes = static_cast<std::uint64_t>(tallies * static_cast<double>(s.plans.size()) * 38 * 200 * 3);
    return out;
}

namespace {

/// What a limit on the address space (ulimit -v) leaves; nothing if there is none.
std::optional<std::uint64_t> left_by_limit() {
    struct rlimit limit {};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    std::ifstream file("/proc/self/statm");
    std::uint64_t pages = 0;
    file >> pages;
    const std::uint64_t used = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

}  // namespace

std::uint64_t memory_available() {
    std::ifstream file("/proc/meminfo");
    std::string key, unit;
    std::uint64_t kib = 0, machine = std::uint64_t{1} << 62;
    while (file >> key >> kib) {
        std::getline(file, unit);
        if (key == "MemAvailable:") machine = kib * 1024;
    }
    return std::min(machine, left_by_limit().value_or(machine));
}

}  // namespace hubs
