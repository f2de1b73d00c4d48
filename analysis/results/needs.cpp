#include "analysis/results/needs.h"

#include <algorithm>

#include "analysis/study/run/measures.h"

namespace hubs {
namespace {

/// Rows of attainment and of differences, the two long tables.
double long_rows(const Study& study) {
    const Scenario& s = study.scenario;
    double always = 0, all = 0, full_months = 0;
    for (const Measure& m : measures()) {
        ++all;
        always += !m.full_only;
    }
    for (unsigned month = 0; month <= s.months; ++month) full_months += full_tally_at(s, month);
    const double groups = static_cast<double>(groups_of(study.population).groups.size()), months = s.months + 1.0;
    constexpr double short_tally = 4;  // all and the three statuses, every month
    const double a_plan = full_months * groups * all + (months - full_months) * short_tally * always;
    return a_plan * (2.0 * static_cast<double>(s.plans.size()) - 1.0);
}

}  // namespace

Needs needs_with_tables(const Study& study, unsigned threads) {
    constexpr double bytes_per_row = 1900, ns_per_row = 17000, disk_per_row = 280;  // measured with 100 and 400 plans
    Needs out = needs_of(study, threads);
    const double rows = long_rows(study);
    out.bytes += static_cast<std::uint64_t>(rows * bytes_per_row);
    out.seconds += rows * ns_per_row * 1e-9;
    out.disk_bytes = std::max(out.disk_bytes, static_cast<std::uint64_t>(rows * disk_per_row));
    return out;
}

}  // namespace hubs
