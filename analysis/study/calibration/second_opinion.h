#pragma once
#include "analysis/study/calibration/calibration.h"

namespace hubs {

/// The middle of the draws and what holds 90 % of them, in the parameter's own unit.
struct DrawsRange {
    double median, low, high;
};

/// One parameter by three methods.
struct SecondOpinionRow {
    std::string path;
    DrawsRange posterior;            ///< as shipped: emulated likelihood, checked by real runs
    DrawsRange monte_carlo;          ///< approximate Bayesian computation, without an emulator
    DrawsRange without_discrepancy;  ///< emulated likelihood, no discrepancy declared; rounding and shifts stay
    double apart = 0;  ///< the first two medians, in standard deviations of the wider, on the prior's scale
    bool agrees() const { return apart <= 0.5; }
};

struct SecondOpinion {
    std::vector<SecondOpinionRow> rows;
    std::size_t runs = 0;
    unsigned generations = 0;
    double acceptance = 0, effective = 0;  ///< Particles
    /// Too few draws to speak for or against another method: weights have gathered on a few of them.
    bool says_nothing() const { return effective < fewest_effective; }
    static constexpr double fewest_effective = 50;
};

inline constexpr unsigned second_opinion_generations =
    12;  ///< at most, of 1,000 runs each, or a quarter of a wave if that is less

/// Asks two other methods about a calibration's draws; begins with the runs of its first wave. New runs
/// are kept in `folder`. Throws Interrupted; std::invalid_argument where runs are too few for the method.
SecondOpinion second_opinion(const Study& study, const CalibrationFolder& folder, const CalibrateOptions& options,
                             const Calibration& calibration);

}  // namespace hubs
