#pragma once
#include "analysis/statistics/estimator/answer.h"

namespace hubs {

struct Battery {
    std::vector<Answer> answers;
    std::vector<Balance> raw;               ///< before any adjustment
    std::vector<std::string> left_out;      ///< covariates that could not be used, and why
    std::vector<std::string> warnings;      ///< of balance, overlap, rows and clusters
    bool separated = false;                 ///< columns tell the arms apart: `drop_separating` helps, or has helped
    Eigen::VectorXd score;                  ///< propensity score of each row; empty if none could be fitted
    Estimand estimand = Estimand::treated;  ///< as asked for
    double overlap = not_available;         ///< share of the rows aimed at inside the range of the other arm's scores
    std::size_t treated = 0, controls = 0, clusters = 0;
    const Answer* find(const std::string& id) const;
    /// The answer to put first: bias-adjusted matching, or where rows hang together the regression, whose error knows
    /// it.
    const Answer* first() const;
};

/// Every estimator on one sample: the published evaluation's own, and others beside them. `before` counts as a
/// covariate. Covariates that are constant or follow from others are left out and named. Regressions have HC3 errors,
/// or CR2 with Satterthwaite's degrees of freedom where the sample has clusters; errors of weighting and of the doubly
/// robust estimate are by cluster too, those of matching never.
Battery run_battery(const Sample& sample, const BatteryOptions& options = {});

/// "the treated", "all rows", "the controls".
std::string aimed_in_words(Estimand estimand);

/// Standardised difference: the effect over the pooled standard deviation of the outcome.
double effect_size(const Sample& sample, double effect);

/// How strongly something unmeasured would have to go with both treatment and outcome, as a risk ratio, to explain a
/// standardised difference `d` away (VanderWeele and Ding 2017, with exp(0.91 d) for the risk ratio).
double e_value(double d);

}  // namespace hubs
