#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// Every assumption tried: the leader's gain and lead at both ends of its range and in the middle, and where its rival
/// takes over. The swing is that of the decision: of the lead over the next plan, at low, middle and high.
struct Switching {
    static constexpr const char* name = "switching";
    static constexpr const char* title = "What each assumption does to the answer";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string parameter, meaning;
        std::int64_t padlocks = 0;
        std::string unit;
        double value = 0, low = 0, high = 0;
        std::string leader;
        double difference = 0, difference_low = 0, difference_high = 0, swing = 0;
        std::string rival;
        double lead = 0, lead_low = 0, lead_high = 0, switches_at = 0;
        static void describe(auto&& column, auto& r) {
            column("parameter", "Assumption", "", 0, r.parameter);
            column("meaning", "What it is", "", 0, r.meaning);
            column("padlocks", "Strength of evidence", "0-5", 0, r.padlocks);
            column("unit", "Unit", "", 0, r.unit);
            column("value", "Value", "", 4, r.value);
            column("low", "Low end", "", 4, r.low);
            column("high", "High end", "", 4, r.high);
            column("leader", "Plan that leads", "", 0, r.leader);
            column("difference", "Its gain over the reference", "in units of the outcome", 3, r.difference);
            column("difference_low", "the same at the low end", "in units of the outcome", 3, r.difference_low);
            column("difference_high", "the same at the high end", "in units of the outcome", 3, r.difference_high);
            column("swing", "Swing", "in units of the outcome", 3, r.swing);
            column("rival", "Next plan", "", 0, r.rival);
            column("lead_low", "Lead over the next plan at the low end", "in units of the outcome", 3, r.lead_low);
            column("lead", "the same in the middle", "in units of the outcome", 3, r.lead);
            column("lead_high", "the same at the high end", "in units of the outcome", 3, r.lead_high);
            column("switches_at", "The next plan leads from", "", 4, r.switches_at);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< with what knowing more is worth, and when the choice would be wrong
};

/// The five that move the decision most, at five values each: what bends shows here.
struct Curves {
    static constexpr const char* name = "curves";
    static constexpr const char* title = "The assumptions that move the decision most, value by value";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string parameter, meaning;
        double value = 0;
        std::string unit;
        double way_percent = 0, gain = 0, lead = 0;
        static void describe(auto&& column, auto& r) {
            column("parameter", "Assumption", "", 0, r.parameter);
            column("meaning", "What it is", "", 0, r.meaning);
            column("value", "Value", "", 4, r.value);
            column("unit", "Unit", "", 0, r.unit);
            column("way_percent", "Way from the low to the high end of its range", "percent", 0, r.way_percent);
            column("gain", "Gain of the plan that leads over the reference", "in units of the outcome", 3, r.gain);
            column("lead", "Its lead over the next plan", "in units of the outcome", 3, r.lead);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// Value of knowing a drawn parameter, where the choice is hardest. Pairs of replicates share a draw.
struct Information {
    static constexpr const char* name = "information";
    static constexpr const char* title = "What knowing more would be worth";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        double worth_gbp = 0;
        std::string parameters;
        Cell padlocks;  ///< nothing where luck is known, too
        double value_gbp = 0;
        static void describe(auto&& column, auto& r) {
            column("worth_gbp", "A benchmark-year is worth", "GBP", 0, r.worth_gbp);
            column("parameters", "Knowing", "", 0, r.parameters);
            column("padlocks", "Strength of evidence now", "0-5", 0, r.padlocks);
            column("value_gbp", "Worth at most", "GBP", 0, r.value_gbp);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

/// When the plan of highest expected value is not the best: a box of drawn parameters.
struct Discovery {
    static constexpr const char* name = "discovery";
    static constexpr const char* title = "When the plan of highest expected value would be the wrong choice";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        double worth_gbp = 0;
        std::string plan;
        double overall_percent = 0;
        std::string condition;
        double density_percent = 0, coverage_percent = 0;
        static void describe(auto&& column, auto& r) {
            column("worth_gbp", "A benchmark-year is worth", "GBP", 0, r.worth_gbp);
            column("plan", "Plan", "", 0, r.plan);
            column("overall_percent", "It is not the best in", "percent of draws", 0, r.overall_percent);
            column("condition", "Most often when", "", 0, r.condition);
            column("density_percent", "and then in", "percent of draws", 0, r.density_percent);
            column("coverage_percent", "which holds", "percent of the cases", 0, r.coverage_percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
