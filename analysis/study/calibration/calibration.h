#pragma once
#include "analysis/study/calibration/chains.h"
#include <optional>

#include "analysis/study/calibration/posterior.h"
#include "analysis/study/calibration/waves.h"

namespace hubs {

/// Nothing the model can do comes near the targets: the ones that conflict are named.
struct EmptyRegion : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One target beside what the calibrated model predicts.
struct FitRow {
    const CalibrationTarget* target;
    double mean, low_95, low_90, high_90, high_95;  ///< of a new run, discrepancy and rounding included
    double noise = 0;                               ///< standard deviation of one run
    double emulator = 0;                            ///< standard deviation of the emulator's mean
    double shift = 0;                               ///< posterior mean of the target's shift, in standard deviations; fitted ones only
    double distance = 0;                            ///< (mean - published) in predictive standard deviations
    bool inside_95 = false, inside_90 = false;
    double crps = 0;            ///< continuous ranked probability score of the prediction
    double crps_no_change = 0;  ///< of "as at the start"; the absolute error of a point
    double crps_uniform = 0;    ///< of the published uplift given to every group and benchmark alike
    double scale = 1;           ///< by which scores are divided before they are averaged
};

/// What the targets tell about one parameter.
struct IdentifiedRow {
    std::string path;
    double mean, low, high;       ///< posterior, 95 %, in its own unit
    double contraction, overlap;  ///< 1 - variance over the prior's; shared area of prior and posterior
    double r_hat, bulk_ess, tail_ess;
    std::string with;  ///< the parameter it is most correlated with
    double correlation = 0;
    bool identified() const { return contraction >= 0.2; }
};

struct WaveRecord {
    std::size_t runs = 0, failed = 0;
    double plausible = 0;             ///< share of design-like points that are not implausible
    double emulator_r2 = 0;           ///< lowest over targets
    double worst_emulator_share = 0;  ///< largest share of the emulator in a target's variance
};

struct Calibration {
    CalibrationProblem problem;
    std::vector<WaveRecord> waves;
    Eigen::MatrixXd u;        ///< posterior draws
    Eigen::VectorXd weights;  ///< sum to one
    double pareto_k = 0;
    bool weighted = false;  ///< false: k was too large, all weights equal
    std::vector<FitRow> fit;
    std::vector<IdentifiedRow> identified;
    Eigen::VectorXd information;       ///< eigenvalues of J'V^-1J on the prior's scale, falling
    std::vector<std::string> weak;     ///< the two weakest directions, in words
    std::optional<Emulator> emulator;  ///< of the last wave
    Eigen::VectorXd y;                 ///< what was fitted
};

struct CalibrateOptions {
    WaveOptions runs;
    std::function<void(const std::string& stage, std::size_t total)> stage;  ///< a stage begins, with so many runs to do
};

/// History matching in waves, then the robust emulated synthetic likelihood, then a check by
/// real runs. Runs are kept in `folder`. Throws EmptyRegion, Interrupted.
Calibration calibrate(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const CalibrateOptions& options);

/// The draws as a file: one row a draw, its weight, then parameters in their own units.
std::string posterior_text(const Calibration& c);

}  // namespace hubs
