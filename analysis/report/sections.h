#pragma once
#include <string>

#include "analysis/report/report.h"

/// Parts of the report, each a piece of HTML. Empty where the study has nothing to say.
namespace hubs::section {

/// A percentage of runs as a count of those that were made: "987 of 1,000".
std::string of_runs(double percent, const StudyTables& t);
/// " (80 % of runs: 0.48 to 0.67)"; of fewer than twenty runs, that they are too few for a range.
std::string range_of_runs(double low, double high, const StudyTables& t);

/// Which plan, how sure, what would change it: the first screen, in words.
std::string answer(const ReportFacts& f, const StudyTables& t);
/// The share of what moves the answer that rests on assumptions with evidence of 0 or 1, in percent; below 0 if not
/// known.
double assumed_percent(const StudyTables& t);

std::string value_for_money(const StudyTables& t);    ///< after the acceptability chart
std::string what_would_change(const StudyTables& t);  ///< after the tornado
std::string who_gains(const StudyTables& t);          ///< after the groups
std::string would_we_know(const StudyTables& t);      ///< what an evaluation would find
std::string plan_differences(const ReportFacts& f, const StudyTables& t);

std::string waves(const StudyTables& t);          ///< members asked for and placed
std::string waves_caution(const StudyTables& t);  ///< for the first screen, where a wave fell short

std::string assumptions(const StudyTables& t);  ///< A1
std::string logs(const StudyTables& t);         ///< A2, A3
std::string reproducibility(const ReportFacts& f);
std::string model_summary();
std::string assurance();

}  // namespace hubs::section
