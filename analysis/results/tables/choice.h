#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// The decision by the scenario's rule and primary outcome: plans from the best down, the first the one chosen.
struct PlanChoice {
    static constexpr const char* name = "decision";
    static constexpr const char* title = "The decision: plans by the scenario's rule, best first";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t chosen = 0;
        double outcome = 0, gain = 0, gain_p10 = 0, gain_p90 = 0, ahead_percent = 0, extra_cost_gbp = 0;
        double lead = 0;  ///< over the next plan that may be chosen; of plans below the first, behind it: below 0
        double best_percent = 0;  ///< ties share
        std::int64_t affordable = 1;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("chosen", "Chosen", "1 = yes", 0, r.chosen);
            column("outcome", "Primary outcome", "per establishment", 2, r.outcome);
            column("gain", "More than the reference", "per establishment", 2, r.gain);
            column("gain_p10", "the same, 10th percentile", "per establishment", 2, r.gain_p10);
            column("gain_p90", "the same, 90th percentile", "per establishment", 2, r.gain_p90);
            column("ahead_percent", "Ahead of the reference", "percent of paired runs", 0, r.ahead_percent);
            column("extra_cost_gbp", "Extra cost over the reference", "GBP", 0, r.extra_cost_gbp);
            column("lead", "Ahead of the best other plan, by the rule", "in units of the outcome", 3, r.lead);
            column("best_percent", "Best of all plans, by the rule", "percent of paired runs", 0, r.best_percent);
            column("affordable", "Within the budget", "1 = yes", 0, r.affordable);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// What other measures would choose, beside what the rule chooses.
struct OtherMeasures {
    static constexpr const char* name = "other_measures";
    static constexpr const char* title = "What other measures would choose";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string measure, plan;
        double value = 0, of_chosen = 0;
        std::string unit;
        std::int64_t agrees = 0;
        static void describe(auto&& column, auto& r) {
            column("measure", "Measure", "", 0, r.measure);
            column("plan", "It would choose", "", 0, r.plan);
            column("value", "Value of that plan", "", 2, r.value);
            column("of_chosen", "Value of the plan chosen", "", 2, r.of_chosen);
            column("unit", "Unit", "", 0, r.unit);
            column("agrees", "Agrees", "1 = yes", 0, r.agrees);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
