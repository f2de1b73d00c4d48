#pragma once
#include "analysis/base/table.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// The spread of each plan's difference from the reference, apart for luck and for parameters:
/// replicates come in pairs that share a draw of parameters. `replicates`: the table of that name.
Table uncertainty_table(const Study& study, const Table& replicates);

/// The same differences under the other sharing rules: the form of the model. Without rows for
/// a study of fewer than twenty replicates.
Table structure_table(const Study& study, const Ensemble& ensemble, const Table& replicates);

/// How well the shipped calibration fits, and what it tells of each parameter; without rows
/// where the study does not use it.
Table fit_page_table(const Study& study);
Table identified_page_table(const Study& study);

}  // namespace hubs
