#include "analysis/estimator/balance.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

double difference(const Sample& sample, Eigen::Index k, const Eigen::VectorXd& w) {
    double sum[2]{}, weight[2]{};
    for (Eigen::Index i = 0; i < w.size(); ++i) {
        const bool t = sample.treated[static_cast<std::size_t>(i)];
        sum[t] += w[i] * sample.covariates(i, k);
        weight[t] += w[i];
    }
    return sum[1] / weight[1] - sum[0] / weight[0];
}

/// Standard deviation of one arm's rows, or of all.
double deviation(const Sample& sample, Eigen::Index k, bool treated_only) {
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (!treated_only || sample.treated[i]) rows.push_back(static_cast<Eigen::Index>(i));
    const Eigen::VectorXd x = sample.covariates.col(k)(rows);
    return std::sqrt((x.array() - x.mean()).square().sum() / static_cast<double>(rows.size() - 1));
}

}  // namespace

std::vector<Balance> balance(const Sample& sample, const Eigen::VectorXd& weights) {
    std::vector<Balance> out;
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(weights.size());
    for (Eigen::Index k = 0; k < sample.covariates.cols(); ++k) {
        const double own = deviation(sample, k, true), sd = own > 0 ? own : deviation(sample, k, false);
        const auto scaled = [&](const Eigen::VectorXd& w) { return sd > 0 ? difference(sample, k, w) / sd : not_available; };
        out.push_back({sample.names[static_cast<std::size_t>(k)], scaled(ones), scaled(weights)});
    }
    return out;
}

Eigen::VectorXd weights_of(const std::vector<Matched>& matched, const Sample& sample) {
    Eigen::VectorXd w = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(sample.size()));
    for (const Matched& m : matched) {
        double targets = 0, matches = 0;
        for (const std::uint32_t target : m.targets) {
            w[target] += sample.weight(target);
            targets += sample.weight(target);
        }
        for (const std::uint32_t match : m.matches) matches += sample.weight(match);
        for (const std::uint32_t match : m.matches) w[match] += targets * sample.weight(match) / matches;
    }
    return w;
}

double overlap(const Sample& sample, const Eigen::VectorXd& propensity) {
    double low = 1, high = 0, inside = 0;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (!sample.treated[i]) {
            low = std::min(low, propensity[static_cast<Eigen::Index>(i)]);
            high = std::max(high, propensity[static_cast<Eigen::Index>(i)]);
        }
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double p = propensity[static_cast<Eigen::Index>(i)];
        inside += sample.treated[i] && p >= low && p <= high;
    }
    return inside / static_cast<double>(sample.treated_count());
}

}  // namespace hubs
