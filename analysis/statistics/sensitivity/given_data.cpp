#include "analysis/statistics/sensitivity/given_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/statistics/sampling/sampling.h"

namespace hubs {
namespace {

constexpr unsigned bootstraps = 100, shuffles = 40;
constexpr std::uint32_t resampling = 0x5045u, dummy = 0x5044u;  // purposes of the dice
constexpr std::size_t strongest = 10;                           // factors whose pairs are looked at

std::vector<std::size_t> order_of(const Eigen::VectorXd& x) {
    std::vector<std::size_t> order(static_cast<std::size_t>(x.size()));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return x[static_cast<Eigen::Index>(a)] < x[static_cast<Eigen::Index>(b)]; });
    return order;
}

/// Slices of equal count along an order, moved so that equal values stay together.
std::vector<std::size_t> slice_ends(const Eigen::VectorXd& x, const std::vector<std::size_t>& order, unsigned slices) {
    std::vector<std::size_t> ends;
    for (unsigned s = 1; s <= slices; ++s) {
        std::size_t end = order.size() * s / slices;
        while (end > 0 && end < order.size() && x[static_cast<Eigen::Index>(order[end])] == x[static_cast<Eigen::Index>(order[end - 1])]) ++end;
        if (end > (ends.empty() ? 0 : ends.back())) ends.push_back(end);
    }
    return ends;
}

double median_of(Eigen::VectorXd values) {
    std::sort(values.begin(), values.end());
    const Eigen::Index n = values.size();
    return n == 0 ? 0.0 : 0.5 * (values[(n - 1) / 2] + values[n / 2]);
}

double quantile_of(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(q * static_cast<double>(values.size())))];
}

/// Rows drawn with replacement.
std::vector<Eigen::Index> resampled(std::size_t rows, std::uint64_t seed, unsigned draw) {
    Dice dice(seed, draw, resampling);
    std::vector<Eigen::Index> out(rows);
    for (auto& row : out) row = dice.below(static_cast<std::uint32_t>(rows));
    return out;
}

/// Polynomials of a factor's ranks, orthonormal over the rows: as many as it has values to tell apart, `most` at most.
Eigen::MatrixXd polynomials(const Eigen::VectorXd& u, unsigned most) {
    Eigen::MatrixXd out(u.size(), 0);
    Eigen::VectorXd power = Eigen::VectorXd::Ones(u.size());
    for (unsigned p = 0; p < most; ++p) {
        power = power.array() * (2.0 * u.array() - 1.0);
        Eigen::VectorXd column = power.array() - power.mean();
        for (int twice = 0; twice < 2; ++twice)
            for (Eigen::Index k = 0; k < out.cols(); ++k) column -= out.col(k) * (out.col(k).dot(column) / static_cast<double>(u.size()));
        const double size = std::sqrt(column.squaredNorm() / static_cast<double>(u.size()));
        if (size < 1e-6) break;
        out.conservativeResize(u.size(), out.cols() + 1);
        out.col(out.cols() - 1) = column / size;
    }
    return out;
}

/// Gaussian kernel density of some outputs at every point of a grid (Silverman's width).
Eigen::VectorXd density(const std::vector<double>& values, const Eigen::VectorXd& grid) {
    const auto n = static_cast<double>(values.size());
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / n;
    for (const double v : values) squares += (v - mean) * (v - mean);
    const double width = std::sqrt(squares / (n - 1.0)) * std::pow(n * 0.75, -0.2);
    Eigen::VectorXd out = Eigen::VectorXd::Zero(grid.size());
    if (!(width > 0)) return out;
    for (const double v : values) out.array() += (-0.5 * ((grid.array() - v) / width).square()).exp();
    return out / (n * width * std::sqrt(2.0 * 3.14159265358979323846));
}

double area_between(const Eigen::VectorXd& grid, const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    double out = 0;
    for (Eigen::Index i = 1; i < grid.size(); ++i) out += 0.5 * (grid[i] - grid[i - 1]) * (std::fabs(a[i] - b[i]) + std::fabs(a[i - 1] - b[i - 1]));
    return out;
}

}  // namespace

