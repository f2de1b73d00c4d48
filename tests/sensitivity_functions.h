#pragma once
// Functions whose sensitivities are known, and designs to try them on.
#include <cmath>
#include <numbers>
#include <vector>

#include "analysis/statistics/sensitivity/design.h"

namespace hubs::test {

/// Ishigami and Homma (1990), a = 7, b = 0.1, of points in the unit cube.
inline double ishigami(const double* u) {
    const auto x = [&](int k) { return std::numbers::pi * (2.0 * u[k] - 1.0); };
    return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}
inline const std::vector<double> ishigami_first{0.31390519114781146, 0.4424111447900409, 0.0},
    ishigami_total{0.5575888552099592, 0.4424111447900409, 0.24368366406214773};

inline double linear(const double* u) { return 5 * u[0] + 4 * u[1] + 3 * u[2] + 2 * u[3] + u[4]; }

inline Design laid_out(DesignKind kind, std::size_t points, std::size_t factors, std::uint64_t seed = 1, std::size_t scrambles = 8) {
    DesignRequest r;
    r.kind = kind;
    r.points = points;
    r.scrambles = scrambles;
    r.seed = seed;
    std::vector<std::size_t> own(factors);
    for (std::size_t k = 0; k < factors; ++k) own[k] = k;
    return Design(r, own, std::vector<std::size_t>(factors, 3));
}

}  // namespace hubs::test
