#pragma once
#include <functional>

#include "analysis/estimator/balance.h"

namespace hubs {

/// One estimator's answer. A refusal has a message and no numbers.
struct Answer {
    std::string id;      ///< fixed word, as `regression`
    std::string name;    ///< in words
    std::string method;  ///< what was done, and whose error it is
    std::string refusal;
    double value = not_available, error = not_available, low = not_available, high = not_available;  ///< benchmarks; 95 % interval
    double df = not_available;                                                                       ///< of a t interval; else normal
    double r_squared = not_available;
    std::size_t targets = 0, pairs = 0, dropped = 0;  ///< treated rows used, pairs, rows outside the caliper
    std::vector<Balance> balance;

    bool refused() const { return !refusal.empty(); }
};

struct BatteryOptions {
    unsigned matches = 3;  ///< of the multi-match propensity score
    double caliper = 0.2;  ///< its caliper, in standard deviations of the score
    bool single = true;    ///< one nearest-neighbour estimate for each covariate
    bool with_balance = true;
};

struct Battery {
    std::vector<Answer> answers;
    std::vector<Balance> raw;        ///< before any adjustment
    double overlap = not_available;  ///< share of the treated inside the range of the controls' scores
    std::size_t treated = 0, controls = 0, clusters = 0;
    const Answer* find(const std::string& id) const;
};

/// Every estimator on one sample: the published evaluation's own, and others beside them.
/// Where the sample has clusters, regressions have CR2 errors with Satterthwaite's degrees
/// of freedom; published errors ignore clusters. `before` counts as a covariate.
Battery run_battery(const Sample& sample, const BatteryOptions& options = {});

/// Standardised difference: the effect over the pooled standard deviation of the outcome.
double effect_size(const Sample& sample, double effect);

}  // namespace hubs
