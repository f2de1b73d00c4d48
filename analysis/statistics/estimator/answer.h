#pragma once
#include "analysis/statistics/estimator/balance.h"

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

}  // namespace hubs
