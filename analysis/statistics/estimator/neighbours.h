#pragma once
#include <cstdint>

#include "analysis/statistics/estimator/sample.h"

namespace hubs {

/// How far apart two establishments are.
enum class Metric {
    mahalanobis,         ///< covariance of the full sample (R's Matching, Stata)
    mahalanobis_within,  ///< covariance pooled within the two arms (MatchIt)
    inverse_variance,    ///< each covariate over its standard deviation
};

/// The covariates so placed that squared Euclidean distance is the metric. Rows as in `X`.
/// Throws EstimationError for constant or collinear covariates.
Eigen::MatrixXd placed(const Eigen::MatrixXd& X, Metric metric, const std::vector<bool>& treated,
                       const std::vector<std::string>& names);

/// What rows must have in common to be matched at all.
struct MatchLimits {
    Eigen::MatrixXd values;  ///< rows of the sample by what is limited; may have no columns
    Eigen::VectorXd widest;  ///< difference allowed in each, in its units
};

/// What may be found, and what counts as tied.
struct SearchRules {
    double tolerance = 1e-5;  ///< of squared distance: rows as near as that beyond the last one are tied with it
    bool first_only = false;  ///< of tied rows keep only the first ones, as MatchIt: the order of rows then matters
    const MatchLimits* limits = nullptr;
    const std::vector<std::uint32_t>* cells = nullptr;  ///< of each row; only rows of one cell are matched
};

/// Rows of one arm, in the order of their first coordinate, so that a search looks only near by.
class Search {
public:
    /// `place`: all rows, placed. What `rules` point to must outlive the search.
    Search(const Eigen::MatrixXd& place, const std::vector<std::uint32_t>& among, SearchRules rules);

    /// All rows no farther from where row `i` is than the `most`-th nearest, and those tied with it,
    /// in rising order; `i` itself among them if it is of this arm. Empty if limits leave fewer than `most`.
    std::vector<std::uint32_t> nearest(std::uint32_t i, std::size_t most) const;

private:
    struct Near {
        double distance;
        std::uint32_t row;
    };
    /// Candidates by the place of their first coordinate, from the nearest outwards.
    template <class Visit>
    void outwards(double from, Visit&& visit) const;
    bool eligible(std::uint32_t i, std::uint32_t j) const;
    std::vector<std::uint32_t> within(std::vector<Near> found, double reach, std::size_t closer,
                                      std::size_t most) const;

    SearchRules rules_;
    Eigen::MatrixXd place_;            ///< a column a row of all
    std::vector<std::uint32_t> rows_;  ///< by first coordinate
    std::vector<double> first_;        ///< their first coordinates
};

}  // namespace hubs
