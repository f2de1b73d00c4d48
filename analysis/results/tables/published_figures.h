#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// Published figures beside predictions, furthest apart first. The prediction is left empty where the group turned out
/// to have nobody in it, or too few to be shown.
struct PublishedFigures {
    static constexpr const char* name = "published";
    static constexpr const char* title = "What was published, beside what the model predicts";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string target, plan, quantity, group, date, use;
        double published = 0, se = 0, predicted = 0, p2_5 = 0, p97_5 = 0;
        double distance = 0;  ///< in standard errors of the published figure and the spread of runs together
        static void describe(auto&& column, auto& r) {
            column("target", "Evidence", "", 0, r.target);
            column("plan", "Plan", "", 0, r.plan);
            column("quantity", "Quantity", "", 0, r.quantity);
            column("group", "Group", "", 0, r.group);
            column("date", "Date", "", 0, r.date);
            column("use", "Use in calibration", "", 0, r.use);
            column("published", "Published", "", 2, r.published);
            column("se", "Standard error", "", 2, r.se);
            column("predicted", "Predicted, mean", "", 2, r.predicted);
            column("p2_5", "2.5th percentile", "", 2, r.p2_5);
            column("p97_5", "97.5th percentile", "", 2, r.p97_5);
            column("distance", "Distance", "standard errors", 1, r.distance);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

}  // namespace hubs
