#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "sim/card/image.h"
#include "sim/run/study.h"
#include "sim/simulate.h"

namespace hubs {

/// One start under one or more plans: twins, with one luck.
struct Twins {
    Scenario scenario;  ///< the replicate's own parameters and plans
    Replicate replicate;
    std::vector<std::size_t> plans;  ///< places in the scenario's plans
    card::Wanted wanted = card::Wanted::all;
    unsigned every = 12;  ///< months between full tallies, where it is seen
};

/// What one run leaves: what was seen, or the mean of benchmarks truly achieved at the end where nobody watched.
struct RunEnd {
    Observations seen;
    double mean_benchmarks = 0;
};

/// A graphics card in use, given up for good if it fails; runs go on on the processor.
class Device {
public:
    Device() = default;
    Device(std::unique_ptr<card::Machine> machine, std::function<void(const std::string&)> tell)
        : machine_(std::move(machine)), tell_(std::move(tell)) {}
    card::Machine* machine() { return machine_.get(); }
    void give_up(const std::string& why);

private:
    std::unique_ptr<card::Machine> machine_;
    std::function<void(const std::string&)> tell_;
};

/// Where and how runs are done.
struct Doing {
    const Population& population;
    const Framework& framework;
    const Groups& groups;
    Device* device = nullptr;                 ///< null: the processor
    const std::atomic<bool>* stop = nullptr;  ///< set by a signal; the rest is not done
    bool fall_back = true;                    ///< what a card that failed has left is done on the processor
};

/// A run could not be done: which twins, which of the scenario's plans, and why.
struct RunError : std::runtime_error {
    RunError(std::size_t twins_, std::size_t plan_, const std::string& what)
        : std::runtime_error(what), twins(twins_), plan(plan_) {}
    std::size_t twins, plan;
};

/// Does `count` twins: `make(i)` says what the i-th are, `take(i, k, end)` is given the end of its k-th plan, from any
/// thread and perhaps again with the same values after a card failed. `failed` is told of a run that threw.
void run_twins(std::size_t count, const Doing& doing, const std::function<Twins(std::size_t)>& make,
               const std::function<void(std::size_t, std::size_t, RunEnd&&)>& take,
               const std::function<void(const RunError&)>& failed);

/// Of all establishments, truly achieved.
double mean_benchmarks(const World& world);

}  // namespace hubs
