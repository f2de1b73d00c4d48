#pragma once
#include "analysis/results/page.h"
#include "analysis/results/tables/headline.h"

/// Words that several sections of the report share.
namespace hubs {

inline constexpr std::size_t fewest_runs_for_range = 20;

std::string quoted(const std::string& plan);  ///< in quotation marks, safe in HTML
std::string plain(double value);              ///< "10", "0.234": as many digits as a person needs

/// A percentage of runs as a count of those that were made: "987 of 1,000".
std::string of_runs(double percent, const Page& page);
/// " (80 % of runs: 0.48 to 0.67)"; of fewer than twenty runs, that they are too few for a range.
std::string range_of_runs(double low, double high, const Page& page);

/// The alternative with the largest gain over the reference; null where there is one plan.
const Headline::Row* leading_plan(const Page& page);

/// The share of what moves the answer that rests on assumptions with evidence of 0 or 1, in percent; below 0 if not
/// known.
double assumed_percent(const Page& page);

/// Which plan, how sure, what would change it: each in words, for the first screen.
std::string value_words(const Page& page);
std::string sure_words(const Page& page);
std::string change_words(const Page& page);

}  // namespace hubs
