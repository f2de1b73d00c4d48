#include "analysis/study/calibration/chains.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/deterministic_math.h"

namespace hubs {
namespace {

/// Each chain cut in two.
Eigen::MatrixXd split(const Eigen::MatrixXd& chains) {
    const Eigen::Index half = chains.rows() / 2;
    Eigen::MatrixXd out(half, 2 * chains.cols());
    out << chains.topRows(half), chains.bottomRows(half);
    return out;
}

/// Values replaced by normal scores of their ranks; ties share a rank.
Eigen::MatrixXd rank_normalised(const Eigen::MatrixXd& x) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(x.size()));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return x.data()[a] < x.data()[b]; });
    Eigen::MatrixXd out(x.rows(), x.cols());
    const auto n = static_cast<double>(x.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && x.data()[order[end]] == x.data()[order[i]]) ++end;
        const double rank = 0.5 * static_cast<double>(i + 1 + end);
        for (; i < end; ++i) out.data()[order[i]] = normal_quantile((rank - 0.375) / (n + 0.25));
    }
    return out;
}

double variance_within(const Eigen::MatrixXd& c) {
    double sum = 0;
    for (Eigen::Index k = 0; k < c.cols(); ++k) sum += (c.col(k).array() - c.col(k).mean()).square().sum() / static_cast<double>(c.rows() - 1);
    return sum / static_cast<double>(c.cols());
}
double variance_between(const Eigen::MatrixXd& c) {
    const Eigen::RowVectorXd means = c.colwise().mean();
    return (means.array() - means.mean()).square().sum() / static_cast<double>(c.cols() - 1);
}

double quantile_of(std::vector<double> v, double q) {
    std::sort(v.begin(), v.end());
    return v[static_cast<std::size_t>(q * static_cast<double>(v.size() - 1))];
}

}  // namespace

ChainStore::ChainStore(unsigned chains, unsigned steps, Eigen::Index parameters)
    : values_(static_cast<std::size_t>(parameters), Eigen::MatrixXd(steps, chains)) {}

void ChainStore::add(unsigned chain, unsigned step, const Eigen::VectorXd& x) {
    for (Eigen::Index k = 0; k < x.size(); ++k) values_[static_cast<std::size_t>(k)](step, chain) = x[k];
}

double split_r_hat(const Eigen::MatrixXd& chains) {
    const auto n = static_cast<double>(chains.rows());
    const double within = variance_within(chains);
    return std::sqrt(((n - 1.0) / n * within + variance_between(chains)) / within);
}

double effective_draws(const Eigen::MatrixXd& c) {
    const Eigen::Index n = c.rows(), m = c.cols();
    const double within = variance_within(c), total = static_cast<double>(n - 1) / static_cast<double>(n) * within + variance_between(c);
    const auto correlation = [&](Eigen::Index lag) {
        double sum = 0;
        for (Eigen::Index k = 0; k < m; ++k) {
            const double mean = c.col(k).mean();
            sum += (c.col(k).head(n - lag).array() - mean).matrix().dot((c.col(k).tail(n - lag).array() - mean).matrix()) / static_cast<double>(n);
        }
        return 1.0 - (within - sum / static_cast<double>(m)) / total;
    };
    double tau = 1.0, before = 1e300;
    for (Eigen::Index lag = 1; lag + 1 < n; lag += 2) {
        const double pair = correlation(lag) + correlation(lag + 1);
        if (!(pair > 0)) break;
        before = std::min(before, pair);
        tau += 2.0 * before;
    }
    return static_cast<double>(n * m) / tau;
}

void ChainStore::diagnose(Eigen::VectorXd& r_hat, Eigen::VectorXd& bulk, Eigen::VectorXd& tail) const {
    const auto p = static_cast<Eigen::Index>(values_.size());
    r_hat.resize(p);
    bulk.resize(p);
    tail.resize(p);
    for (Eigen::Index k = 0; k < p; ++k) {
        const Eigen::MatrixXd& x = values_[static_cast<std::size_t>(k)];
        const std::vector<double> all(x.data(), x.data() + x.size());
        const Eigen::MatrixXd folded = (x.array() - quantile_of(all, 0.5)).abs();
        r_hat[k] = std::max(split_r_hat(rank_normalised(split(x))), split_r_hat(rank_normalised(split(folded))));
        bulk[k] = effective_draws(rank_normalised(split(x)));
        tail[k] = 1e300;
        for (const double q : {0.05, 0.95}) {
            const double cut = quantile_of(all, q);
            tail[k] = std::min(tail[k], effective_draws(split((x.array() <= cut).cast<double>())));
        }
    }
}

Smoothed pareto_smoothed(const Eigen::VectorXd& log_weights) {
    const Eigen::Index n = log_weights.size();
    Eigen::VectorXd w = (log_weights.array() - log_weights.maxCoeff()).exp();
    const auto most = static_cast<Eigen::Index>(std::min(0.2 * static_cast<double>(n), 3.0 * std::sqrt(static_cast<double>(n))));
    std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return w[a] != w[b] ? w[a] < w[b] : a < b; });
    Smoothed out{-std::numeric_limits<double>::infinity(), {}};
    if (most >= 5 && w[order.back()] > w[order[static_cast<std::size_t>(n - most - 1)]]) {
        const double cut = w[order[static_cast<std::size_t>(n - most - 1)]];
        std::vector<double> x;
        for (Eigen::Index i = n - most; i < n; ++i) x.push_back(w[order[static_cast<std::size_t>(i)]] - cut);
        const double size = static_cast<double>(most), quarter = std::max(x[static_cast<std::size_t>(size / 4 + 0.5) - 1], 1e-300);
        const int points = 30 + static_cast<int>(std::sqrt(size));
        std::vector<double> theta, score;
        for (int j = 1; j <= points; ++j) {
            theta.push_back(1.0 / x.back() + (1.0 - std::sqrt(points / (j - 0.5))) / (3.0 * quarter));
            double k = 0;
            for (const double v : x) k += std::log1p(-theta.back() * v) / size;
            score.push_back(size * (std::log(-theta.back() / k) - k - 1.0));
        }
        double mean = 0;
        for (std::size_t j = 0; j < theta.size(); ++j) {
            double sum = 0;
            for (const double s : score) sum += std::exp(s - score[j]);
            mean += theta[j] / sum;
        }
        double k = 0;
        for (const double v : x) k += std::log1p(-mean * v) / size;
        const double sigma = -k / mean;
        out.pareto_k = (size * k + 10.0 * 0.5) / (size + 10.0);  // weakly drawn towards a half
        const double ceiling = w[order.back()];
        for (Eigen::Index i = 0; i < most; ++i) {
            const double q = (static_cast<double>(i) + 0.5) / size;
            const double fitted = cut + (std::fabs(k) < 1e-12 ? -sigma * std::log1p(-q) : sigma * std::expm1(-k * std::log1p(-q)) / k);
            w[order[static_cast<std::size_t>(n - most + i)]] = std::min(fitted, ceiling);
        }
    }
    out.weights = w / w.sum();
    return out;
}

}  // namespace hubs
