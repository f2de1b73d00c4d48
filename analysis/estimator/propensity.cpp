#include "analysis/estimator/propensity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/estimator/least_squares.h"

namespace hubs {
namespace {

double log_likelihood(const Eigen::VectorXd& linear, const std::vector<bool>& treated) {
    double sum = 0;
    for (std::size_t i = 0; i < treated.size(); ++i) {
        const double eta = treated[i] ? linear[static_cast<Eigen::Index>(i)] : -linear[static_cast<Eigen::Index>(i)];
        sum -= eta > 0 ? std::log1p(std::exp(-eta)) : std::log1p(std::exp(eta)) - eta;
    }
    return sum;
}

Eigen::VectorXd probabilities(const Eigen::VectorXd& linear) { return (1.0 + (-linear.array()).exp()).inverse(); }

/// Predictions for all rows of the regression fitted in one arm.
Eigen::VectorXd predicted_by(const Sample& sample, bool arm) {
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample.treated[i] == arm) rows.push_back(static_cast<Eigen::Index>(i));
    const Eigen::MatrixXd X = sample.with_constant();
    std::vector<std::string> names{"(constant)"};
    names.insert(names.end(), sample.names.begin(), sample.names.end());
    const LeastSquares fit(X(rows, Eigen::all), sample.outcome(rows), names);
    return X * fit.coefficients();
}

}  // namespace

Logit logit(const Eigen::MatrixXd& covariates, const std::vector<bool>& treated, const std::vector<std::string>& names) {
    Eigen::MatrixXd X(covariates.rows(), covariates.cols() + 1);
    X << Eigen::VectorXd::Ones(covariates.rows()), covariates;
    Eigen::VectorXd y(X.rows());
    for (Eigen::Index i = 0; i < y.size(); ++i) y[i] = treated[static_cast<std::size_t>(i)] ? 1 : 0;
    std::vector<std::string> columns{"(constant)"};
    columns.insert(columns.end(), names.begin(), names.end());
    LeastSquares(X, y, columns);  // names a collinear column
    Logit out;
    out.coefficients = Eigen::VectorXd::Zero(X.cols());
    double before = -1e300;
    for (int round = 0;; ++round) {
        out.linear = X * out.coefficients;
        out.fitted = probabilities(out.linear);
        out.log_likelihood = log_likelihood(out.linear, treated);
        const Eigen::VectorXd w = out.fitted.array() * (1.0 - out.fitted.array());
        const Eigen::LDLT<Eigen::MatrixXd> information(X.transpose() * w.asDiagonal() * X);
        if (round >= 50 || w.maxCoeff() < 1e-8 || out.linear.cwiseAbs().maxCoeff() > 30)
            throw EstimationError("No overlap: some covariates tell treated and control rows apart completely, so a propensity score cannot be fitted.");
        out.covariance = information.solve(Eigen::MatrixXd::Identity(X.cols(), X.cols()));
        if (std::fabs(out.log_likelihood - before) < 1e-13 * (std::fabs(before) + 0.1)) break;
        before = out.log_likelihood;
        out.coefficients += information.solve(X.transpose() * (y - out.fitted));
    }
    out.errors = out.covariance.diagonal().cwiseSqrt();
    const double share = y.mean(), n = static_cast<double>(y.size());
    out.null_log_likelihood = n * (share * std::log(share) + (1 - share) * std::log(1 - share));
    return out;
}

Eigen::VectorXd treated_weights(const Sample& sample, const Eigen::VectorXd& p) {
    Eigen::VectorXd w(p.size());
    for (Eigen::Index i = 0; i < p.size(); ++i) w[i] = sample.treated[static_cast<std::size_t>(i)] ? 1.0 : p[i] / (1.0 - p[i]);
    return w;
}

double weighted_effect(const Sample& sample, const Eigen::VectorXd& p, Estimand estimand) {
    double sum[2]{}, weights[2]{};
    for (Eigen::Index i = 0; i < p.size(); ++i) {
        const bool t = sample.treated[static_cast<std::size_t>(i)];
        const double own = t ? p[i] : 1.0 - p[i];
        const double w = estimand == Estimand::all ? 1.0 / own : (estimand == Estimand::treated ? p[i] : 1.0 - p[i]) / own;
        sum[t] += w * sample.outcome[i];
        weights[t] += w;
    }
    return sum[1] / weights[1] - sum[0] / weights[0];
}

double regression_adjusted_effect(const Sample& sample, Estimand estimand) {
    const Eigen::VectorXd difference = predicted_by(sample, true) - predicted_by(sample, false);
    double sum = 0, n = 0;
    for (Eigen::Index i = 0; i < difference.size(); ++i) {
        const bool t = sample.treated[static_cast<std::size_t>(i)];
        if (estimand != Estimand::all && t != (estimand == Estimand::treated)) continue;
        sum += difference[i];
        ++n;
    }
    return sum / n;
}

