#pragma once
#include "analysis/base/table.h"
#include "sim/run/study.h"

namespace hubs {

/// What the shipped calibration was made with beside what this run has, by aspect: parameters, processes,
/// framework, population and years, and whether they agree. "Calibrated" is a property of a run.
Table calibration_basis_table(const Study& study);

/// That table in one sentence: calibrated; an exploration, and what differs; or not calibrated.
std::string calibration_sentence(const Table& basis);
/// Whether parameters are drawn from a calibration at all, and whether everything else agrees too.
bool is_calibrated(const Table& basis);

}  // namespace hubs
