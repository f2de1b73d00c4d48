#pragma once
#include "analysis/estimator/matching.h"

namespace hubs {

/// How alike the arms are in one covariate. Differences are in standard deviations of the treated.
struct Balance {
    std::string covariate;
    double before, after;  ///< standardised mean difference, treated less controls
};
/// `weights`: of the rows after matching or weighting.
std::vector<Balance> balance(const Sample& sample, const Eigen::VectorXd& weights);
/// How often each row counts after matching.
Eigen::VectorXd weights_of(const std::vector<Matched>& matched, std::size_t rows);

/// Share of treated rows whose score lies inside the range of the controls' scores.
double overlap(const Sample& sample, const Eigen::VectorXd& propensity);

}  // namespace hubs
