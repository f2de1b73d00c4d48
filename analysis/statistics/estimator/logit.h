#pragma once
#include "analysis/statistics/estimator/sample.h"

namespace hubs {

/// Some columns tell the arms apart, so that no propensity score can be fitted with them.
struct Separation : EstimationError {
    Separation(const std::string& what, std::vector<Eigen::Index> which, bool only_together)
        : EstimationError(what), columns(std::move(which)), together(only_together) {}
    std::vector<Eigen::Index> columns;  ///< that do it; may be empty
    bool together;                      ///< none does it alone: without any one of them it can be fitted
};

/// Logistic regression by Newton's method, constant first.
struct Logit {
    Eigen::MatrixXd X;  ///< rows by coefficients: ones, then the covariates
    Eigen::VectorXd coefficients, errors;
    Eigen::VectorXd fitted, linear;  ///< probability and log-odds of each row
    Eigen::MatrixXd covariance;      ///< of the coefficients: the inverse of the information
    double log_likelihood, null_log_likelihood;
};

/// `X`: rows by covariates; `weights`: of the rows, or none. Throws Separation where some columns tell the arms apart,
/// and EstimationError where columns are collinear.
Logit logit(const Eigen::MatrixXd& X, const std::vector<bool>& treated, const std::vector<std::string>& names,
            const Eigen::VectorXd* weights = nullptr);

}  // namespace hubs
