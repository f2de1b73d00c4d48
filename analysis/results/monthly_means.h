#pragma once
#include <vector>

#include "analysis/results/results.h"

namespace hubs {

/// Of every plan, by month of the run, mean over runs and of all establishments together: benchmarks truly held at the
/// month's end, and pounds spent in it, undiscounted. [0] is the first month.
///
/// Where the scenario watches on, later months follow: of them only the first runs tell. So that the line has no step
/// where the number of runs changes, they add what these runs gained since the scenario's last month to the mean of
/// all. Example: all runs hold 100 in month 60, the watched ones 98 then and 103 in month 72: month 72 counts 105.
struct MonthlyMeans {
    static constexpr const char* name = "(monthly means)";
    explicit MonthlyMeans(const Results& results);

    struct OfPlan {
        std::vector<double> held, gbp;
    };
    std::vector<OfPlan> plans;
    unsigned months = 0, watched = 0;  ///< of the scenario, and after them
};

}  // namespace hubs
