#include "analysis/results/tables/readiness.h"

#include "analysis/results/page.h"
#include "analysis/results/tables/attainment.h"

namespace hubs {

std::vector<Readiness::Row> Readiness::rows(const Results& results) {
    const auto& attainment = results.of<Attainment>();
    const auto at_the_end = [&](const std::string& plan, const char* measure) {
        double last = 0;  // rows are in order of months
        for (const Attainment::Row& row : attainment)
            if (row.grouping == Grouping::all && row.measure == measure && row.plan == plan) last = row.mean;
        return last;
    };
    std::vector<Row> out;
    for (const Plan& plan : results.finished().scenario().plans) {
        const double b5 = at_the_end(plan.name, "pupils_reached_b5"), b6 = at_the_end(plan.name, "pupils_reached_b6");
        out.push_back({plan.name, b5, b6, b6 * 0.61, b6 * 0.52, b6 * 0.51, b6 * 0.76, b6 * 0.75, b6 * 0.66});
    }
    return out;
}

void Readiness::section(Page& page) {
    page.section(
        "young-people", "Pupils reached, and what that may mean for them",
        "Pupils of establishments that truly achieve benchmarks 5 or 6, at the end of the run",
        page.table<Readiness>("Pupils reached and career readiness") +
            "<p>Evidence: 396 pupils of 14 hub schools who answered the Future Skills questionnaire before and after a "
            "term of activities, with no comparison group (S137). The shares are applied to pupils reached; they are "
            "not an effect of hubs. Padlocks: 1 of 5.</p>");
}

}  // namespace hubs
