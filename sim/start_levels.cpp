#include "sim/start_levels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "sim/base/deterministic_math.h"

namespace hubs {
namespace {

/// Which items concern whom: each set that occurs, and the share of establishments it concerns.
struct Concerned {
    Items items;
    double share;
};
std::vector<Concerned> concerned_of(const Population& population) {
    std::vector<Concerned> out;
    const std::uint32_t n = population.establishments.count();
    for (const Items items : population.establishments.applies) {
        auto at = std::find_if(out.begin(), out.end(), [&](const Concerned& c) { return c.items == items; });
        if (at == out.end()) at = out.insert(out.end(), {items, 0});
        at->share += 1.0 / n;
    }
    return out;
}

/// The standard normal at so many points, with weights that add up to one.
constexpr unsigned nodes = 41;
struct NormalGrid {
    std::array<double, nodes> x, weight;
    NormalGrid() {
        double sum = 0;
        for (unsigned i = 0; i < nodes; ++i) {
            x[i] = -5.0 + 10.0 * i / (nodes - 1);
            sum += weight[i] = exponential(-0.5 * x[i] * x[i]);
        }
        for (double& w : weight) w /= sum;
    }
};

/// The chance of reporting one benchmark by latent level, worked out once and read between its points.
class Reported {
public:
    Reported(unsigned benchmark, const Framework& f, const std::vector<Concerned>& concerned, double own, double known,
             const CompleteCompass::Parameters& p) {
        for (unsigned i = 0; i < points; ++i) {
            const double level = lowest + step * i;
            std::array<double, 64> met{};
            each_item(f.items_of[benchmark],
                      [&](unsigned item) { met[item] = normal_cdf((level - f.items[item].threshold) / own); });
            double done = 0, claimable = 0;
            for (const Concerned& c : concerned) {
                const Items items = f.items_of[benchmark] & c.items;
                double all = c.share, all_known = c.share, but_one = 0;  // but_one: all but one, among the items so far
                each_item(items, [&](unsigned item) {
                    const double knows = met[item] + (1.0 - met[item]) * known;
                    all *= met[item];
                    but_one = but_one * knows + all_known * (1.0 - knows);
                    all_known *= knows;
                });
                done += all;
                claimable += all_known + (std::popcount(items) > 1 ? but_one : 0.0);
            }
            chance_[i] = (1.0 - p.claimed - p.withheld) * done + p.claimed * claimable;
        }
    }
    double at(double level) const {
        const double place = std::clamp((level - lowest) / step, 0.0, points - 1.001);
        const auto i = static_cast<unsigned>(place);
        return chance_[i] + (place - i) * (chance_[i + 1] - chance_[i]);
    }

private:
    static constexpr unsigned points = 321;
    static constexpr double lowest = -8.0, step = 0.05;
    std::array<double, points> chance_;
};

}  // namespace

std::array<double, benchmark_count> start_levels(const Framework& f, const Population& population,
                                                 const InitialState::Parameters& initial,
                                                 const CompleteCompass::Parameters& compass) {
    static const NormalGrid grid;
    std::array<double, benchmark_count> out{};
    const auto concerned = concerned_of(population);
    const double school = f.school_factor * initial.school_share;
    for (unsigned b = 0; b < benchmark_count; ++b) {
        if (f.published_full[b] <= 0 || concerned.empty()) continue;
        const double own = std::sqrt(std::max(1e-6, 1.0 - school - f.benchmark_factor[b])),
                     spread = std::sqrt(school + f.benchmark_factor[b]);
        const Reported reported(b, f, concerned, own, initial.known_share, compass);
        const auto share_at = [&](double level) {
            double share = 0;
            for (unsigned i = 0; i < nodes; ++i) {
                const double x = spread * grid.x[i] - level;
                share += grid.weight[i] *
                         (initial.network_share * reported.at(x + std::sqrt(school) * initial.network_shift) +
                          (1.0 - initial.network_share) * reported.at(x + std::sqrt(school) * initial.outside_shift));
            }
            return share;
        };
        double low = -4, high = 4;
        for (unsigned i = 0; i < 30; ++i) {
            const double middle = 0.5 * (low + high);
            (share_at(middle) > f.published_full[b] ? low : high) = middle;
        }
        out[b] = 0.5 * (low + high);
    }
    return out;
}

}  // namespace hubs
