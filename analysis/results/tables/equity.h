#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Results;

/// Who gains, by plan: gaps between groups, concentration index, groups that lose.
struct Equity {
    static constexpr const char* name = "equity";
    static constexpr const char* title = "Who gains: differences between groups at the end";
    static constexpr Digits digits = Digits::estimate;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan, measure, label;
        double value = 0;
        std::string groups;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("measure", "Measure", "", 0, r.measure);
            column("label", "What it is", "", 0, r.label);
            column("value", "Value", "", 3, r.value);
            column("groups", "Groups", "", 0, r.groups);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
