#pragma once
#include "analysis/study/calibration/calibration.h"
#include "analysis/study/sweep/share.h"

namespace hubs {

/// Simulation-based calibration (Talts et al. 2018) of the whole pipeline on the real model: truths
/// from the prior, targets simulated at them with the pipeline's own errors and shifts, each
/// calibrated with the shared first wave and a wave of its own.
struct SelfTestOptions {
    unsigned count = 200;     ///< truths
    Share share;              ///< the truths this machine does
    unsigned own_runs = 512;  ///< of each truth's own wave
    WaveOptions runs;
    std::function<void(const std::string& stage, std::size_t total)> stage;
};

struct SelfTestRow {
    std::string what;  ///< a parameter's path, or a quantity worked out from all of them
    double coverage_50, coverage_90, coverage_95;
    double recovery;    ///< R-squared of the posterior mean on the truth
    double width;       ///< mean width of the 90 % interval, of the prior's
    double uniformity;  ///< Kolmogorov p-value of the ranks, Holm-corrected over rows
};

struct SelfTest {
    std::size_t finished = 0;  ///< truths found in the folder or run now
    std::vector<SelfTestRow> rows;
};

/// Truths finished in the folder, by any machine, count too. Throws Interrupted.
SelfTest self_test(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const SelfTestOptions& options);

}  // namespace hubs
