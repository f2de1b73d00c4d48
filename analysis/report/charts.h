#pragma once
#include <string>
#include <vector>

#include "analysis/results/study_tables.h"

namespace hubs {

/// One chart: a title that states what the data say, a subtitle with measure, place and
/// period, a Vega-Lite specification with its data inside, and the table beside it.
struct Chart {
    std::string id, title, subtitle, spec;
    Table table;
};

/// All charts that the study's tables allow; with one plan only, no differences.
std::vector<Chart> charts_of(const StudyTables& tables, const std::vector<std::string>& plans,
                             const std::string& place);

}  // namespace hubs
