#pragma once
#include <string>
#include <vector>

#include "analysis/base/table.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// The published tables of a study, in the order they are listed.
std::vector<Table> tables_of(const Study& study, const Ensemble& ensemble);

/// "2019-07" for the state at the end of that month; month 0 is the month before the start.
std::string month_name(const Calendar& calendar, unsigned months_run);

extern const std::array<const char*, cost_line_count> cost_line_names;  ///< by CostLine
extern const std::array<const char*, cost_line_count> cost_line_labels;
extern const std::array<const char*, cost_line_count> cost_line_payers;
extern const std::array<const char*, activity_count> activity_names;  ///< by Activity

}  // namespace hubs
