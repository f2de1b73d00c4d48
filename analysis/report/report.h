#pragma once
#include <string>
#include <vector>

#include "analysis/report/charts.h"

namespace hubs {

/// What a report says beside its tables.
struct ReportFacts {
    std::string name, question, place, population_note, date, version, fingerprint, command, price_base, last_month;
    std::vector<std::string> plans, plan_descriptions;
    std::uint32_t replicates = 0, establishments = 0;
    std::string scenario_json;  ///< embedded, so that the page can be given an engine later
};

/// One self-contained, accessible HTML page that prints to A4 and makes no request.
std::string report_html(const ReportFacts& facts, const std::vector<Table>& tables);

/// The headline in words: how much better, the range, how often.
std::string headline_sentence(const ReportFacts& facts, const StudyTables& tables);

}  // namespace hubs
