#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/enum_words.h"
#include "sim/initial_state.h"
#include "sim/schedule.h"

namespace hubs {

/// Weighted draws of parameters from a calibration. Two replicates in turn share a draw, so that
/// the spread from parameters can be told from the spread from luck.
struct ParameterDraws {
    std::vector<std::string> paths;
    std::vector<double> cumulative;  ///< weights, summed
    std::vector<double> values;      ///< draws by paths
    std::size_t count() const { return cumulative.size(); }
};
inline constexpr std::uint32_t replicates_per_draw = 2;

/// What plans are compared by.
enum class PrimaryOutcome : std::uint8_t {
    benchmark_years,    ///< benchmarks truly achieved × years held, discounted as costs are: early gains count
    benchmarks_at_end,  ///< benchmarks truly achieved after the last month
    count
};
template <>
struct WordsOf<PrimaryOutcome> {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(PrimaryOutcome::count)> all{
        "benchmark_years", "benchmarks_at_end"};
};
static_assert(every_value_has_a_word<PrimaryOutcome>());

/// How one plan is chosen.
enum class ChoiceRule : std::uint8_t {
    most,           ///< the most of the outcome, whatever it costs
    net_benefit,    ///< outcome × what it is worth, less cost
    within_budget,  ///< the most of the outcome among plans that cost no more over the reference
    count
};
template <>
struct WordsOf<ChoiceRule> {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(ChoiceRule::count)> all{
        "most", "net_benefit", "within_budget"};
};
static_assert(every_value_has_a_word<ChoiceRule>());

/// The decision a scenario is for: its primary outcome, and the rule that picks a plan by it.
struct DecisionSettings {
    PrimaryOutcome outcome = PrimaryOutcome::benchmark_years;
    ChoiceRule rule = ChoiceRule::most;
    double worth_gbp = 0;   ///< of a benchmark-year, for net_benefit; no official figure exists
    double budget_gbp = 0;  ///< extra cost over the reference, present value, for within_budget
};

class History;

/// One question, checked: a calendar, parameters and the plans to compare. The first plan
/// is the reference. The population and the framework stand beside it.
struct Scenario {
    std::string name;
    std::string question;
    Calendar calendar;
    std::uint16_t months = 60;
    std::uint16_t watch_months = 0;  ///< the first runs go on for so long, to see what comes after; whole years
    std::uint32_t replicates = 200;
    std::uint64_t seed = 1;
    double discount_rate = 0.035;  ///< per year; Green Book standard rate
    std::string price_base = "2018-19";
    DecisionSettings decision;
    unsigned observe_every = 12;  ///< months between full tallies of all groups
    InitialState::Parameters initial;
    Parameters parameters;
    Schedule::Switches switches;
    std::shared_ptr<const History>
        history;           ///< what the run starts from, if not from published shares: sim/run/history.h
    ParameterDraws draws;  ///< empty: every replicate has the parameters above
    std::vector<Plan> plans;
};

}  // namespace hubs
