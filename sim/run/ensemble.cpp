#include "sim/run/ensemble.h"

#include <sys/resource.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <mutex>

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

void run_replicate(const Study& study, std::uint32_t r, Ensemble& out, Failures& failures) {
    const Scenario s = scenario_of(study.scenario, r);
    const Replicate replicate{s.seed, r};
    std::string plan = s.plans.front().name;
    try {
        const World world = start_world(start_of(s, study.population, study.framework), replicate);
        for (std::size_t p = 0; p < s.plans.size(); ++p) {
            plan = s.plans[p].name;
            Watch watch;
            watch.every = s.observe_every;
            watch.prepare(out.groups, s.months);
            simulate(world, s, s.plans[p], replicate, &watch);
            out.seen[p][r] = std::move(watch.seen);
        }
    } catch (const std::exception& e) {
        failures.keep(r, plan, e.what());
    }
}

/// The first replicates again under the other sharing rules, with the same luck and parameters.
void run_other_rules(const Study& study, std::uint32_t r, Ensemble& out) {
    for (OtherRule& other : out.other_rules) {
        Scenario s = scenario_of(study.scenario, r);
        Schedule::of<SharePractice>(s.parameters).rule = other.rule;
        const Replicate replicate{s.seed, r};
        const World world = start_world(start_of(s, study.population, study.framework), replicate);
        for (std::size_t p = 0; p < s.plans.size(); ++p) {
            other.level[p][r] = mean_benchmarks(simulate(world, s, s.plans[p], replicate, nullptr));
        }
    }
}

/// Benchmarks truly achieved at the end by all establishments and replicates, by plan.
std::vector<std::uint64_t> totals_at_end(const Ensemble& e) {
    std::vector<std::uint64_t> out;
    for (const auto& plan : e.seen) {
        std::uint64_t sum = 0;
        for (const Observations& seen : plan) {
            std::size_t last = 0;
            for (std::size_t k = 0; k < seen.tallies.size(); ++k)
                if (seen.tally_group[k] == e.groups.first[static_cast<std::size_t>(Grouping::all)]) last = k;
            for (unsigned n = 0; n <= benchmark_count; ++n) sum += n * seen.tallies[last].with_benchmarks[n];
        }
        out.push_back(sum);
    }
    return out;
}

/// What would change the answer: tried on the alternative that leads and on its nearest rival.
WhatIfs try_what_ifs(const Study& study, const Ensemble& e, const RunOptions& options) {
    const auto totals = totals_at_end(e);
    std::vector<std::size_t> order(totals.size());
    for (std::size_t p = 0; p < order.size(); ++p) order[p] = p;
    const auto more = [&](std::size_t a, std::size_t b) { return totals[a] > totals[b]; };
    std::stable_sort(order.begin() + 1, order.end(), more);
    std::swap(order[0], order[1]);  // the alternative that leads comes first, even where the reference does better
    std::stable_sort(order.begin() + 1, order.end(), more);
    return what_ifs(study, order[0], order[1], options);
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

Ensemble run_ensemble(const Study& study, const RunOptions& options, const std::string& scenario_file) {
    const Scenario& s = study.scenario;
    Ensemble out;
    out.groups = groups_of(study.population);
    out.seen.resize(s.plans.size());
    for (auto& plan : out.seen) plan.resize(s.replicates);
    const std::uint32_t structure = std::min(most_structure_replicates, s.replicates / 20);
    for (const SharingRule rule : {SharingRule::simple, SharingRule::threshold, SharingRule::capacity})
        if (structure > 0 && rule != Schedule::of<SharePractice>(s.parameters).rule)
            out.other_rules.push_back(
                {rule, std::vector<std::vector<double>>(s.plans.size(), std::vector<double>(structure))});
    const auto threads =
        options.threads > 0 ? options.threads : static_cast<unsigned>(tbb::info::default_concurrency());
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    Failures failures;
    std::atomic<std::size_t> done{0};
    tbb::parallel_for(
        tbb::blocked_range<std::uint32_t>(0, s.replicates, 1),
        [&](const tbb::blocked_range<std::uint32_t>& range) {
            for (std::uint32_t r = range.begin(); r < range.end(); ++r) {
                if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
                run_replicate(study, r, out, failures);
                if (r < structure) run_other_rules(study, r, out);
                const std::size_t so_far = ++done;
                if (options.progress) options.progress(so_far);
            }
        },
        tbb::simple_partitioner());
    if (options.stop != nullptr && options.stop->load()) throw Interrupted();
    failures.raise(s.replicates, scenario_file);
    if (structure > 0 && s.plans.size() > 1) out.what_ifs = try_what_ifs(study, out, options);
    if (options.stop != nullptr && options.stop->load()) throw Interrupted();
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
    constexpr double what_if_runs = 600;  // two ends of some ninety assumptions, three plans, and the halvings
    if (s.replicates >= 20 && s.plans.size() > 1)
        out.seconds += what_if_runs * n * s.months * ns_per_agent_month * 1e-9 / std::max(1u, threads);
    out.bytes =
        static_cast<std::uint64_t>(n * bytes_per_world * (2.0 * threads + 1) +
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
