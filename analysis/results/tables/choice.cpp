#include "analysis/results/tables/choice.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/results.h"
#include "analysis/results/sentences.h"
#include "analysis/results/summary.h"
#include "analysis/results/tables/headline.h"

namespace hubs {
namespace {

using Column = double Replicates::Row::*;

/// Columns of the replicates, by plan.
class ByPlan {
public:
    explicit ByPlan(const Results& results) : rows_(results.of<Replicates>()) {
        for (const Plan& plan : results.finished().scenario().plans) names.push_back(plan.name);
    }
    std::vector<std::string> names;

    std::vector<double> of(std::size_t plan, Column column) const {
        return Replicates::of_plan(rows_, names[plan], column);
    }
    double mean(std::size_t plan, Column column) const { return summarise(of(plan, column)).mean; }
    /// Run by run, less what the first plan has.
    std::vector<double> over_reference(std::size_t plan, Column column) const {
        std::vector<double> out = of(plan, column);
        const std::vector<double> reference = of(0, column);
        for (std::size_t r = 0; r < out.size(); ++r) out[r] -= reference[r];
        return out;
    }

private:
    const std::vector<Replicates::Row>& rows_;
};

/// Percent of runs in which each plan has the highest score of those that may be chosen; ties share.
std::vector<double> best_percent(const ByPlan& plans, const std::vector<bool>& affordable) {
    std::vector<std::vector<double>> score;
    for (std::size_t p = 0; p < plans.names.size(); ++p) score.push_back(plans.of(p, &Replicates::Row::score));
    std::vector<double> out(score.size(), 0.0);
    const std::size_t runs = score.front().size();
    for (std::size_t r = 0; r < runs; ++r) {
        double most = -1e300, ties = 0;
        for (std::size_t p = 0; p < score.size(); ++p)
            if (affordable[p]) most = std::max(most, score[p][r]);
        for (std::size_t p = 0; p < score.size(); ++p) ties += affordable[p] && score[p][r] == most;
        for (std::size_t p = 0; p < score.size(); ++p)
            if (affordable[p] && score[p][r] == most) out[p] += 100.0 / ties / static_cast<double>(runs);
    }
    return out;
}

struct OtherMeasure {
    const char *words, *unit;
    Column column;
    bool least;  ///< the lowest is best
    /// Sums over all establishments are told for one of them.
    bool is_sum() const { return std::string_view(unit).ends_with("per establishment"); }
};
constexpr OtherMeasure others[] = {
    {"most benchmark-years, discounted", "benchmark-years per establishment",
     &Replicates::Row::benchmark_years_discounted, false},
    {"most benchmark-years, not discounted", "benchmark-years per establishment", &Replicates::Row::benchmark_years,
     false},
    {"most benchmarks at the end", "benchmarks (0-8)", &Replicates::Row::benchmarks_mean, false},
    {"most benchmarks reported at the end", "benchmarks (0-8)", &Replicates::Row::benchmarks_mean_reported, false},
    {"most with all eight at the end", "percent", &Replicates::Row::share_all_eight, false},
    {"most for those with none at the start", "benchmarks (0-8)", &Replicates::Row::lowest_mean, false},
    {"lowest cost", "GBP per establishment", &Replicates::Row::cost_gbp_discounted, true}};

}  // namespace

std::vector<PlanChoice::Row> PlanChoice::rows(const Results& results) {
    const Finished& finished = results.finished();
    std::vector<Row> out;
    if (finished.scenario().plans.size() < 2) return out;
    const ByPlan plans(results);
    const DecisionSettings& d = finished.scenario().decision;
    const double establishments = finished.study.population.establishments.count();
    const std::vector<RunValue> value = finished.ensemble.mean_values(finished.study);
    const auto affordable = affordable_plans(d, value, establishments);
    const auto order = order_of_plans(d, value, establishments);
    const std::vector<double> best = best_percent(plans, affordable);
    const bool enough = finished.replicates() >= fewest_runs_for_range;
    const auto range = [&](double x) { return enough ? x : std::nan(""); };
    for (std::size_t k = 0; k < order.size(); ++k) {
        const std::size_t p = order[k], other = order[k == 0 ? 1 : 0];
        const Summary gain = summarise(plans.over_reference(p, &Replicates::Row::outcome));
        const double lead = score_of(d, value[p]) - score_of(d, value[other]);
        out.push_back({plans.names[p], k == 0, value[p].outcome, gain.mean, range(gain.p10), range(gain.p90),
                       p == 0 ? std::nan("") : 100.0 * gain.share_above,
                       (value[p].cost - value[0].cost) * establishments,
                       affordable[p] && affordable[other] ? lead : std::nan(""), best[p], affordable[p]});
    }
    return out;
}

std::vector<OtherMeasures::Row> OtherMeasures::rows(const Results& results) {
    std::vector<Row> out;
    const auto& choice = results.of<PlanChoice>();
    if (choice.empty()) return out;
    const ByPlan plans(results);
    const std::string& chosen = choice.front().plan;
    const double establishments = results.finished().study.population.establishments.count();
    for (const OtherMeasure& m : others) {
        double best = 0, of_chosen = 0;
        std::size_t at = 0;
        for (std::size_t p = 0; p < plans.names.size(); ++p) {
            const double value = plans.mean(p, m.column) / (m.is_sum() ? establishments : 1.0);
            if (p == 0 || (m.least ? value < best : value > best)) best = value, at = p;
            if (plans.names[p] == chosen) of_chosen = value;
        }
        if (std::isnan(best) || std::isnan(of_chosen)) continue;  // nobody had none at the start
        const bool agrees = best == of_chosen;
        out.push_back({m.words, agrees ? chosen : plans.names[at], best, of_chosen, m.unit, agrees});
    }
    return out;
}

}  // namespace hubs
