#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// What an evaluation of the leading plan would find. Empty where there was none.
struct WouldFind {
    static constexpr const char* name = "would_find";
    static constexpr const char* title = "Would we know? What an evaluation would find, and what is true";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t months = 0;
        std::string estimator;
        double estimate = 0, truth = 0, bias = 0, misreporting = 0, non_response = 0, spill_over = 0, selection = 0,
               coverage_percent = 0;
        std::int64_t runs = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("months", "Last return after", "months", 0, r.months);
            column("estimator", "Estimator", "", 0, r.estimator);
            column("estimate", "It would find", "benchmarks", 2, r.estimate);
            column("truth", "True effect on the treated", "benchmarks", 2, r.truth);
            column("bias", "Too high by", "benchmarks", 2, r.bias);
            column("misreporting", "of that, from misreporting", "benchmarks", 2, r.misreporting);
            column("non_response", "from non-response", "benchmarks", 2, r.non_response);
            column("spill_over", "from spill-over", "benchmarks", 2, r.spill_over);
            column("selection", "from selection", "benchmarks", 2, r.selection);
            column("coverage_percent", "Its 95 % interval holds the truth", "percent of runs", 0, r.coverage_percent);
            column("runs", "Runs", "", 0, r.runs);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// How often an evaluation would be sure that there is an effect.
struct Power {
    static constexpr const char* name = "power";
    static constexpr const char* title = "Chance that an evaluation is sure there is an effect, by size of sample";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t schools = 0;
        double did_percent = 0, regression_percent = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("schools", "Schools in the sample", "schools", 0, r.schools);
            column("did_percent", "Difference in differences", "percent of runs", 0, r.did_percent);
            column("regression_percent", "Regression", "percent of runs", 0, r.regression_percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
