#pragma once
#include "analysis/estimator/matching.h"

namespace hubs {

/// Logistic regression by Newton's method. Throws EstimationError when it does not converge
/// (complete separation: no overlap) or columns are collinear.
struct Logit {
    Eigen::VectorXd coefficients, errors;  ///< constant first
    Eigen::VectorXd fitted, linear;        ///< probability and log-odds of each row
    Eigen::MatrixXd covariance;            ///< of the coefficients
    double log_likelihood, null_log_likelihood;
};
Logit logit(const Eigen::MatrixXd& X, const std::vector<bool>& treated, const std::vector<std::string>& names);

/// Ratio-of-sums (Hajek) inverse-probability weighting.
double weighted_effect(const Sample& sample, const Eigen::VectorXd& propensity, Estimand estimand);
/// One regression in each arm; the difference of predictions, averaged over the estimand's rows.
double regression_adjusted_effect(const Sample& sample, Estimand estimand);
/// Doubly robust: the controls' regression corrected by its weighted residuals (effect on the treated).
struct DoublyRobust {
    double value, error;  ///< error from the influence function
};
DoublyRobust doubly_robust(const Sample& sample, const Eigen::VectorXd& propensity);
/// Weights of inverse-probability weighting for the effect on the treated: 1, or p / (1 - p).
Eigen::VectorXd treated_weights(const Sample& sample, const Eigen::VectorXd& propensity);

/// Matching on an estimated propensity score, with the error of Abadie and Imbens (2016),
/// which knows that the score was estimated. X as given to `logit`.
/// The correction rests on local covariances of covariates and outcome over `covariance_rows`
/// rows: 2 in the paper and Stata; more are steadier. Not available where it exceeds the variance.
struct PropensityMatch {
    MatchingEstimate matching;
    double corrected_error;
};
PropensityMatch propensity_matching(const Sample& sample, const Logit& model, const MatchingOptions& options, unsigned covariance_rows = 2);

}  // namespace hubs
