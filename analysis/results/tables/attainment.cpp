#include "analysis/results/tables/attainment.h"

#include <cmath>
#include <limits>

#include "analysis/results/results.h"
#include "analysis/results/suppression.h"
#include "analysis/study/run/measures.h"
#include "analysis/study/run/month_name.h"

namespace hubs {
namespace {

/// Calls f(k, place, measure) for everything tallied and not too small to be shown, `place` without a plan. The first
/// plan's layout is everyone's.
template <class F>
void each_figure(const Finished& finished, F&& f) {
    const Ensemble& e = finished.ensemble;
    const Observations& layout = e.seen.front().front();
    const auto hidden = too_few(e);
    for (std::size_t k = 0; k < layout.tallies.size(); ++k) {
        if (hidden[k]) continue;
        const unsigned month = layout.tally_month[k];
        const Group& group = e.groups.groups[layout.tally_group[k]];
        const bool full = full_tally_at(finished.scenario(), month);
        FigurePlace place{"", month, month_name(finished.scenario().calendar, month), group.grouping, group.name, ""};
        for (const Measure& m : measures()) {
            if (!full && m.full_only) continue;
            place.measure = m.name;
            f(k, place, m);
        }
    }
}

/// By replicate. Figures of those with a return are not known where too few have one.
std::vector<double> values_of(const Ensemble& e, std::size_t plan, std::size_t k, const Measure& m) {
    std::vector<double> out;
    out.reserve(e.seen[plan].size());
    for (const Observations& seen : e.seen[plan]) {
        const Tally& tally = seen.tallies[k];
        const bool few = m.of_returns && tally.returned < fewest_establishments;
        out.push_back(few ? std::numeric_limits<double>::quiet_NaN() : m(tally));
    }
    return out;
}

/// A group that is empty in some replicate has no figure.
bool known(const std::vector<double>& values) {
    for (const double v : values)
        if (std::isnan(v)) return false;
    return true;
}

}  // namespace

std::vector<Attainment::Row> Attainment::rows(const Results& results) {
    const Finished& finished = results.finished();
    std::vector<Row> out;
    each_figure(finished, [&](std::size_t k, FigurePlace place, const Measure& m) {
        for (std::size_t p = 0; p < finished.scenario().plans.size(); ++p) {
            std::vector<double> values = values_of(finished.ensemble, p, k, m);
            if (!known(values)) continue;
            place.plan = finished.scenario().plans[p].name;
            out.push_back({place, Statistics::of(summarise(std::move(values)))});
        }
    });
    return out;
}

std::vector<Differences::Row> Differences::rows(const Results& results) {
    const Finished& finished = results.finished();
    std::vector<Row> out;
    each_figure(finished, [&](std::size_t k, FigurePlace place, const Measure& m) {
        if (place.grouping == Grouping::status) return;
        const std::vector<double> reference = values_of(finished.ensemble, 0, k, m);
        if (!known(reference)) return;
        for (std::size_t p = 1; p < finished.scenario().plans.size(); ++p) {
            std::vector<double> values = values_of(finished.ensemble, p, k, m);
            if (!known(values)) continue;
            for (std::size_t r = 0; r < values.size(); ++r) values[r] -= reference[r];
            place.plan = finished.scenario().plans[p].name;
            const Summary d = summarise(std::move(values), finished.runs_to_a_draw());
            out.push_back({place, Statistics::of(d), d.mcse, 100.0 * d.share_above});
        }
    });
    return out;
}

}  // namespace hubs
