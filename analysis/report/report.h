#pragma once
#include <string>
#include <vector>

#include "analysis/results/page.h"

namespace hubs {

/// One self-contained, accessible HTML page that prints to A4 and makes no request, and the charts on it.
struct Report {
    std::string html;
    std::vector<Chart> charts;
    std::string json;  ///< the headline, the decision and its reasons, for other programs
};
Report report_of(const ReportFacts& facts, const Results& results);

}  // namespace hubs
