#include "analysis/statistics/sensitivity/design.h"

#include <algorithm>
#include <bit>

#include "analysis/statistics/sampling/sampling.h"

namespace hubs {
namespace {

constexpr std::uint32_t shuffles = 0x4c48u;  // purpose of the dice of a Latin hypercube

/// One point in each of `points` equal strata of every factor, strata in random order.
Eigen::MatrixXd latin_hypercube(std::size_t points, std::size_t factors, std::uint64_t seed) {
    Eigen::MatrixXd out(static_cast<Eigen::Index>(points), static_cast<Eigen::Index>(factors));
    std::vector<std::uint32_t> order(points);
    for (std::size_t k = 0; k < factors; ++k) {
        Dice dice(seed, static_cast<std::uint32_t>(k), shuffles);
        for (std::size_t i = 0; i < points; ++i) order[i] = static_cast<std::uint32_t>(i);
        for (std::size_t i = points; i > 1; --i) std::swap(order[i - 1], order[dice.below(static_cast<std::uint32_t>(i))]);
        for (std::size_t i = 0; i < points; ++i)
            out(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = (order[i] + dice.uniform()) / static_cast<double>(points);
    }
    return out;
}

/// Scrambles stacked, each in its own rows.
Eigen::MatrixXd scrambles_of(const DesignRequest& r, std::size_t dimensions) {
    const auto points = static_cast<Eigen::Index>(r.points);
    Eigen::MatrixXd out(static_cast<Eigen::Index>(r.scrambles) * points, static_cast<Eigen::Index>(dimensions));
    for (std::size_t k = 0; k < r.scrambles; ++k)
        out.middleRows(static_cast<Eigen::Index>(k) * points, points) = scrambled_sobol(r.points, dimensions, r.seed * 1'000'003 + k);
    return out;
}

/// Rows, refused if they are more than can be laid out.
std::size_t product(const std::vector<std::size_t>& counts) {
    std::size_t out = 1;
    for (const std::size_t n : counts) {
        if (n != 0 && out > most_rows / n) throw std::length_error("more than " + std::to_string(most_rows) + " points");
        out *= n;
    }
    return out;
}

/// Rows of a two-level design in which no main effect is confounded with another or with a pair:
/// a Hadamard matrix above its mirror image.
std::size_t folded_rows(std::size_t factors) { return 2 * std::bit_ceil(factors + 1); }

}  // namespace

Design::Design(const DesignRequest& request, std::vector<std::size_t> group, std::vector<std::size_t> levels)
    : request_(request), group_(std::move(group)), levels_(std::move(levels)) {
    const std::size_t d = group_.size();
    for (const std::size_t g : group_) groups_ = std::max(groups_, g + 1);
    switch (request_.kind) {
        case DesignKind::grid:
            rows_ = product(levels_);
            break;
        case DesignKind::fractional_grid:
            rows_ = folded_rows(d);
            break;
        case DesignKind::morris:
            rows_ = product({request_.points, block()});
            break;
        case DesignKind::sobol_indices:
            rows_ = product({request_.scrambles, request_.points, block()});
            break;
        default:
            rows_ = product({request_.points});
    }
    if (rows_ * std::max<std::size_t>(d, 1) > most_cells) throw std::length_error("more than " + std::to_string(most_cells) + " numbers");
    if (request_.kind == DesignKind::latin_hypercube) base_ = latin_hypercube(request_.points, d, request_.seed);
    if (request_.kind == DesignKind::sobol_sequence || request_.kind == DesignKind::morris) base_ = scrambled_sobol(request_.points, d, request_.seed);
    if (request_.kind == DesignKind::sobol_indices) base_ = scrambles_of(request_, 2 * d);
}

std::size_t Design::block() const {
    if (request_.kind == DesignKind::morris) return groups_ + 1;
    return request_.kind == DesignKind::sobol_indices ? groups_ + 2 : 1;
}

std::vector<double> Design::row(std::size_t row) const {
    const std::size_t d = group_.size();
    std::vector<double> out(d);
    const auto at = static_cast<Eigen::Index>(row / block());
    const std::size_t j = row % block();
    std::size_t rest = row;
    const std::size_t half = rows_ / 2;
    for (std::size_t k = 0; k < d; ++k) {
        const auto column = static_cast<Eigen::Index>(k), other = static_cast<Eigen::Index>(d + k);
        switch (request_.kind) {
            case DesignKind::grid:
                out[k] = levels_[k] < 2 ? 0.5 : static_cast<double>(rest % levels_[k]) / static_cast<double>(levels_[k] - 1);
                rest /= levels_[k];
                break;
            case DesignKind::fractional_grid: {
                const bool high = (std::popcount((row % half) & (k + 1)) & 1) != 0;
                out[k] = high != (row >= half) ? 1.0 : 0.0;
                break;
            }
            case DesignKind::morris: {
                const double a = base_(at, column);
                out[k] = j > 0 && group_[k] == j - 1 ? (a < morris_step ? a + morris_step : a - morris_step) : a;
                break;
            }
            case DesignKind::sobol_indices:
                out[k] = j == 1 || (j > 1 && group_[k] == j - 2) ? base_(at, other) : base_(at, column);
                break;
            case DesignKind::latin_hypercube:
            case DesignKind::sobol_sequence:
                out[k] = base_(at, column);
                break;
            case DesignKind::posterior:
            case DesignKind::table:
                break;  // rows are given, not laid out
        }
    }
    return out;
}

}  // namespace hubs
