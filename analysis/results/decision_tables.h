#pragma once
#include <vector>

#include "analysis/results/table.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// Tables of the decision: acceptability, frontier, ranks, information, robust, equity, switching, discovery.
/// Empty of rows where a study has one plan, or no extra cost to weigh.
std::vector<Table> decision_tables(const Study& study, const Ensemble& ensemble, const Table& replicates, const Table& differences);

}  // namespace hubs
