#pragma once
#include "analysis/statistics/estimator/columns.h"
#include "analysis/statistics/estimator/neighbours.h"

namespace hubs {

struct MatchingOptions {
    Estimand estimand = Estimand::treated;
    unsigned matches = 1;  ///< M, each tied match kept
    Metric metric = Metric::mahalanobis;
    bool bias_adjusted = false;     ///< by a regression within the matched arm
    unsigned variance_matches = 0;  ///< J of the conditional variance; 0: one variance for all
    bool population_error = true;   ///< of the population's effect; else of this sample's
    double caliper = 0;             ///< in standard deviations of each covariate; 0: none
    MatchLimits limits{};           ///< in addition, in units of what is limited
    bool first_of_ties = false;     ///< as MatchIt; for comparison only
    double tolerance = 1e-5;        ///< squared distance within which matches are tied (R's Matching)
};

/// Targets that stand in one place, and the rows of the other arm that each of them is matched
/// to, every one with weight 1 / matches.size() (in proportion to its sampling weight, if there are any). Kept by
/// place, since where covariates are few or whole numbers, pairs would be as many as the square of the rows.
struct Matched {
    std::vector<std::uint32_t> targets, matches;  ///< rows, rising
    std::size_t pairs() const { return targets.size() * matches.size(); }
};

struct MatchingEstimate {
    double value, error;           ///< effect, and its Abadie-Imbens (2006, 2011) standard error
    double unadjusted;             ///< without bias adjustment
    double paired_error;           ///< as if pairs were independent
    std::size_t targets = 0;       ///< rows with matches
    std::size_t dropped = 0;       ///< rows without enough matches inside the caliper, the limits and their cell
    Columns unadjusted_for[2];     ///< columns of X that bias adjustment could not use among matched controls, treated
    std::vector<Matched> matched;  ///< by first target
    std::size_t pairs() const;
};

/// Nearest-neighbour matching with replacement on `X` (rows of the sample by covariates; the
/// propensity score is one), all ties kept, so that the order of rows does not matter.
/// Sampling weights count targets, and share a target's weight among its tied matches. Rows are matched within their
/// cell only, where the sample has cells. Throws EstimationError for too few rows in an arm or inside the caliper, or
/// collinear covariates.
MatchingEstimate matching(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names,
                          const MatchingOptions& options);

}  // namespace hubs
