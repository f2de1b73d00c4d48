#include "analysis/statistics/estimator/balance.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

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

}  // namespace

std::vector<Balance> balance(const Sample& sample, const Eigen::VectorXd& weights) {
    std::vector<Balance> out;
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(weights.size());
    for (Eigen::Index k = 0; k < sample.covariates.cols(); ++k) {
        const Eigen::VectorXd column = sample.covariates.col(k);
        const double own = deviation_within(sample, column, {true}),
                     sd = own > 0 ? own : deviation_within(sample, column, {false});
        const auto scaled = [&](const Eigen::VectorXd& w) {
            return sd > 0 ? difference(sample, k, w) / sd : not_available;
        };
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

double overlap(const Sample& sample, const Eigen::VectorXd& p, Estimand estimand) {
    double low[2] = {1, 1}, high[2] = {0, 0}, inside = 0, all = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double own = p[static_cast<Eigen::Index>(i)];
        low[sample.treated[i]] = std::min(low[sample.treated[i]], own);
        high[sample.treated[i]] = std::max(high[sample.treated[i]], own);
    }
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const bool arm = sample.treated[i];
        if (estimand != Estimand::all && arm != (estimand == Estimand::treated)) continue;
        const double own = p[static_cast<Eigen::Index>(i)];
        inside += own >= low[!arm] && own <= high[!arm];
        ++all;
    }
    return inside / all;
}

double deviation_within(const Sample& sample, const Eigen::VectorXd& column, std::initializer_list<bool> arms) {
    double squares = 0, all = 0, rows = 0;
    for (const bool arm : arms) {
        double weight = 0, mean = 0;
        for (std::size_t i = 0; i < sample.size(); ++i)
            if (sample.treated[i] == arm) weight += sample.weight(i);
        for (std::size_t i = 0; i < sample.size(); ++i)
            if (sample.treated[i] == arm) mean += sample.weight(i) * column[static_cast<Eigen::Index>(i)] / weight;
        for (std::size_t i = 0; i < sample.size(); ++i)
            if (sample.treated[i] == arm) {
                squares += sample.weight(i) * std::pow(column[static_cast<Eigen::Index>(i)] - mean, 2);
                ++rows;
            }
        all += weight;
    }
    return std::sqrt(squares / all * rows / (rows - static_cast<double>(arms.size())));
}

}  // namespace hubs
