#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// Luck and parameters apart: replicates in turn share a draw of parameters, so what differs within a pair is luck.
struct Uncertainty {
    static constexpr const char* name = "uncertainty";
    static constexpr const char* title = "Where the spread of the difference comes from";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        double difference = 0, sd_total = 0, sd_luck = 0, sd_parameters = 0, parameters_percent = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("difference", "Difference, mean", "of the primary outcome", 3, r.difference);
            column("sd_total", "Spread", "sd", 3, r.sd_total);
            column("sd_luck", "from luck", "sd", 3, r.sd_luck);
            column("sd_parameters", "from parameters", "sd", 3, r.sd_parameters);
            column("parameters_percent", "Variance from parameters", "percent", 0, r.parameters_percent);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// The first replicates of every plan again under the other rules for how practice is shared.
struct Structure {
    static constexpr const char* name = "structure";
    static constexpr const char* title = "What the form of the model changes: three rules for how practice is shared";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan, rule;
        double difference = 0, change = 0;
        std::int64_t runs = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("rule", "Sharing rule", "", 0, r.rule);
            column("difference", "Difference, mean", "benchmarks", 3, r.difference);
            column("change", "Against the study's rule", "benchmarks", 3, r.change);
            column("runs", "Runs", "", 0, r.runs);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
