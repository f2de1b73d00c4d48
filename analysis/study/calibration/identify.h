#pragma once
#include "analysis/study/calibration/calibration.h"

namespace hubs {

/// Predictions of every target, fitted and held out, from the check's runs (draws by replicates).
std::vector<FitRow> fit_of(const Calibration& c, const Emulator& emulator, const Eigen::MatrixXd& real, const Eigen::VectorXd& shifts);

/// Fills the table of parameters, the information in the targets and the weakest directions.
void identify(Calibration& c, const Emulator& emulator, const Draws& draws);

}  // namespace hubs
