#pragma once
#include <vector>

#include "analysis/base/table.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// Tables of the decision: acceptability, frontier, ranks, information, robust, equity, switching, discovery.
/// Empty of rows where a study has one plan, or no extra cost to weigh.
std::vector<Table> decision_tables(const Study& study, const Ensemble& ensemble, const Table& replicates,
                                   const Table& differences);

/// Who gains, by plan: gaps between groups, concentration index, groups that lose.
Table equity_table(const Scenario& scenario, const Table& differences);

/// Shares of runs in which each plan is good enough, by several meanings of that: no worth of a benchmark is needed.
Table satisficing_table(const Study& study, const Ensemble& ensemble);

/// Every assumption tried: the leader's gain and lead at both ends of its range, and where its rival takes over.
Table switching_table(const Scenario& scenario, const WhatIfs& what_ifs);

}  // namespace hubs
