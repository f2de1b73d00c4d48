#pragma once
// Months of a world in which little acts, one at a time: for tests of single levers.
#include <cmath>

#include "tests/support.h"

namespace hubs::test {

inline constexpr Replicate ideal_replicate{11, 0};

inline void step(const Ideal& ideal, std::uint16_t month, World& w) {
    Schedule::step(Month{month}, ideal_replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
}
inline World steps(const Ideal& ideal, std::uint16_t months) {
    World w = ideal.empty(ideal_replicate);
    for (std::uint16_t m = 0; m < months; ++m) step(ideal, m, w);
    return w;
}
/// Four standard errors of a share of n.
inline double close_to(double share, double n) { return 4 * std::sqrt(share * (1 - share) / n) + 1e-12; }
inline double pounds(const World& w, CostLine line) {
    return static_cast<double>(w.costs[static_cast<std::size_t>(line)]) / 100;
}

}  // namespace hubs::test
