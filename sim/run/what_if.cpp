#include "sim/run/what_if.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/run/middle.h"

namespace hubs {
namespace {

constexpr unsigned halvings = 6;          // of the way to the end of a range, for a switching value
constexpr std::size_t most_switches = 5;  // switching values looked for, of the largest swings

class Trial {
public:
    Trial(const Study& study, const Scenario& middle, const std::array<std::size_t, 3>& plans) : study_(study), middle_(middle), plans_(plans) {}

    std::array<double, 3> at(const std::string& path, double value) const {
        Scenario s = middle_;
        if (!path.empty()) *place_of(s, path) = value;
        const Replicate replicate{s.seed, 0};
        const World world = start_world(start_of(s, study_.population, study_.framework), replicate);
        std::array<double, 3> out{};
        for (std::size_t i = 0; i < 3; ++i) {
            const auto same = static_cast<std::size_t>(std::find(plans_.begin(), plans_.begin() + static_cast<std::ptrdiff_t>(i), plans_[i]) - plans_.begin());
            out[i] = same < i ? out[same] : mean_benchmarks(simulate(world, s, s.plans[plans_[i]], replicate, nullptr));
        }
        return out;
    }
    /// Where between two values the leader stops leading; it leads at `from`, not at `to`.
    double switching_value(const std::string& path, double from, double to) const {
        for (unsigned i = 0; i < halvings; ++i) {
            const double half = 0.5 * (from + to);
            (lead(at(path, half)) > 0 ? from : to) = half;
        }
        return 0.5 * (from + to);
    }
    static double lead(const std::array<double, 3>& level) { return level[1] - level[2]; }

private:
    const Study& study_;
    const Scenario& middle_;
    std::array<std::size_t, 3> plans_;
};

}  // namespace

double mean_benchmarks(const World& world) {
    double sum = 0;
    for (const Benchmarks b : world.establishments.achieved) sum += std::popcount(b);
    return sum / std::max(1u, world.count());
}

WhatIfs what_ifs(const Study& study, std::size_t leader, std::size_t rival, const RunOptions& options) {
    WhatIfs out{leader, rival, {}, {}};
    const Scenario middle = middle_of(study.scenario);
    for (const UncertainParameter& u : uncertain_parameters(study.scenario))
        out.each.push_back({u.path, u.field, u.value, u.low, u.high, {}, std::numeric_limits<double>::quiet_NaN()});
    const Trial trial(study, middle, {0, leader, rival});
    out.middle = trial.at("", 0);
    tbb::parallel_for(std::size_t{0}, out.each.size(), [&](std::size_t i) {
        if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
        WhatIf& w = out.each[i];
        w.level = {trial.at(w.path, w.low), trial.at(w.path, w.high)};
    });
    if (leader == rival || !(Trial::lead(out.middle) > 0)) return out;
    const auto swing = [](const WhatIf& w) { return std::fabs((w.level[1][1] - w.level[1][0]) - (w.level[0][1] - w.level[0][0])); };
    std::vector<WhatIf*> turned;
    for (WhatIf& w : out.each)
        if (!(Trial::lead(w.level[0]) > 0) || !(Trial::lead(w.level[1]) > 0)) turned.push_back(&w);
    std::stable_sort(turned.begin(), turned.end(), [&](const WhatIf* a, const WhatIf* b) { return swing(*a) > swing(*b); });
    turned.resize(std::min(turned.size(), most_switches));
    tbb::parallel_for(std::size_t{0}, turned.size(), [&](std::size_t i) {
        WhatIf& w = *turned[i];
        w.switches_at = trial.switching_value(w.path, w.value, Trial::lead(w.level[0]) > 0 ? w.high : w.low);
    });
    return out;
}

}  // namespace hubs
