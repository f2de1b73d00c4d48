#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// The fit of the shipped calibration, where the study uses its draws; else empty.
struct Fit {
    static constexpr const char* name = "fit";
    static constexpr const char* title = "Published figures beside what the calibrated model predicts, misses first";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string target, quantity, group, unit, use;
        double published = 0, predicted = 0, p2_5 = 0, p97_5 = 0, inside_90 = 0, inside_95 = 0, distance = 0, shift = 0;
        /// A fitted figure lies inside 95 % of predictions, one held out inside 90 %.
        bool inside() const { return (use == "fitted" ? inside_95 : inside_90) > 0; }
        static void describe(auto&& column, auto& r) {
            column("target", "Evidence", "", 0, r.target);
            column("quantity", "Quantity", "", 0, r.quantity);
            column("group", "Group", "", 0, r.group);
            column("unit", "Unit", "", 0, r.unit);
            column("use", "Use", "", 0, r.use);
            column("published", "Published", "", 3, r.published);
            column("predicted", "Predicted, mean", "", 3, r.predicted);
            column("p2_5", "2.5th percentile", "", 3, r.p2_5);
            column("p97_5", "97.5th percentile", "", 3, r.p97_5);
            column("inside_90", "Inside the 90 % interval", "1 if so", 0, r.inside_90);
            column("inside_95", "Inside the 95 % interval", "1 if so", 0, r.inside_95);
            column("distance", "Distance", "predictive standard deviations", 2, r.distance);
            column("shift", "Shift", "standard deviations", 2, r.shift);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);  ///< misses first, then everything, then what the data tell
};

struct Identified {
    static constexpr const char* name = "identified";
    static constexpr const char* title = "What the targets tell about each parameter, the least told first";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string parameter;
        double prior_low = 0, prior_high = 0, mean = 0, p2_5 = 0, p97_5 = 0, contraction = 0, overlap = 0,
               identified = 0;
        std::string correlated_with;
        double correlation = 0;
        static void describe(auto&& column, auto& r) {
            column("parameter", "Parameter", "", 0, r.parameter);
            column("prior_low", "Prior, lowest", "", 4, r.prior_low);
            column("prior_high", "Prior, highest", "", 4, r.prior_high);
            column("mean", "Posterior mean", "", 4, r.mean);
            column("p2_5", "2.5th percentile", "", 4, r.p2_5);
            column("p97_5", "97.5th percentile", "", 4, r.p97_5);
            column("contraction", "Contraction", "share of the prior's variance", 3, r.contraction);
            column("overlap", "Overlap with the prior", "share", 2, r.overlap);
            column("identified", "Identified", "1 if contraction is 0.2 or more", 0, r.identified);
            column("correlated_with", "Most correlated with", "", 0, r.correlated_with);
            column("correlation", "Correlation", "", 2, r.correlation);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
