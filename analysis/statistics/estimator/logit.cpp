#include "analysis/statistics/estimator/logit.h"

#include <cmath>
#include <optional>

#include "analysis/statistics/estimator/columns.h"
#include "analysis/statistics/estimator/least_squares.h"

namespace hubs {
namespace {

const char* const no_score = ", so no propensity score can be fitted with that; leave it out.";

double log_likelihood(const Eigen::VectorXd& linear, const Eigen::VectorXd& y, const Eigen::VectorXd& weights) {
    double sum = 0;
    for (Eigen::Index i = 0; i < y.size(); ++i) {
        const double eta = y[i] > 0 ? linear[i] : -linear[i];
        sum -= weights[i] * (eta > 0 ? std::log1p(std::exp(-eta)) : std::log1p(std::exp(eta)) - eta);
    }
    return sum;
}

/// Whether some direction of the covariates tells nothing any more: there the arms are apart, and the likelihood rises
/// for ever. Compares the information with what rows of even chances would have.
bool runs_away(const Eigen::MatrixXd& information, const Eigen::MatrixXd& X, const Eigen::VectorXd& weights) {
    const Eigen::MatrixXd most = 0.25 * X.transpose() * weights.asDiagonal() * X;
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> parts(information, most, Eigen::EigenvaluesOnly);
    return !(parts.eigenvalues().minCoeff() > 1e-8);
}

/// Newton's method, with shorter steps where one goes too far; nothing where the likelihood has no highest point.
std::optional<Logit> fit(const Eigen::MatrixXd& X, const Eigen::VectorXd& y, const Eigen::VectorXd& weights) {
    constexpr int most_rounds = 100;
    constexpr double most_linear = 500;  // beyond, chances cannot be told from 0 and 1
    Logit out;
    out.coefficients = Eigen::VectorXd::Zero(X.cols());
    Eigen::VectorXd step = out.coefficients;
    double before = -1e300;
    for (int round = 0; round < most_rounds; ++round) {
        out.linear = X * out.coefficients;
        out.log_likelihood = log_likelihood(out.linear, y, weights);
        for (int half = 0; half < 30 && !(out.log_likelihood >= before - 1e-9 * (std::fabs(before) + 0.1)); ++half) {
            step *= 0.5;
            out.coefficients -= step;
            out.linear = X * out.coefficients;
            out.log_likelihood = log_likelihood(out.linear, y, weights);
        }
        if (!(out.linear.cwiseAbs().maxCoeff() <= most_linear)) return std::nullopt;
        out.fitted = (1.0 + (-out.linear.array()).exp()).inverse();
        const Eigen::VectorXd w = out.fitted.array() * (1.0 - out.fitted.array());
        const Eigen::MatrixXd information = X.transpose() * w.cwiseProduct(weights).asDiagonal() * X;
        const Eigen::LDLT<Eigen::MatrixXd> solver(information);
        if (w.maxCoeff() < 1e-8) return std::nullopt;
        if (std::fabs(out.log_likelihood - before) < 1e-13 * (std::fabs(before) + 0.1)) {
            if (runs_away(information, X, weights)) return std::nullopt;
            out.covariance = solver.solve(Eigen::MatrixXd::Identity(X.cols(), X.cols()));
            out.errors = out.covariance.diagonal().cwiseSqrt();
            const double all = weights.sum(), share = weights.dot(y) / all;
            out.null_log_likelihood = all * (share * std::log(share) + (1 - share) * std::log(1 - share));
            return out;
        }
        before = out.log_likelihood;
        step = solver.solve(X.transpose() * weights.cwiseProduct(y - out.fitted));
        out.coefficients += step;
    }
    return std::nullopt;
}

/// Columns that tell the arms apart alone: no treated row below any control, or none above.
std::vector<Eigen::Index> separating_alone(const Eigen::MatrixXd& X, const std::vector<bool>& treated) {
    std::vector<Eigen::Index> out;
    for (Eigen::Index k = 0; k < X.cols(); ++k) {
        double low[2] = {1e300, 1e300}, high[2] = {-1e300, -1e300};
        for (Eigen::Index i = 0; i < X.rows(); ++i) {
            const bool arm = treated[static_cast<std::size_t>(i)];
            low[arm] = std::min(low[arm], X(i, k));
            high[arm] = std::max(high[arm], X(i, k));
        }
        if (low[1] >= high[0] || low[0] >= high[1]) out.push_back(k);
    }
    return out;
}

/// Together columns may tell apart what none does alone: those without any of which the fit has an answer.
std::vector<Eigen::Index> separating_together(const Eigen::MatrixXd& X, const Eigen::VectorXd& y,
                                              const Eigen::VectorXd& weights) {
    std::vector<Eigen::Index> out;
    for (Eigen::Index k = 1; k < X.cols(); ++k) {
        Eigen::MatrixXd fewer(X.rows(), X.cols() - 1);
        fewer << X.leftCols(k), X.rightCols(X.cols() - k - 1);
        if (fit(fewer, y, weights)) out.push_back(k - 1);
    }
    return out;
}

}  // namespace

Logit logit(const Eigen::MatrixXd& covariates, const std::vector<bool>& treated, const std::vector<std::string>& names,
            const Eigen::VectorXd* given) {
    Eigen::MatrixXd X(covariates.rows(), covariates.cols() + 1);
    X << Eigen::VectorXd::Ones(covariates.rows()), covariates;
    Eigen::VectorXd y(X.rows());
    for (Eigen::Index i = 0; i < y.size(); ++i) y[i] = treated[static_cast<std::size_t>(i)] ? 1 : 0;
    std::vector<std::string> columns{"(constant)"};
    columns.insert(columns.end(), names.begin(), names.end());
    LeastSquares(X, y, columns);  // names a collinear column
    if (const auto apart = separating_alone(covariates, treated); !apart.empty())
        throw Separation("No overlap: " + quoted_list(apart, names) +
                             (apart.size() == 1 ? " alone tells" : " each tell") + " treated and control rows apart" +
                             no_score,
                         apart, false);
    const Eigen::VectorXd weights = given != nullptr ? *given : Eigen::VectorXd::Ones(y.size());
    if (auto out = fit(X, y, weights)) {
        out->X = std::move(X);
        return std::move(*out);
    }
    const auto together = separating_together(X, y, weights);
    if (together.empty())
        throw Separation(
            "No overlap: several columns together tell treated and control rows apart, and leaving out any "
            "one of them does not help, so no propensity score can be fitted; use fewer covariates.",
            {}, true);
    throw Separation("No overlap: with the others, " + quoted_list(together, names) +
                         (together.size() == 1 ? " tells" : " tell") + " treated and control rows apart" + no_score,
                     together, true);
}

}  // namespace hubs
