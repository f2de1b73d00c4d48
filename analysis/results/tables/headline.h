#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// One row a plan: what a policy team compares first.
struct Headline {
    static constexpr const char* name = "headline";
    static constexpr const char* title = "The plans compared";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        double benchmarks_mean = 0, share_all_eight = 0, lowest_mean = 0, difference = 0, difference_p10 = 0,
               difference_p90 = 0, difference_mcse = 0, ahead_percent = 0, best_percent = 0, cost_gbp = 0,
               cost_per_school_gbp = 0, extra_cost_gbp = 0, gbp_per_benchmark_year = 0;  ///< best_percent: ties share
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("benchmarks_mean", "Benchmarks achieved, of eight", "benchmarks (0-8)", 2, r.benchmarks_mean);
            column("share_all_eight", "With all eight", "percent", 1, r.share_all_eight);
            column("lowest_mean", "Benchmarks of those with none at the start", "benchmarks (0-8)", 2, r.lowest_mean);
            column("difference", "More benchmarks than the reference", "benchmarks (0-8)", 2, r.difference);
            column("difference_p10", "the same, 10th percentile", "benchmarks (0-8)", 2, r.difference_p10);
            column("difference_p90", "the same, 90th percentile", "benchmarks (0-8)", 2, r.difference_p90);
            column("difference_mcse", "the same, Monte-Carlo error", "benchmarks (0-8)", 4, r.difference_mcse);
            column("ahead_percent", "Ahead of the reference at the end", "percent of paired runs", 0, r.ahead_percent);
            column("best_percent", "Best of all plans at the end", "percent of paired runs", 0, r.best_percent);
            column("cost_gbp", "Cost, present value", "GBP", 0, r.cost_gbp);
            column("cost_per_school_gbp", "Cost per establishment", "GBP", 0, r.cost_per_school_gbp);
            column("extra_cost_gbp", "Extra cost over the reference", "GBP", 0, r.extra_cost_gbp);
            column("gbp_per_benchmark_year", "Extra cost per extra benchmark-year", "GBP", 0, r.gbp_per_benchmark_year);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// Each replicate at the end of the run; plans of one replicate are twins.
struct Replicates {
    static constexpr const char* name = "replicates";
    static constexpr const char* title = "Each replicate at the end of the run";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t replicate = 0;
        double benchmarks_mean = 0, benchmarks_mean_reported = 0, share_all_eight = 0, lowest_mean = 0,
               benchmark_years = 0, benchmark_years_discounted = 0, cost_gbp_discounted = 0;
        double outcome = 0;  ///< the scenario's primary outcome, for one establishment
        double score = 0;    ///< by how much the scenario's rule prefers it, in units of the outcome
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("replicate", "Replicate", "", 0, r.replicate);
            column("benchmarks_mean", "Benchmarks truly achieved, mean", "benchmarks (0-8)", 3, r.benchmarks_mean);
            column("benchmarks_mean_reported", "Benchmarks reported, mean", "benchmarks (0-8)", 3,
                   r.benchmarks_mean_reported);
            column("share_all_eight", "Share with all eight, truly", "percent", 2, r.share_all_eight);
            column("lowest_mean", "Mean of those with none at the start", "benchmarks (0-8)", 3, r.lowest_mean);
            column("benchmark_years", "Benchmark-years, all establishments", "benchmark-years", 0, r.benchmark_years);
            column("benchmark_years_discounted", "The same, discounted as costs are", "benchmark-years", 0,
                   r.benchmark_years_discounted);
            column("cost_gbp_discounted", "Cost, present value", "GBP", 0, r.cost_gbp_discounted);
            column("outcome", "Primary outcome of the decision", "per establishment", 3, r.outcome);
            column("score", "Preference by the rule of the decision", "in units of the outcome", 3, r.score);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< the difference, a dot for each percent of runs

    /// One column of one plan, by replicate.
    static std::vector<double> of_plan(const std::vector<Row>& rows, const std::string& plan, double Row::*column);
};

}  // namespace hubs
