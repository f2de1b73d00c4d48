#pragma once
#include "analysis/results/typed_table.h"
#include "analysis/statistics/decision/net_benefit.h"

namespace hubs {

class Page;
class Results;

template <>
struct WordsOf<Dominance> {
    static constexpr std::array<std::string_view, 3> all{"worth considering", "another plan gives as much for no more",
                                                         "a mixture of two others gives as much for less"};
};
static_assert(every_value_has_a_word<Dominance>() &&
              WordsOf<Dominance>::all.size() == static_cast<std::size_t>(Dominance::extended) + 1);

/// Which plan is best value, by what a benchmark-year is worth. Empty where there is one plan, as all of these.
struct AcceptabilityCurve {
    static constexpr const char* name = "acceptability";
    static constexpr const char* title = "Which plan is best value, by what a benchmark-year is worth";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        double worth_gbp = 0;
        std::string plan;
        double expected_gbp = 0, best_percent = 0, expected_loss_gbp = 0;
        std::int64_t optimal = 0;
        double perfect_information_gbp = 0;
        static void describe(auto&& column, auto& r) {
            column("worth_gbp", "A benchmark-year is worth", "GBP", 0, r.worth_gbp);
            column("plan", "Plan", "", 0, r.plan);
            column("expected_gbp", "Expected net benefit over the reference", "GBP", 0, r.expected_gbp);
            column("best_percent", "Best value", "percent of runs", 1, r.best_percent);
            column("expected_loss_gbp", "Expected loss if chosen", "GBP", 0, r.expected_loss_gbp);
            column("optimal", "Highest expected net benefit", "1 = yes", 0, r.optimal);
            column("perfect_information_gbp", "Value of knowing everything", "GBP", 0, r.perfect_information_gbp);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< with frontier, other rules, and places
};

struct Frontier {
    static constexpr const char* name = "frontier";
    static constexpr const char* title = "What more money buys: plans in order of cost";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        double extra_cost_gbp = 0, extra_benchmark_years = 0;
        Dominance standing = Dominance::none;
        double gbp_per_benchmark_year = 0, more_dearer_percent = 0, more_cheaper_percent = 0, less_dearer_percent = 0,
               less_cheaper_percent = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("extra_cost_gbp", "Extra cost over the reference", "GBP", 0, r.extra_cost_gbp);
            column("extra_benchmark_years", "Extra benchmark-years", "benchmark-years", 0, r.extra_benchmark_years);
            column("standing", "Standing", "", 0, r.standing);
            column("gbp_per_benchmark_year", "Each further benchmark-year costs", "GBP", 0, r.gbp_per_benchmark_year);
            column("more_dearer_percent", "Runs with more for more", "percent", 0, r.more_dearer_percent);
            column("more_cheaper_percent", "more for less", "percent", 0, r.more_cheaper_percent);
            column("less_dearer_percent", "less for more", "percent", 0, r.less_dearer_percent);
            column("less_cheaper_percent", "less for less", "percent", 0, r.less_cheaper_percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

struct Ranks {
    static constexpr const char* name = "ranks";
    static constexpr const char* title = "Chance of being first, second and so on in benchmarks at the end";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t place = 0;
        double percent = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("place", "Place", "1 = most benchmarks", 0, r.place);
            column("percent", "Runs", "percent", 0, r.percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

/// What rules of choice other than the highest expected value would pick, where the choice is hardest.
struct Robust {
    static constexpr const char* name = "robust";
    static constexpr const char* title = "Plans that other rules of choice pick";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        double worth_gbp = 0;
        std::string rule, plan;
        double value_gbp = 0, satisfied_percent = 0;
        static void describe(auto&& column, auto& r) {
            column("worth_gbp", "A benchmark-year is worth", "GBP", 0, r.worth_gbp);
            column("rule", "Rule", "", 0, r.rule);
            column("plan", "Plan", "", 0, r.plan);
            column("value_gbp", "Its value: net benefit over the reference, or regret", "GBP", 0, r.value_gbp);
            column("satisfied_percent", "Runs in which that plan is worth its extra cost", "percent", 0,
                   r.satisfied_percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

/// Shares of runs in which each plan is good enough, by several meanings of that: no worth of a benchmark is needed.
struct Satisficing {
    static constexpr const char* name = "satisficing";
    static constexpr const char* title = "How often each plan is good enough";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan, criterion;
        double percent = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("criterion", "Good enough means", "", 0, r.criterion);
            column("percent", "Runs in which it is", "percent", 0, r.percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
