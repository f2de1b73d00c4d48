#include "analysis/study/run/totals.h"

#include "analysis/statistics/decision/discounting.h"

namespace hubs {

double present_value(const Scenario& s, const Observations& seen) {
    double sum = 0;
    for (unsigned m = 0; m < s.months; ++m)
        for (const std::int64_t pence : seen.costs[m]) sum += static_cast<double>(pence) / 100.0 * discount_factor(s.discount_rate, m / 12);
    return sum;
}

double benchmark_years(const Observations& seen, const Groups& groups) {
    double sum = 0;
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        if (groups.groups[seen.tally_group[k]].grouping != Grouping::all || seen.tally_month[k] == 0) continue;
        for (unsigned n = 0; n <= benchmark_count; ++n) sum += n * static_cast<double>(seen.tallies[k].with_benchmarks[n]) / 12.0;
    }
    return sum;
}

}  // namespace hubs
