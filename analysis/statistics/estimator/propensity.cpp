#include "analysis/statistics/estimator/propensity.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

/// Covariance of the score's columns and the outcome over the rows of one arm nearest in the score, own row included.
/// Rows as near as the farthest of them are all taken, so that the order of rows does not matter.
class LocalCovariance {
public:
    LocalCovariance(const Sample& sample, const Logit& model, bool arm, std::size_t rows)
        : sample_(sample), model_(model) {
        for (std::uint32_t i = 0; i < sample.size(); ++i)
            if (sample.treated[i] == arm) order_.push_back(i);
        std::stable_sort(order_.begin(), order_.end(), [&](auto a, auto b) { return score(a) < score(b); });
        rows_ = std::min(rows, order_.size());
    }

    Eigen::VectorXd at(double p) const {
        const auto middle =
            std::lower_bound(order_.begin(), order_.end(), p, [&](std::uint32_t a, double v) { return score(a) < v; });
        auto low = static_cast<std::size_t>(middle - order_.begin()), high = low;  // [low, high) are near
        const auto below = [&] { return low > 0 ? p - score(order_[low - 1]) : infinity; };
        const auto above = [&] { return high < order_.size() ? score(order_[high]) - p : infinity; };
        double reach = 0;
        while (high - low < rows_) {
            reach = std::min(below(), above());
            if (below() < above()) --low;
            else ++high;
        }
        while (below() <= reach + tied) --low;
        while (above() <= reach + tied) ++high;
        const std::vector<Eigen::Index> near(order_.begin() + static_cast<std::ptrdiff_t>(low),
                                             order_.begin() + static_cast<std::ptrdiff_t>(high));
        const Eigen::MatrixXd X = model_.X(near, Eigen::all);
        const Eigen::VectorXd y = sample_.outcome(near);
        return (X.rowwise() - X.colwise().mean()).transpose() * (y.array() - y.mean()).matrix() /
               static_cast<double>(near.size() - 1);
    }

private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    static constexpr double tied = 1e-12;  ///< scores as near as that are equal but for rounding
    double score(std::uint32_t row) const { return model_.fitted[row]; }

    const Sample& sample_;
    const Logit& model_;
    std::size_t rows_;
    std::vector<std::uint32_t> order_;
};

/// Covariances by score: rows with equal scores share theirs.
Eigen::MatrixXd covariances(const Sample& sample, const Logit& model, bool arm, std::size_t rows) {
    const LocalCovariance local(sample, model, arm, rows);
    std::vector<Eigen::Index> order(sample.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Eigen::Index>(i);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return model.fitted[a] < model.fitted[b]; });
    Eigen::MatrixXd out(model.X.rows(), model.X.cols());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool same = i > 0 && model.fitted[order[i]] == model.fitted[order[i - 1]];
        if (same) out.row(order[i]) = out.row(order[i - 1]);
        else out.row(order[i]) = local.at(model.fitted[order[i]]);
    }
    return out;
}

}  // namespace

PropensityMatch propensity_matching(const Sample& sample, const Logit& model, const MatchingOptions& options,
                                    unsigned covariance_rows) {
    PropensityMatch out{matching(sample, model.fitted, {"propensity score"}, options), 0};
    if (static_cast<std::size_t>(model.X.rows()) != sample.size())
        throw EstimationError("The propensity score was fitted on other rows than the sample has.");
    const Eigen::MatrixXd one = covariances(sample, model, true, covariance_rows),
                          none = covariances(sample, model, false, covariance_rows);
    const bool all = options.estimand == Estimand::all;
    Eigen::VectorXd c = Eigen::VectorXd::Zero(model.X.cols()), slope = c;
    double aimed = 0, targets = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const double p = model.fitted[row], f = p * (1.0 - p), w = sample.weight(i);
        const double of_one = all ? 1.0 / p : 1.0, of_none = (all ? 1.0 : p) / (1.0 - p);
        c += w * f * (of_one * one.row(row) + of_none * none.row(row)).transpose();
        aimed += all || sample.treated[i] ? w : 0.0;  // of the whole sample: a caliper leaves out few
    }
    for (const Matched& m : out.matching.matched) {
        double mean = 0, weights = 0;
        for (const std::uint32_t match : m.matches) {
            mean += sample.weight(match) * sample.outcome[match];
            weights += sample.weight(match);
        }
        for (const std::uint32_t target : m.targets) {
            targets += sample.weight(target);
            const double effect = (sample.treated[target] ? 1.0 : -1.0) * (sample.outcome[target] - mean / weights);
            if (!all)
                slope += sample.weight(target) * (1.0 - model.fitted[target]) * (effect - out.matching.value) *
                         model.X.row(target).transpose();
        }
    }
    c /= aimed;
    slope /= targets;
    const double variance =
        std::pow(out.matching.error, 2) - c.dot(model.covariance * c) + slope.dot(model.covariance * slope);
    const bool trusted = variance > 0.5 * std::pow(out.matching.error, 2);
    out.corrected_error = trusted ? std::sqrt(variance) : not_available;
    return out;
}

}  // namespace hubs
