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

double treated_sd(const Sample& sample, Eigen::Index k) {
    double n = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample.treated[i]) {
            ++n;
            sum += sample.covariates(static_cast<Eigen::Index>(i), k);
        }
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample.treated[i]) squares += std::pow(sample.covariates(static_cast<Eigen::Index>(i), k) - sum / n, 2);
    return std::sqrt(squares / (n - 1.0));
}

}  // namespace

std::vector<Balance> balance(const Sample& sample, const Eigen::VectorXd& weights) {
    std::vector<Balance> out;
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(weights.size());
    for (Eigen::Index k = 0; k < sample.covariates.cols(); ++k) {
        const double sd = treated_sd(sample, k);
        const auto scaled = [&](const Eigen::VectorXd& w) { return sd > 0 ? difference(sample, k, w) / sd : not_available; };
        out.push_back({sample.names[static_cast<std::size_t>(k)], scaled(ones), scaled(weights)});
    }
    return out;
}

Eigen::VectorXd weights_of(const std::vector<Matched>& matched, std::size_t rows) {
    Eigen::VectorXd w = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(rows));
    for (const Matched& m : matched) {
        for (const std::uint32_t target : m.targets) w[target] += 1.0;
        for (const std::uint32_t match : m.matches) w[match] += static_cast<double>(m.targets.size()) / static_cast<double>(m.matches.size());
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
