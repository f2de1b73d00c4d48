#include "analysis/results/tables/published_figures.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/published_check.h"
#include "analysis/results/page.h"
#include "analysis/results/tables/attainment.h"

namespace hubs {
namespace {

/// The one row of attainment that a scenario asks for; null if none or several.
const Attainment::Row* row_of(const std::vector<Attainment::Row>& rows, const Published& p) {
    const Attainment::Row* found = nullptr;
    for (const Attainment::Row& row : rows) {
        if (row.measure != p.measure || row.date != p.date || row.group != p.group || row.plan != p.plan ||
            word(row.grouping) != p.grouping)
            continue;
        if (found != nullptr) return nullptr;
        found = &row;
    }
    return found;
}

}  // namespace

std::vector<PublishedFigures::Row> PublishedFigures::rows(const Results& results) {
    std::vector<Row> out;
    for (const Published& p : results.finished().study.published) {
        const PublishedTarget target = published_target(p);
        Statistics none;
        none.mean = none.p2_5 = none.p97_5 = std::nan("");
        const Attainment::Row* found = row_of(results.of<Attainment>(), p);
        const Statistics& seen = found == nullptr ? none : static_cast<const Statistics&>(*found);
        const double spread = (seen.p97_5 - seen.p2_5) / 3.92;  // not known of few runs, and no distance then
        const double se = std::sqrt(target.se * target.se + spread * spread);
        out.push_back({p.target, p.plan, target.quantity, target.group, target.date, target.use, target.value,
                       target.se, seen.mean, seen.p2_5, seen.p97_5,
                       se > 0 ? (seen.mean - target.value) / se : std::nan("")});
    }
    const auto distance = [](const Row& row) { return std::isnan(row.distance) ? -1.0 : std::fabs(row.distance); };
    std::stable_sort(out.begin(), out.end(), [&](const Row& x, const Row& y) { return distance(x) > distance(y); });
    return out;
}

void PublishedFigures::section(Page& page) {
    if (page.of<PublishedFigures>().empty()) return;
    page.section("published", "What was published, beside what the model predicts", "Furthest apart first",
                 page.table<PublishedFigures>("Published and predicted"));
}

}  // namespace hubs
