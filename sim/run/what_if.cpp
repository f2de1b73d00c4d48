#include "sim/run/what_if.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

constexpr unsigned halvings = 6;          // of the way to the end of a range, for a switching value
constexpr std::size_t most_switches = 5;  // switching values looked for, of the largest swings

/// Draws of one parameter in order, with their cumulative weights.
double quantile_of_draws(const ParameterDraws& draws, std::size_t k, double q) {
    std::vector<std::pair<double, double>> values;
    for (std::size_t d = 0; d < draws.count(); ++d)
        values.emplace_back(draws.values[d * draws.paths.size() + k], draws.cumulative[d] - (d > 0 ? draws.cumulative[d - 1] : 0.0));
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (const auto& [value, weight] : values)
        if ((sum += weight) >= q * draws.cumulative.back()) return value;
    return values.back().first;
}

double* place_of(Scenario& s, const std::string& path) {
    for (const ParameterPlace& place : parameter_places(s))
        if (place.path == path) return place.value;
    return nullptr;
}

/// The scenario with drawn parameters at their medians: where everything else is changed from.
Scenario middle_of(const Scenario& scenario) {
    Scenario s = scenario;
    s.draws = {};
    for (std::size_t k = 0; k < scenario.draws.paths.size(); ++k)
        if (double* value = place_of(s, scenario.draws.paths[k])) *value = quantile_of_draws(scenario.draws, k, 0.5);
    return s;
}

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
    Scenario middle = middle_of(study.scenario);
    const ParameterDraws& draws = study.scenario.draws;
    for (const ParameterPlace& place : parameter_places(middle)) {
        if (place.path.starts_with("account_costs.")) continue;  // costs move no benchmark
        WhatIf w{place.path, place.field, *place.value, place.field.range.low, place.field.range.high, {}, std::numeric_limits<double>::quiet_NaN()};
        const auto drawn = std::find(draws.paths.begin(), draws.paths.end(), place.path);
        if (drawn != draws.paths.end()) {
            const auto k = static_cast<std::size_t>(drawn - draws.paths.begin());
            w.low = quantile_of_draws(draws, k, 0.05);
            w.high = quantile_of_draws(draws, k, 0.95);
        } else if (!place.field.range.given() || place.field.use == Use::input || place.field.use == Use::lever) continue;
        out.each.push_back(w);
    }
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
