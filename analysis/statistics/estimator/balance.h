#pragma once
#include "analysis/statistics/estimator/matching.h"

namespace hubs {

/// How alike the arms are in one covariate. Differences are in standard deviations of the treated.
struct Balance {
    std::string covariate;
    double before, after;  ///< standardised mean difference, treated less controls
};
/// Standard deviations of the treated, or of all where those are all alike. `weights`: of the rows after matching or
/// weighting.
std::vector<Balance> balance(const Sample& sample, const Eigen::VectorXd& weights);
/// How much each row counts after matching.
Eigen::VectorXd weights_of(const std::vector<Matched>& matched, const Sample& sample);

/// Share of the rows aimed at whose score lies inside the range of the other arm's scores.
double overlap(const Sample& sample, const Eigen::VectorXd& propensity, Estimand estimand);

/// Standard deviation of a column within one arm, or pooled within both, by sampling weights.
double deviation_within(const Sample& sample, const Eigen::VectorXd& column, std::initializer_list<bool> arms);

}  // namespace hubs
