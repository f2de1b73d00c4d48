#pragma once
#include "analysis/estimator/balance.h"

namespace hubs {

/// One estimator's answer. A refusal has a message and no numbers.
struct Answer {
    std::string id;        ///< fixed word, as `regression`
    std::string name;      ///< in words
    std::string method;    ///< what was done
    std::string estimand;  ///< effect on whom: treated, all, controls; all alike: taken to be the same for all
    std::string errors{};  ///< kind of its error, as "HC3" or "by cluster (CR2)"
    std::string refusal{};
    std::vector<std::string> notes{};  ///< what its reader must know
    double value = not_available, error = not_available, low = not_available,
           high = not_available;  ///< benchmarks; 95 % interval
    double df = not_available;    ///< of a t interval; else normal
    double r_squared = not_available;
    double e_value = not_available, e_value_of_interval = not_available;  ///< hidden bias, see `e_value`
    std::size_t targets = 0, pairs = 0, dropped = 0;  ///< rows aimed at, pairs, rows outside the caliper
    std::vector<Balance> balance{};
    std::vector<Matched> matched{};  ///< if `keep_rows`
    Eigen::VectorXd weights{};       ///< of each row, if `keep_rows`; empty where rows have none

    bool refused() const { return !refusal.empty(); }
};

struct BatteryOptions {
    Estimand estimand = Estimand::treated;  ///< of matching and score estimators
    unsigned matches = 3;                   ///< of the multi-match propensity score
    double caliper = 0.2;                   ///< its caliper, in standard deviations of the score
    std::vector<std::pair<std::string, double>>
        calipers;                  ///< of any matching: covariate, widest difference in its units
    bool drop_separating = false;  ///< leave out of the score what tells the arms apart
    bool single = true;            ///< one nearest-neighbour estimate for each covariate
    bool with_balance = true;
    bool keep_rows = false;  ///< pairs and weights of rows
};

struct Battery {
    std::vector<Answer> answers;
    std::vector<Balance> raw;               ///< before any adjustment
    std::vector<std::string> left_out;      ///< covariates that could not be used, and why
    std::vector<std::string> warnings;      ///< of balance, overlap, rows and clusters
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
