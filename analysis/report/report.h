#pragma once
#include <string>
#include <vector>

#include "analysis/results/page.h"

namespace hubs {

/// One self-contained, accessible HTML page that prints to A4 and makes no request, and the charts on it.
struct Report {
    std::string html;
    std::vector<Chart> charts;
};
Report report_of(const ReportFacts& facts, const Results& results);

}  // namespace hubs
