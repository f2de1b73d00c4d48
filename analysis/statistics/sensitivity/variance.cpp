#include "analysis/statistics/sensitivity/variance.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "analysis/statistics/sensitivity/design.h"

namespace hubs {

SobolIndices sobol_indices(const Eigen::VectorXd& a, const Eigen::VectorXd& b, const Eigen::MatrixXd& mixed, bool centred) {
    const auto n = static_cast<double>(a.size());
    SobolIndices out;
    out.mean = (a.sum() + b.sum()) / (2.0 * n);
    out.variance = ((a.array() - out.mean).square().sum() + (b.array() - out.mean).square().sum()) / (2.0 * n);
    out.first.resize(mixed.cols());
    out.first_jansen.resize(mixed.cols());
    out.total.resize(mixed.cols());
    for (Eigen::Index k = 0; k < mixed.cols(); ++k) {
        const auto change = (mixed.col(k) - a).array();
        out.first[k] = ((b.array() - (centred ? out.mean : 0.0)) * change).mean() / out.variance;
        out.first_jansen[k] = 1.0 - (b - mixed.col(k)).squaredNorm() / (2.0 * n) / out.variance;
        out.total[k] = change.square().mean() / 2.0 / out.variance;
    }
    return out;
}

Interval t_interval(const Eigen::VectorXd& draws) {
    const double mean = draws.mean();
    const auto n = static_cast<double>(draws.size());
    if (draws.size() < 2) return {mean, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    const double error = std::sqrt((draws.array() - mean).square().sum() / (n - 1.0) / n);
    const double t = boost::math::quantile(boost::math::students_t(n - 1.0), 0.975);
    return {mean, mean - t * error, mean + t * error};
}

SobolEstimate sobol_estimate(const std::vector<SobolIndices>& scrambles) {
    SobolEstimate out;
    const auto k = static_cast<Eigen::Index>(scrambles.size());
    Eigen::VectorXd first(k), total(k);
    for (Eigen::Index g = 0; g < scrambles.front().first.size(); ++g) {
        for (Eigen::Index i = 0; i < k; ++i) {
            first[i] = scrambles[static_cast<std::size_t>(i)].first[g];
            total[i] = scrambles[static_cast<std::size_t>(i)].total[g];
        }
        out.first.push_back(t_interval(first));
        out.total.push_back(t_interval(total));
    }
    return out;
}

std::vector<MorrisEffect> morris_effects(const Eigen::MatrixXd& effects) {
    std::vector<MorrisEffect> out;
    const auto n = static_cast<double>(effects.rows());
    for (Eigen::Index k = 0; k < effects.cols(); ++k) {
        const Eigen::VectorXd own = effects.col(k);
        const double mean = own.mean();
        out.push_back({mean, t_interval(own.cwiseAbs()), effects.rows() < 2 ? 0.0 : std::sqrt((own.array() - mean).square().sum() / (n - 1.0))});
    }
    return out;
}

double LuckVariance::share() const { return (interaction + common) / (between + interaction + common); }

double LuckVariance::total_floor(unsigned means) const {
    const double all = between + interaction / means;
    return all > 0 ? interaction / means / all : 0.0;
}

/// The difference of two independent means is normal with variance 2 interaction / means.
double LuckVariance::morris_floor(unsigned means) const { return std::sqrt(2.0 / std::numbers::pi) * std::sqrt(2.0 * interaction / means) / morris_step; }

LuckVariance luck_of(const Eigen::MatrixXd& y) {
    LuckVariance out;
    const auto n = static_cast<double>(y.rows()), r = static_cast<double>(y.cols());
    const Eigen::VectorXd rows = y.rowwise().mean();
    const Eigen::RowVectorXd columns = y.colwise().mean();
    const double mean = rows.mean(), spread = y.rows() < 2 ? 0.0 : (rows.array() - mean).square().sum() / (n - 1.0);
    if (y.cols() < 2 || y.rows() < 2) {
        out.between = spread;
        out.interaction = out.common = std::numeric_limits<double>::quiet_NaN();
        return out;
    }
    const Eigen::MatrixXd rest = ((y.colwise() - rows).rowwise() - columns).array() + mean;
    out.interaction = rest.squaredNorm() / ((n - 1.0) * (r - 1.0));
    out.between = std::max(0.0, spread - out.interaction / r);
    out.common = std::max(0.0, (columns.array() - mean).square().sum() / (r - 1.0) - out.interaction / n);
    return out;
}

}  // namespace hubs
