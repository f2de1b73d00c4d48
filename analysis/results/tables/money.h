#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// What each plan holds and costs in each year of the run, before discounting: what a reader needs to weigh plans at a
/// horizon, a rate and a worth of their own, in the report's live part or in the workbook. Years after the scenario's
/// follow where it watches on (monthly_means.h).
struct ByYear {
    static constexpr const char* name = "by_year";
    static constexpr const char* title = "What each plan holds and costs, by year of the run";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t year = 0, months = 0;
        double benchmark_years = 0, benchmarks_at_end = 0, gbp = 0;
        std::int64_t runs = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("year", "Year of the run", "", 0, r.year);
            column("months", "Months of it in the run", "months", 0, r.months);
            column("benchmark_years", "Benchmark-years held, undiscounted", "benchmark-years", 0, r.benchmark_years);
            column("benchmarks_at_end", "Benchmarks truly achieved at its end, mean", "benchmarks (0-8)", 2,
                   r.benchmarks_at_end);
            column("gbp", "Cost, undiscounted", "GBP", 0, r.gbp);
            column("runs", "Runs behind it", "paired runs", 0, r.runs);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

/// Who pays, by financial year (April to March): mean over replicates, undiscounted.
struct Payers {
    static constexpr const char* name = "payers";
    static constexpr const char* title = "Who pays, by financial year";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan, financial_year;
        std::int64_t months = 0;  ///< of it in the run
        std::string payer;
        double gbp = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("financial_year", "Financial year", "", 0, r.financial_year);
            column("months", "Months of it in the run", "months", 0, r.months);
            column("payer", "Who pays", "", 0, r.payer);
            column("gbp", "Cost, undiscounted", "GBP", 0, r.gbp);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// What a plan is worth after its cost, against the reference: net present social value and the cost of a
/// benchmark-year, with the spread over paired runs. A net value is known only where the scenario states what a
/// benchmark-year is worth. The ratio of a plan that costs less and brings less is what it saves for each one lost.
/// Empty where there is one plan.
struct NetValue {
    static constexpr const char* name = "net_value";
    static constexpr const char* title = "Net present social value and cost of a benchmark-year";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        double worth_gbp = 0, value_gbp = 0, value_p10_gbp = 0, value_p90_gbp = 0, above_percent = 0,
               gbp_per_benchmark_year = 0, ratio_p10_gbp = 0, ratio_p90_gbp = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("worth_gbp", "A benchmark-year is worth", "GBP", 0, r.worth_gbp);
            column("value_gbp", "Net present social value over the reference", "GBP", 0, r.value_gbp);
            column("value_p10_gbp", "the same, 10th percentile", "GBP", 0, r.value_p10_gbp);
            column("value_p90_gbp", "the same, 90th percentile", "GBP", 0, r.value_p90_gbp);
            column("above_percent", "Above 0", "percent of paired runs", 0, r.above_percent);
            column("gbp_per_benchmark_year", "Cost of an extra benchmark-year, or saved for one lost", "GBP", 0,
                   r.gbp_per_benchmark_year);
            column("ratio_p10_gbp", "the same, 10th percentile", "GBP", 0, r.ratio_p10_gbp);
            column("ratio_p90_gbp", "the same, 90th percentile", "GBP", 0, r.ratio_p90_gbp);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< the cost-effectiveness plane
};

/// The plan of highest expected net benefit, by what a benchmark-year is worth and how much of the run is counted.
struct WorthAndHorizon {
    static constexpr const char* name = "worth_and_horizon";
    static constexpr const char* title = "The best value, by worth and horizon";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::int64_t months = 0;
        double worth_gbp = 0;
        std::string plan;
        double value_gbp = 0;
        static void describe(auto&& column, auto& r) {
            column("months", "Months counted", "months", 0, r.months);
            column("worth_gbp", "A benchmark-year is worth", "GBP", 0, r.worth_gbp);
            column("plan", "Plan of highest expected net benefit", "", 0, r.plan);
            column("value_gbp", "Its net benefit over the reference", "GBP", 0, r.value_gbp);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

}  // namespace hubs
