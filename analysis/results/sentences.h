#pragma once
#include "analysis/results/page.h"
#include "analysis/results/tables/choice.h"
#include "analysis/results/tables/headline.h"

/// Words that several sections of the report share.
namespace hubs {

std::string quoted(const std::string& plan);  ///< in quotation marks, safe in HTML
std::string plain(double value);              ///< "10", "0.234": as many digits as a person needs

/// A parameter's value with its unit as people say it: "9 % of what is missing", "2 % per item and exposure",
/// "1.5 times". Not yet safe in HTML.
std::string amount_in_words(double value, const std::string& unit);
/// The same without what it is a share or chance of, for where that has just been said: "0.6 %", "1.5".
std::string bare_amount(double value, const std::string& unit);
/// What a parameter is, by its path, from the assumptions log; the path itself where the log has none.
std::string meaning_of(const std::string& path, const Page& page);

/// A percentage of runs as a count of those that were made: "987 of 1,000".
std::string of_runs(double percent, const Page& page);
/// The same with "runs"; "no run", "all 40 runs", "only 3 of 40 runs".
std::string in_runs(double percent, const Page& page);
/// What the rule weighs plans by: the outcome, or under net_benefit "benchmark-years net of cost".
std::string preference_words(const Page& page);
/// What a benchmark-year is worth where a reader begins to weigh plans: the scenario's worth, or where it states none
/// the price at which the choice turns last, to £100; 0 where it never turns.
double worth_to_begin_with(const Page& page);
/// "at the worth that the scenario states", or "where the choice turns".
std::string worth_weighed(const Page& page);
/// " (80 % of runs: 0.48 to 0.67)"; of fewer than twenty runs, that they are too few for a range.
std::string range_of_runs(double low, double high, const Page& page);

/// The plan chosen, or where the reference is chosen the best alternative: the one that the report shows in detail.
/// Null where there is one plan.
const PlanChoice::Row* featured_plan(const Page& page);

/// Whether replicates drew parameters, from the shipped calibration or from draws of the user's.
bool anything_drawn(const Page& page);

/// Whether all plans bring and cost the same in every run.
bool no_difference(const Page& page);

std::string outcome_words(const Page& page);  ///< "benchmark-years" or "benchmarks"
std::string money_words(double extra_gbp);  ///< "for £30.1 million more", "for £2.0 million less", "at the same cost"

/// The headline in words, without HTML: which plan, how much better, the range, the cost, how often.
std::string choice_sentence(const Page& page);

/// The share of what moves the answer that rests on assumptions with evidence of 0 or 1, in percent; below 0 if not
/// known.
double assumed_percent(const Page& page);

/// Which plan, how sure, what would change it: each in words, for the first screen.
std::string which_plan_words(const Page& page);
std::string value_words(const Page& page);
std::string sure_words(const Page& page);
std::string change_words(const Page& page);

}  // namespace hubs
