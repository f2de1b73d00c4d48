#pragma once
#include "analysis/statistics/estimator/logit.h"
#include "analysis/statistics/estimator/matching.h"

namespace hubs {

/// Matching on an estimated propensity score, with the error of Abadie and Imbens (2016), which knows that the score
/// was estimated. The correction rests on local covariances of covariates and outcome over `covariance_rows` rows and
/// those tied with them: 2 in the paper and Stata; more are steadier. Not available where it takes more than half of
/// the variance: then it rests on too few rows to be trusted.
struct PropensityMatch {
    MatchingEstimate matching;
    double corrected_error;
};
PropensityMatch propensity_matching(const Sample& sample, const Logit& model, const MatchingOptions& options,
                                    unsigned covariance_rows = 2);

}  // namespace hubs
