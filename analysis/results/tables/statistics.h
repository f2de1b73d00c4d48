#pragma once
#include <limits>

#include "analysis/results/summary.h"
#include "analysis/results/typed_table.h"
#include "sim/entity/observation.h"

namespace hubs {

template <>
struct WordsOf<Grouping> {
    static constexpr auto& all = grouping_words;
};
static_assert(every_value_has_a_word<Grouping>() &&
              grouping_words.size() == static_cast<std::size_t>(Grouping::start_level) + 1);

/// How a figure is spread over replicates; of too few there is a mean and a median only.
struct Statistics {
    double mean = 0, p2_5 = 0, p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0, p97_5 = 0;

    static Statistics of(const Summary& s) {
        if (s.values >= fewest_runs_for_range) return {s.mean, s.p2_5, s.p10, s.p25, s.p50, s.p75, s.p90, s.p97_5};
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {s.mean, none, none, none, s.p50, none, none, none};
    }
    static void describe(auto&& column, auto& r) {
        column("mean", "Mean over replicates", "", 3, r.mean);
        column("p2_5", "2.5th percentile", "", 3, r.p2_5);
        column("p10", "10th percentile", "", 3, r.p10);
        column("p25", "25th percentile", "", 3, r.p25);
        column("p50", "Median", "", 3, r.p50);
        column("p75", "75th percentile", "", 3, r.p75);
        column("p90", "90th percentile", "", 3, r.p90);
        column("p97_5", "97.5th percentile", "", 3, r.p97_5);
    }
};

/// Which figure: plan, date, group and measure.
struct FigurePlace {
    std::string plan;
    std::int64_t month = 0;
    std::string date;
    Grouping grouping = Grouping::all;
    std::string group, measure;

    static void describe(auto&& column, auto& r) {
        column("plan", "Plan", "", 0, r.plan);
        column("month", "Months run", "months", 0, r.month);
        column("date", "State at the end of", "", 0, r.date);
        column("grouping", "Grouping", "", 0, r.grouping);
        column("group", "Group", "", 0, r.group);
        column("measure", "Measure", "", 0, r.measure);
    }
};

}  // namespace hubs