DoublyRobust doubly_robust(const Sample& sample, const Eigen::VectorXd& p) {
    const Eigen::VectorXd left = sample.outcome - predicted_by(sample, false);
    const auto n = static_cast<double>(sample.treated_count());
    const auto term = [&](Eigen::Index i) { return sample.treated[static_cast<std::size_t>(i)] ? left[i] : -p[i] / (1.0 - p[i]) * left[i]; };
    DoublyRobust out{0, 0};
    for (Eigen::Index i = 0; i < p.size(); ++i) out.value += term(i) / n;
    for (Eigen::Index i = 0; i < p.size(); ++i) {
        const double influence = (term(i) - (sample.treated[static_cast<std::size_t>(i)] ? out.value : 0.0)) / n;
        out.error += influence * influence;
    }
    out.error = std::sqrt(out.error);
    return out;
}

namespace {

/// Covariance of X and the outcome over the rows of one arm nearest in p (own row included).
class LocalCovariance {
public:
    LocalCovariance(const Sample& sample, const Eigen::MatrixXd& X, const Eigen::VectorXd& p, bool arm, unsigned rows)
        : sample_(sample), X_(X), p_(p), rows_(rows) {
        for (std::uint32_t i = 0; i < sample.size(); ++i)
            if (sample.treated[i] == arm) order_.push_back(i);
        std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return p[a] < p[b]; });
        rows_ = std::min(rows_, static_cast<unsigned>(order_.size()));
    }
    Eigen::VectorXd at(double p) const {
        const auto middle = std::lower_bound(order_.begin(), order_.end(), p, [&](std::uint32_t a, double v) { return p_[a] < v; });
        auto low = static_cast<std::ptrdiff_t>(middle - order_.begin()) - 1, high = low + 1;
        std::vector<Eigen::Index> near;
        while (near.size() < rows_) {
            const bool down = high >= static_cast<std::ptrdiff_t>(order_.size()) ||
                              (low >= 0 && p - p_[order_[static_cast<std::size_t>(low)]] < p_[order_[static_cast<std::size_t>(high)]] - p);
            near.push_back(order_[static_cast<std::size_t>(down ? low-- : high++)]);
        }
        const Eigen::MatrixXd X = X_(near, Eigen::all);
        const Eigen::VectorXd y = sample_.outcome(near);
        return (X.rowwise() - X.colwise().mean()).transpose() * (y.array() - y.mean()).matrix() / static_cast<double>(near.size() - 1);
    }

private:
    const Sample& sample_;
    const Eigen::MatrixXd& X_;
    const Eigen::VectorXd& p_;
    unsigned rows_;
    std::vector<std::uint32_t> order_;
};

}  // namespace

PropensityMatch propensity_matching(const Sample& sample, const Logit& model, const MatchingOptions& options, unsigned covariance_rows) {
    const Eigen::MatrixXd score = model.fitted;
    PropensityMatch out{matching(sample, score, {"propensity score"}, options), 0};
    const Eigen::MatrixXd X = sample.with_constant();
    if (X.cols() != model.covariance.rows()) throw EstimationError("The propensity score was fitted on other covariates than the sample has.");
    const LocalCovariance treated(sample, X, model.fitted, true, covariance_rows), controls(sample, X, model.fitted, false, covariance_rows);
    std::vector<double> effect(sample.size(), 0.0);
    std::vector<bool> matched(sample.size(), false);
    for (const Matched& m : out.matching.matched) {
        double mean = 0;
        for (const std::uint32_t match : m.matches) mean += sample.outcome[match] / static_cast<double>(m.matches.size());
        for (const std::uint32_t target : m.targets) {
            matched[target] = true;
            effect[target] = (sample.treated[target] ? 1.0 : -1.0) * (sample.outcome[target] - mean);
        }
    }
    const bool all = options.estimand == Estimand::all;
    Eigen::VectorXd c = Eigen::VectorXd::Zero(X.cols()), slope = c;
    double targets = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double p = model.fitted[static_cast<Eigen::Index>(i)], f = p * (1.0 - p);
        const Eigen::VectorXd one = treated.at(p), none = controls.at(p);
        c += all ? Eigen::VectorXd(f * (one / p + none / (1.0 - p))) : Eigen::VectorXd(f * (one + p / (1.0 - p) * none));
        targets += all || sample.treated[i] ? 1.0 : 0.0;  // of the whole sample: a caliper leaves out few
        if (!all && matched[i]) slope += X.row(static_cast<Eigen::Index>(i)).transpose() * ((1.0 - p) * (effect[i] - out.matching.value));
    }
    c /= targets;
    slope /= static_cast<double>(out.matching.targets);
    const double variance = std::pow(out.matching.error, 2) - c.dot(model.covariance * c) + slope.dot(model.covariance * slope);
    out.corrected_error = variance > 0 ? std::sqrt(variance) : not_available;
    return out;
}

}  // namespace hubs
