#pragma once
#include "analysis/statistics/estimator/logit.h"

namespace hubs {

/// An effect, and what each row adds to its error: the error is the root of the sum of their squares, or, by cluster,
/// of the squares of their sums within clusters. Influences know that score and regressions were estimated (stacked
/// estimating equations: Stefanski and Boos 2002; Lunceford and Davidian 2004).
struct Weighted {
    double value = 0;
    Eigen::VectorXd influence;
};

/// Errors of such an effect, with the degrees of freedom of a t interval. Each counts n / (n - parameters), as a
/// regression's HC1; by cluster G / (G - 1) too, and G - 1 degrees of freedom. Throws EstimationError where there are
/// not two clusters on each side.
struct InfluenceError {
    double error, df;
};
InfluenceError error_of(const Weighted& effect, const Sample& sample, std::size_t parameters);

/// Weights of inverse-probability weighting, sampling weights included: for the effect on the treated 1 and p / (1 -
/// p), on all 1 / p and 1 / (1 - p), on controls (1 - p) / p and 1.
Eigen::VectorXd score_weights(const Sample& sample, const Eigen::VectorXd& propensity, Estimand estimand);
/// The same for the effect on the treated without sampling weights.
Eigen::VectorXd treated_weights(const Sample& sample, const Eigen::VectorXd& propensity);
/// Rows' worth of such weights in one arm: their sum squared over the sum of their squares (Kish).
double effective_rows(const Sample& sample, const Eigen::VectorXd& weights, bool arm);

/// Ratio-of-sums (Hajek) weighting; value only.
double weighted_effect(const Sample& sample, const Eigen::VectorXd& propensity, Estimand estimand);
/// One regression in each arm; the difference of predictions, averaged over the estimand's rows.
double regression_adjusted_effect(const Sample& sample, Estimand estimand);
/// Value of the doubly robust effect on the treated, all rows alike.
double doubly_robust_value(const Sample& sample, const Eigen::VectorXd& propensity);

/// Ratio-of-sums weighting with `model`'s score.
Weighted weighting(const Sample& sample, const Logit& model, Estimand estimand);
/// Augmented weighting: a regression on the sample's covariates in each arm, corrected by its weighted residuals.
/// Columns that are constant or follow from others within an arm are left out of its regression. The residuals' weights
/// are divided by the rows aimed at (as R's and Stata's augmented weighting), or by their own sum (as Callaway and
/// Sant'Anna 2021), which is steadier where few rows have large weights.
enum class Residuals : std::uint8_t { by_rows, by_weights };
Weighted doubly_robust(const Sample& sample, const Logit& model, Estimand estimand,
                       Residuals kind = Residuals::by_rows);

}  // namespace hubs
