#pragma once
#include "analysis/base/table.h"
#include "sim/run/study.h"

namespace hubs {

/// Every parameter and lever: value, default, unit, range, source, evidence. The assumptions log.
Table assumptions_table(const Scenario& scenario);

/// What the study read: the data log, with checksums. File names without their folders.
Table inputs_table(const Study& study);

/// Every column of every table: name, label, unit, decimals.
Table dictionary_table(const std::vector<Table>& tables);

}  // namespace hubs