Eigen::VectorXd rank_shares(const Eigen::VectorXd& x) {
    const auto order = order_of(x);
    Eigen::VectorXd out(x.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        while (to < order.size() && x[static_cast<Eigen::Index>(order[to])] == x[static_cast<Eigen::Index>(order[from])]) ++to;
        const double share = 0.5 * static_cast<double>(from + to) / static_cast<double>(order.size());
        for (; from < to; ++from) out[static_cast<Eigen::Index>(order[from])] = share;
    }
    return out;
}

Eigen::VectorXd pawn_distances(const Eigen::VectorXd& x, const Eigen::VectorXd& y, unsigned slices) {
    const auto order = order_of(x);
    const auto ends = slice_ends(x, order, slices);
    std::vector<double> all(y.begin(), y.end());
    std::sort(all.begin(), all.end());
    Eigen::VectorXd out(static_cast<Eigen::Index>(ends.size()));
    std::size_t from = 0;
    for (std::size_t s = 0; s < ends.size(); ++s) {
        std::vector<double> own;
        for (std::size_t i = from; i < ends[s]; ++i) own.push_back(y[static_cast<Eigen::Index>(order[i])]);
        std::sort(own.begin(), own.end());
        double distance = 0;
        std::size_t below_all = 0, below_own = 0;
        while (below_all < all.size()) {  // steps of both distributions, value by value
            const double value = all[below_all];
            while (below_all < all.size() && all[below_all] == value) ++below_all;
            while (below_own < own.size() && own[below_own] <= value) ++below_own;
            distance = std::max(distance, std::fabs(static_cast<double>(below_all) / static_cast<double>(all.size()) -
                                                    static_cast<double>(below_own) / static_cast<double>(own.size())));
        }
        out[static_cast<Eigen::Index>(s)] = distance;
        from = ends[s];
    }
    return out;
}

Pawn pawn(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, unsigned slices, std::uint64_t seed) {
    Pawn out;
    const auto rows = static_cast<std::size_t>(y.size());
    std::vector<std::vector<double>> draws(static_cast<std::size_t>(x.cols()));
    for (unsigned b = 0; b < bootstraps; ++b) {
        const auto chosen = resampled(rows, seed, b);
        const Eigen::VectorXd own = y(chosen);
        for (Eigen::Index k = 0; k < x.cols(); ++k) draws[static_cast<std::size_t>(k)].push_back(median_of(pawn_distances(x.col(k)(chosen), own, slices)));
    }
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        const auto& own = draws[static_cast<std::size_t>(k)];
        const double median = median_of(pawn_distances(x.col(k), y, slices));
        // Resampled distances are too large, so the interval is mirrored about the estimate (basic bootstrap).
        out.median.push_back({median, std::max(0.0, 2.0 * median - quantile_of(own, 0.975)), std::max(median, 2.0 * median - quantile_of(own, 0.025))});
    }
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        std::vector<double> none;
        for (unsigned j = 0; j < shuffles; ++j) {
            Dice dice(seed, j, dummy);
            Eigen::VectorXd shuffled = x.col(k);
            for (Eigen::Index i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[dice.below(static_cast<std::uint32_t>(i))]);
            none.push_back(median_of(pawn_distances(shuffled, y, slices)));
        }
        out.threshold.push_back(quantile_of(none, 0.95));
    }
    return out;
}

double delta(const Eigen::VectorXd& x, const Eigen::VectorXd& y) {
    const auto n = static_cast<double>(y.size());
    const double power = 2.0 / (7.0 + std::tanh((1500.0 - n) / 500.0));
    const auto slices = static_cast<unsigned>(std::min(std::ceil(std::pow(n, power)), 48.0));
    const auto order = order_of(x);
    const auto ends = slice_ends(x, order, slices);
    const Eigen::VectorXd grid = Eigen::VectorXd::LinSpaced(100, y.minCoeff(), y.maxCoeff());
    const Eigen::VectorXd all = density({y.begin(), y.end()}, grid);
    double out = 0;
    std::size_t from = 0;
    for (const std::size_t end : ends) {
        std::vector<double> own;
        for (; from < end; ++from) own.push_back(y[static_cast<Eigen::Index>(order[from])]);
        if (own.size() > 1) out += static_cast<double>(own.size()) / (2.0 * n) * area_between(grid, all, density(own, grid));
    }
    return out;
}

