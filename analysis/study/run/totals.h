#pragma once
#include "sim/run/study.h"

namespace hubs {

/// Present value of everything spent in one replicate, pounds.
double present_value(const Scenario& s, const Observations& seen);

/// Benchmarks × years, summed over all establishments: the area under the path.
double benchmark_years(const Observations& seen, const Groups& groups);

}  // namespace hubs
