#pragma once
#include <cstdint>

#include "analysis/estimator/sample.h"

namespace hubs {

/// How far apart two establishments are.
enum class Metric {
    mahalanobis,         ///< covariance of the full sample (R's Matching, Stata)
    mahalanobis_within,  ///< covariance pooled within the two arms (MatchIt)
    inverse_variance,    ///< each covariate over its standard deviation
};

/// The covariates so placed that squared Euclidean distance is the metric. Rows as in `X`.
/// Throws EstimationError for constant or collinear covariates.
Eigen::MatrixXd placed(const Eigen::MatrixXd& X, Metric metric, const std::vector<bool>& treated, const std::vector<std::string>& names);

/// All rows among `among` no farther from row `i` than the `most`-th nearest, ties within
/// `tolerance` of squared distance kept, in the order of `among`. Row `i` itself is left out.
/// `caliper`: rows whose difference in any raw covariate (of `X`) exceeds its entry are not
/// eligible; empty result if fewer than `most` are left.
struct Search {
    const Eigen::MatrixXd& place;
    double tolerance = 1e-5;
    const Eigen::MatrixXd* X = nullptr;  ///< raw covariates, for the caliper
    Eigen::VectorXd caliper{};           ///< widths in the units of X; empty: none
    bool first_only = false;             ///< of tied rows keep only the first ones, as MatchIt: the order of rows then matters

    std::vector<std::uint32_t> nearest(std::uint32_t i, const std::vector<std::uint32_t>& among, std::size_t most) const;
};

}  // namespace hubs
