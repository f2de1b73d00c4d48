#include "analysis/results/tables/evaluation.h"

#include "analysis/results/results.h"

namespace hubs {

std::vector<WouldFind::Row> WouldFind::rows(const Results& results) {
    std::vector<Row> out;
    const auto& e = results.finished().evaluation;
    if (!e) return out;
    for (const EstimatorRecord& r : e->estimators)
        if (r.decomposed && r.refused == 0)
            out.push_back({e->plan, e->design.months, r.name, r.mean, e->truth, r.bias, r.misreporting, r.non_response,
                           r.spill_over, r.selection, 100 * r.coverage, static_cast<std::int64_t>(r.replicates)});
    return out;
}

std::vector<Power::Row> Power::rows(const Results& results) {
    std::vector<Row> out;
    const auto& e = results.finished().evaluation;
    if (!e) return out;
    for (const PowerRow& r : e->power)
        out.push_back(
            {e->plan, static_cast<std::int64_t>(r.schools), 100 * r.difference_in_differences, 100 * r.regression});
    return out;
}

}  // namespace hubs
