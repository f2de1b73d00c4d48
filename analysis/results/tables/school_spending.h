#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// What an establishment itself spends on careers in a year of the run, beside what full provision was estimated to
/// cost (S116: GBP 44,676 a year from the second year, in prices of 2014).
struct SchoolSpending {
    static constexpr const char* name = "school_spending";
    static constexpr const char* title = "What a school spends on careers in a year";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        double leader = 0, other = 0, sum = 0, estimate = 44676;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("leader", "Its Careers Leader's time", "GBP per establishment and year", 0, r.leader);
            column("other", "Release days, reviews and awards", "GBP per establishment and year", 0, r.other);
            column("sum", "Both", "GBP per establishment and year", 0, r.sum);
            column("estimate", "Full provision as estimated in 2014", "GBP of 2014 per school and year", 0, r.estimate);
        }
    };
    static std::vector<Row> rows(const Results& results);
    /// A paragraph and the table, for the section on costs.
    static std::string text(const Page& page);
};

}  // namespace hubs
