#include "sim/run/runs.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>

#include "sim/card/run.h"
#include "sim/run/interrupted.h"

namespace hubs {
namespace {

bool stopped(const Doing& doing) { return doing.stop != nullptr && doing.stop->load(std::memory_order_relaxed); }

RunEnd run_one(const World& start, const Twins& twins, std::size_t plan, const Doing& doing) {
    const Scenario& s = twins.scenario;
    RunEnd end;
    if (!twins.watched) {
        end.mean_benchmarks = mean_benchmarks(simulate(start, s, s.plans[plan], twins.replicate, nullptr));
        return end;
    }
    Watch watch;
    watch.every = twins.every;
    watch.prepare(doing.groups, s.months);
    simulate(start, s, s.plans[plan], twins.replicate, &watch);
    end.seen = std::move(watch.seen);
    return end;
}

/// A number of twins with their starts.
struct Batch {
    std::vector<Twins> twins;
    std::vector<World> starts;
    std::vector<card::Job> jobs;
    std::vector<std::pair<std::size_t, std::size_t>> of_job;  ///< which twins, and which of their plans

    Batch(std::size_t first, std::size_t count, const Doing& doing, const std::function<Twins(std::size_t)>& make) : twins(count), starts(count) {
        tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
            twins[i] = make(first + i);
            starts[i] = start_world(start_of(twins[i].scenario, doing.population, doing.framework), twins[i].replicate);
        });
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t k = 0; k < twins[i].plans.size(); ++k) {
                const Twins& t = twins[i];
                jobs.push_back({&starts[i], &t.scenario, t.plans[k], t.replicate, t.watched ? &doing.groups : nullptr, t.every});
                of_job.emplace_back(first + i, k);
            }
    }
};

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
        while (done < count) {
            const std::size_t plans = std::max<std::size_t>(1, make(done).plans.size());
            const Batch batch(done, std::min<std::size_t>(count - done, (card::most_worlds + plans - 1) / plans), doing, make);
            card::run_jobs(machine, given, batch.jobs, on_all_threads, between, [&](std::size_t j, card::Left&& left) {
                RunEnd end;
                end.seen = std::move(left.seen);
                if (batch.jobs[j].groups == nullptr) end.mean_benchmarks = mean_benchmarks(left.world);
                take(batch.of_job[j].first, batch.of_job[j].second, std::move(end));
            });
            done += batch.twins.size();
        }
    } catch (const card::CardFailure& failure) {
        doing.device->give_up(failure.what());
    } catch (const Interrupted&) {  // what is left is not done
        return count;
    }
    return done;
}

}  // namespace

void Device::give_up(const std::string& why) {
    machine_.reset();
    if (tell_) tell_(why + "; the runs go on on the processor, and nothing is lost");
}

void run_twins(std::size_t count, const Doing& doing, const std::function<Twins(std::size_t)>& make,
               const std::function<void(std::size_t, std::size_t, RunEnd&&)>& take, const std::function<void(const RunError&)>& failed) {
    std::size_t done = 0;
    if (doing.device != nullptr && doing.device->machine() != nullptr) done = run_on_card(count, doing, make, take);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(done, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end() && !stopped(doing); ++i) {
                const Twins twins = make(i);
                std::size_t k = 0;
                try {
                    const World start = start_world(start_of(twins.scenario, doing.population, doing.framework), twins.replicate);
                    for (; k < twins.plans.size(); ++k) take(i, k, run_one(start, twins, twins.plans[k], doing));
                } catch (const std::exception& e) {
                    failed(RunError(i, std::min(k, twins.plans.size() - 1), e.what()));
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
