#pragma once
#include <vector>

#include "analysis/results/facts.h"
#include "analysis/results/tables/money.h"

struct lxw_workbook;
struct lxw_format;

namespace hubs {

/// The sheet on which an analyst chooses: worth, discount rate, years counted, optimism bias and rule are cells to
/// change, and plans are weighed by formulas over the sheet by_year. As saved it says what the report says.
struct ChoiceSheet {
    const ReportFacts& facts;
    const std::vector<ByYear::Row>& by_year;
    double worth = 0;  ///< of a benchmark-year, to begin with

    void write(lxw_workbook* book, lxw_format* bold) const;
};

}  // namespace hubs
