#pragma once
#include "analysis/calibration/posterior.h"
#include "analysis/calibration/waves.h"

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
    DrawsRange without_discrepancy;  ///< emulated likelihood, as if the model could show every figure exactly
    double apart = 0;                ///< the first two medians, in standard deviations of the wider, on the prior's scale
    bool agrees() const { return apart <= 0.5; }
};

struct SecondOpinion {
    std::vector<SecondOpinionRow> rows;  ///< empty: not asked for
    std::size_t runs = 0;
    unsigned generations = 0;
    double acceptance = 0;  ///< of the last generation
};

inline constexpr unsigned second_opinion_generations = 12;  ///< at most, of 1,000 runs each

/// Asks two other methods about a posterior's draws `u` with `weights`; begins with the runs of the
/// first wave. New runs are kept in `folder`. Throws Interrupted.
SecondOpinion second_opinion(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const WaveOptions& options,
                             const Emulator& emulator, const Eigen::VectorXd& y, const Eigen::MatrixXd& u, const Eigen::VectorXd& weights);

}  // namespace hubs
