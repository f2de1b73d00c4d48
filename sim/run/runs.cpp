#include "sim/run/runs.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>

#include "sim/card/run.h"
#include "sim/run/ensemble.h"
#include "sim/run/history.h"
#include "sim/run/interrupted.h"
#include "sim/simulate_plans.h"

namespace hubs {
namespace {

bool stopped(const Doing& doing) { return doing.stop != nullptr && doing.stop->load(std::memory_order_relaxed); }

void run_on_processor(std::size_t i, const Twins& twins, const Doing& doing,
                      const std::function<void(std::size_t, std::size_t, RunEnd&&)>& take) {
    const World start = first_world(twins.scenario, doing.population, doing.framework, twins.replicate);
    Watch watch;
    const bool watched = twins.wanted != card::Wanted::level;
    if (watched) {
        watch.every = twins.every;
        watch.prepare(doing.groups, twins.scenario.months);
    }
    simulate_plans(start, twins.scenario, twins.plans, twins.replicate, watched ? &watch : nullptr,
                   [&](std::size_t k, const World& world, Observations&& seen) {
                       take(i, k, RunEnd{std::move(seen), watched ? 0.0 : mean_benchmarks(world)});
                   });
}

/// A number of twins with their starts.
struct Batch {
    std::vector<Twins> twins;
    std::vector<World> starts;
    std::vector<card::Job> jobs;
    std::vector<std::pair<std::size_t, std::size_t>> of_job;  ///< which twins, and which of their plans

    Batch(std::size_t first, std::size_t count, const Doing& doing, const std::function<Twins(std::size_t)>& make)
        : twins(count), starts(count) {
        tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
            twins[i] = make(first + i);
            starts[i] = first_world(twins[i].scenario, doing.population, doing.framework, twins[i].replicate);
        });
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t k = 0; k < twins[i].plans.size(); ++k) {
                const Twins& t = twins[i];
                jobs.push_back({&starts[i], &t.scenario, t.plans[k], t.replicate, &doing.groups, t.every, t.wanted});
                of_job.emplace_back(first + i, k);
            }
    }
};

/// Worlds and their images also take memory here: a third of what is free may go into them.
std::size_t worlds_at_once(const Doing& doing, const std::function<Twins(std::size_t)>& make) {
    const Batch first(0, 1, doing, make);
    const card::Sizes sizes = card::Shape(first.jobs).sizes();
    return std::clamp<std::size_t>(
        memory_available() / 3 / (2 * (sizes[card::head] + sizes[card::columns] + sizes[card::observed])), 1,
        card::most_worlds);
}

/// On the card, so many twins at once that its worlds are many and their starts few. Returns how many were done.
std::size_t run_on_card(std::size_t count, const Doing& doing, const std::function<Twins(std::size_t)>& make,
                        const std::function<void(std::size_t, std::size_t, RunEnd&&)>& take) {
    std::size_t done = 0;
    try {
        card::Machine& machine = *doing.device->machine();
        const card::Given given(machine, doing.population, doing.framework, doing.groups);
        const auto on_all_threads = [](std::uint32_t n, const std::function<void(std::uint32_t)>& one) {
            tbb::parallel_for(std::uint32_t{0}, n, [&](std::uint32_t i) { one(i); });
        };
        const auto between = [&] {
            if (stopped(doing)) throw Interrupted();
        };
        const std::size_t most = worlds_at_once(doing, make);
        while (done < count) {
            const std::size_t plans = std::max<std::size_t>(1, make(done).plans.size());
            const Batch batch(done, std::min<std::size_t>(count - done, (most + plans - 1) / plans), doing, make);
            card::run_jobs(machine, given, batch.jobs, most, on_all_threads, between,
                           [&](std::size_t j, card::Left&& left) {
                               RunEnd end;
                               end.seen = std::move(left.seen);
                               if (batch.jobs[j].wanted == card::Wanted::level)
                                   end.mean_benchmarks = mean_benchmarks(left.world);
                               take(batch.of_job[j].first, batch.of_job[j].second, std::move(end));
                           });
            done += batch.twins.size();
        }
    } catch (const card::CardFailure& failure) {
        doing.device->give_up(failure.what());
    } catch (const Interrupted&) {  // what is left is not done
        return count;
    } catch (
        const std::exception& e) {  // such as too little memory for many worlds at once; a run's own fault shows again
        doing.device->give_up(std::string("runs side by side could not be made: ") + e.what());
    }
    return done;
}

}  // namespace

void Device::give_up(const std::string& why) {
    machine_.reset();
    if (tell_) tell_(why + "; the runs go on on the processor, and nothing is lost");
}

void run_twins(std::size_t count, const Doing& doing, const std::function<Twins(std::size_t)>& make,
               const std::function<void(std::size_t, std::size_t, RunEnd&&)>& take,
               const std::function<void(const RunError&)>& failed) {
    if (count == 0) return;
    std::size_t done = 0;
    if (doing.device != nullptr && doing.device->machine() != nullptr) done = run_on_card(count, doing, make, take);
    if (doing.device != nullptr && !doing.fall_back) return;
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(done, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end() && !stopped(doing); ++i) {
                const Twins twins = make(i);
                std::size_t done_of_it = 0;
                try {
                    run_on_processor(i, twins, doing, [&](std::size_t of, std::size_t k, RunEnd&& end) {
                        take(of, k, std::move(end));
                        done_of_it = k + 1;
                    });
                } catch (const std::exception& e) {
                    failed(RunError(i, twins.plans[std::min(done_of_it, twins.plans.size() - 1)], e.what()));
                }
            }
        },
        tbb::simple_partitioner());
}

double mean_benchmarks(const World& world) {
    double sum = 0;
    for (const Benchmarks b : world.establishments.achieved) sum += std::popcount(b);
    return sum / std::max(1u, world.count());
}

}  // namespace hubs
