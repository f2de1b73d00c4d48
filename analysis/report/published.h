#pragma once
#include "analysis/report/charts.h"
#include "sim/run/study.h"

namespace hubs {

/// Published figures beside predictions, furthest apart first: target, quantity, published
/// value and standard error, predicted mean and 95 % range of runs, distance in standard
/// errors (of the published figure and of the runs together). Throws std::runtime_error for
/// an unknown target, measure or date.
Table published_table(const std::vector<Published>& wanted, const StudyTables& tables);

}  // namespace hubs