SmoothEffects smooth_effects(const Eigen::MatrixXd& x, const Eigen::VectorXd& y) {
    SmoothEffects out;
    const Eigen::Index n = y.size(), d = x.cols();
    out.first = out.slope = Eigen::VectorXd::Zero(d);
    const Eigen::VectorXd centred = y.array() - y.mean();
    const double variance = centred.squaredNorm() / static_cast<double>(n);
    const unsigned degrees = n >= 6 * d + 2 ? 3 : n >= 2 * d + 2 ? 1 : 0;
    if (degrees == 0 || !(variance > 0)) return out;
    std::vector<Eigen::MatrixXd> own;  // polynomials of each factor
    std::vector<double> reach;         // of its first one, from the lowest to the highest rank
    Eigen::MatrixXd basis(n, 0);
    const auto append = [&](const Eigen::MatrixXd& columns) {
        basis.conservativeResize(n, basis.cols() + columns.cols());
        basis.rightCols(columns.cols()) = columns;
    };
    for (Eigen::Index k = 0; k < d; ++k) {
        own.push_back(polynomials(rank_shares(x.col(k)), degrees));
        reach.push_back(own.back().cols() == 0 ? 0.0 : own.back().col(0).maxCoeff() - own.back().col(0).minCoeff());
        append(own.back());
    }
    Eigen::VectorXd c;
    const auto solve = [&] {
        c = basis.colPivHouseholderQr().solve(centred);
        for (Eigen::Index k = 0, at = 0; k < d; at += own[static_cast<std::size_t>(k++)].cols()) {
            const Eigen::Index columns = own[static_cast<std::size_t>(k)].cols();
            out.first[k] = c.segment(at, columns).squaredNorm() / variance;
            out.slope[k] = columns == 0 ? 0.0 : c[at] * reach[static_cast<std::size_t>(k)];
        }
    };
    solve();
    const auto order = order_of(-out.first);
    const std::size_t kept = std::min(strongest, order.size());
    const auto pairs = static_cast<Eigen::Index>(kept * (kept - (kept > 0)) / 2), alone = basis.cols();
    if (degrees == 3 && pairs > 0 && n >= 2 * (alone + 4 * pairs)) {
        std::vector<Eigen::Index> ends;
        for (std::size_t i = 0; i < kept; ++i)
            for (std::size_t j = i + 1; j < kept; ++j) {
                out.pairs.emplace_back(std::min(order[i], order[j]), std::max(order[i], order[j]));
                const Eigen::MatrixXd &a = own[out.pairs.back().first], &b = own[out.pairs.back().second];
                for (Eigen::Index p = 0; p < std::min<Eigen::Index>(2, a.cols()); ++p)
                    for (Eigen::Index q = 0; q < std::min<Eigen::Index>(2, b.cols()); ++q) {
                        const Eigen::VectorXd both = a.col(p).array() * b.col(q).array();
                        append(both.array() - both.mean());
                    }
                ends.push_back(basis.cols());
            }
        solve();
        for (std::size_t k = 0; k < ends.size(); ++k) {
            const Eigen::Index from = k == 0 ? alone : ends[k - 1];
            out.pair_share.push_back((basis.middleCols(from, ends[k] - from) * c.segment(from, ends[k] - from)).squaredNorm() / static_cast<double>(n) /
                                     variance);
        }
    }
    out.explained = 1.0 - (centred - basis * c).squaredNorm() / centred.squaredNorm();
    return out;
}

std::vector<ResponseBin> response(const Eigen::VectorXd& x, const Eigen::VectorXd& y, unsigned bins) {
    std::vector<ResponseBin> out;
    const auto order = order_of(x);
    std::size_t from = 0;
    for (const std::size_t end : slice_ends(x, order, bins)) {
        Eigen::VectorXd own(static_cast<Eigen::Index>(end - from));
        double middle = 0;
        for (std::size_t i = from; i < end; ++i) {
            own[static_cast<Eigen::Index>(i - from)] = y[static_cast<Eigen::Index>(order[i])];
            middle += x[static_cast<Eigen::Index>(order[i])] / static_cast<double>(end - from);
        }
        out.push_back({x[static_cast<Eigen::Index>(order[from])], x[static_cast<Eigen::Index>(order[end - 1])], middle, t_interval(own), end - from});
        from = end;
    }
    return out;
}

}  // namespace hubs
