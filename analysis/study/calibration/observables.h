#pragma once
#include "analysis/study/calibration/problem.h"
#include "analysis/study/evaluation/returns.h"

namespace hubs {

/// Whether `observe` of `group` is something `observed` computes.
bool can_observe(const std::string& observe, const std::string& group, const Framework& framework);

/// The targets as one simulated set of returns shows them: the first `count` of the problem.
/// Percentages where the published figure is one.
/// `returns` holds one entry for each of the problem's dates.
Eigen::VectorXd observed(const Study& study, const CalibrationProblem& problem, const std::vector<Returns>& returns, std::size_t count);

/// One run of the simulator at u: replicate `number` of the problem's seed. With `count` twice the
/// number of targets, the second half is what the targets would be had nothing changed since the
/// start (estimates: no number): a baseline for predictions.
Eigen::VectorXd simulate_targets(const Study& study, const CalibrationProblem& problem, const Eigen::VectorXd& u, std::uint32_t number, std::size_t count);

}  // namespace hubs
