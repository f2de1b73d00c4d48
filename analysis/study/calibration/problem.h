#pragma once
#include <Eigen/Dense>
#include <string>
#include <vector>

#include "sim/run/study.h"

namespace hubs {

/// A parameter to calibrate and its prior. Everything works on u in (0, 1), the prior's own scale.
struct CalibratedParameter {
    std::string path;
    double low = 0, high = 1;
    bool logarithmic = false;  ///< uniform in the logarithm
    double value(double u) const;
    double place(double value) const;  ///< the inverse of `value`
};

/// A published figure and how the simulator shows it.
struct CalibrationTarget {
    std::string id;  ///< in the targets file; with a part, "W003/1"
    std::string quantity, group_named, unit;
    std::string observe;  ///< mean, gain, sd, over_half, share_b1 …, item_1.07, item_gain_1.07, regression …: docs/calibration.md
    std::string group;    ///< hub, network, none, all, hub_schools, in_hubs …
    unsigned months = 0;  ///< after the first wave; the problem's own unless the target gives its date
    double value = 0, published_error = 0;
    double rounding = 0;     ///< half width of the published rounding: variance rounding^2 / 3
    double discrepancy = 0;  ///< standard deviation of what the model cannot be asked to show
    bool held_out = false;   ///< printed, never fitted
    bool later = false;      ///< held out because it was published after the last that is fitted: origin.h
    bool in_start = false;   ///< held out, but the start's items were set by it: a weaker test
    bool at_least = false;   ///< published as a lower bound

    const char* use() const { return !held_out ? "fitted" : later ? "published later" : in_start ? "partly held out" : "held out"; }
    double own_variance() const { return rounding * rounding / 3.0 + discrepancy * discrepancy; }
};

/// What a calibration is told: docs/calibration.md.
struct CalibrationProblem {
    std::string plan;
    unsigned months = 11;
    std::uint64_t seed = 1;
    unsigned wave_runs = 4096, waves = 3, draws = 500, check_replicates = 16;
    std::vector<CalibratedParameter> parameters;
    std::vector<CalibrationTarget> targets;  ///< those to fit, then those held out
    std::size_t fitted = 0;                  ///< how many are fitted

    /// Months after the first wave at which a run is read, rising.
    std::vector<unsigned> dates() const;
    std::size_t dimensions() const { return parameters.size(); }
};

struct CalibrationRead {
    CalibrationProblem problem;
    std::string report;  ///< of everything wrong; empty if nothing is
};

/// Reads and checks a calibration file against a study and a targets file. Unknown parameters,
/// priors outside a parameter's range, unknown targets, targets marked for another use or
/// without a standard error are problems.
CalibrationRead read_calibration(const std::string& file, const std::string& text, const std::string& targets_file, const std::string& targets_text,
                                 Study& study);

/// The first month in which somebody joins under the plan; 0 if nobody does.
unsigned first_wave_of(const Study& study, const std::string& plan);

/// The scenario with parameters set at u.
Scenario scenario_at(const Study& study, const CalibrationProblem& problem, const Eigen::VectorXd& u);

}  // namespace hubs
