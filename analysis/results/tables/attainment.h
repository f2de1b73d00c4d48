#pragma once
#include "analysis/results/tables/statistics.h"

namespace hubs {

class Page;
class Results;

struct Attainment {
    static constexpr const char* name = "attainment";
    static constexpr const char* title = "Attainment by plan, month and group";
    static constexpr Digits digits = Digits::exact;
    struct Row : FigurePlace, Statistics {
        static void describe(auto&& column, auto& r) {
            FigurePlace::describe(column, r);
            Statistics::describe(column, r);
        }
    };
    /// Of some 200,000 rows: all establishments at the start and each July.
    static bool in_sheet(const Row& row) {
        return row.grouping == Grouping::all && (row.month == 0 || row.date.ends_with("-07"));
    }
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< levels over time
};

/// Twins of every plan less the reference's; groupings by status are left out, since plans differ in who is a member.
struct Differences {
    static constexpr const char* name = "differences";
    static constexpr const char* title = "Difference from the reference plan with the same luck";
    static constexpr Digits digits = Digits::exact;
    struct Row : FigurePlace, Statistics {
        double mcse = 0, above_percent = 0;
        static void describe(auto&& column, auto& r) {
            FigurePlace::describe(column, r);
            Statistics::describe(column, r);
            column("mcse", "Monte-Carlo standard error of the mean", "", 4, r.mcse);
            column("above_percent", "Replicates in which it is above 0", "percent", 0, r.above_percent);
        }
    };
    /// Gains in benchmarks of every group and area, each July.
    static bool in_sheet(const Row& row) { return row.measure == "benchmarks_mean" && row.date.ends_with("-07"); }
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< who gains, by group and by area
};

}  // namespace hubs
