#include "analysis/results/decision.h"

#include <cmath>

#include "analysis/results/tables/headline.h"
#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

constexpr unsigned worth_steps = 20;

/// A round number at or above x: 1, 2 or 5 times a power of ten.
double round_up(double x) {
    const double power = std::pow(10.0, std::floor(std::log10(x)));
    for (const double m : {1.0, 2.0, 5.0})
        if (m * power >= x) return m * power;
    return 10.0 * power;
}

/// One column of the replicates: run × plan.
Eigen::MatrixXd by_run(const Results& results, double Replicates::Row::*column) {
    const auto& plans = results.finished().scenario().plans;
    Eigen::MatrixXd out(static_cast<Eigen::Index>(results.finished().replicates()),
                        static_cast<Eigen::Index>(plans.size()));
    for (std::size_t p = 0; p < plans.size(); ++p) {
        const auto values = Replicates::of_plan(results.of<Replicates>(), plans[p].name, column);
        out.col(static_cast<Eigen::Index>(p)) = Eigen::Map<const Eigen::VectorXd>(values.data(), out.rows());
    }
    return out;
}

/// Of the prices at which the choice passes from one plan to the next, the one where knowing everything would be worth
/// most; where it never turns, the middle of the range.
std::size_t hardest_of(const std::vector<FrontierPlan>& along, const std::vector<Acceptability>& at) {
    std::size_t out = at.size() / 2;
    bool found = false;
    for (const FrontierPlan& f : along) {
        if (!std::isfinite(f.ratio)) continue;
        std::size_t nearest = 0;
        for (std::size_t i = 1; i < at.size(); ++i)
            if (std::fabs(at[i].worth - f.ratio) < std::fabs(at[nearest].worth - f.ratio)) nearest = i;
        if (!found || at[nearest].perfect_information > at[out].perfect_information) out = nearest;
        found = true;
    }
    return out;
}

}  // namespace

Decision::Decision(const Results& results) : scenario(results.finished().scenario()) {
    draws = {by_run(results, &Replicates::Row::benchmark_years_discounted),
             by_run(results, &Replicates::Row::cost_gbp_discounted)};
    for (auto* m : {&draws.effect, &draws.cost}) *m = m->colwise() - Eigen::VectorXd(m->col(0));
    level = by_run(results, &Replicates::Row::benchmarks_mean);
    along = frontier(draws.effect.colwise().mean(), draws.cost.colwise().mean());
    double top = 0;
    for (const FrontierPlan& f : along)
        if (std::isfinite(f.ratio)) top = std::max(top, f.ratio);
    const double dearest = top > 0 ? round_up(2 * top) : 10000;
    for (unsigned i = 0; i <= worth_steps; ++i) {
        at.push_back(acceptability(draws, dearest * i / worth_steps));
    }
    hardest = hardest_of(along, at);
    if (scenario.decision.rule == ChoiceRule::net_benefit) stated = acceptability(draws, scenario.decision.worth_gbp);
}

Decision::ByDraw Decision::by_draw(double worth) const {
    const auto k = static_cast<Eigen::Index>(scenario.draws.paths.size());
    const Eigen::Index n = scenario.draws.count() == 0 ? 0 : draws.draws() / replicates_per_draw;
    const Eigen::MatrixXd value = draws.net_benefit(worth);
    ByDraw out{Eigen::MatrixXd(n, k), Eigen::MatrixXd::Zero(n, value.cols())};
    for (Eigen::Index d = 0; d < n; ++d) {
        Scenario drawn = scenario_of(scenario, static_cast<std::uint32_t>(d * replicates_per_draw));
        for (const ParameterPlace& place : parameter_places(drawn))
            for (Eigen::Index c = 0; c < k; ++c)
                if (scenario.draws.paths[static_cast<std::size_t>(c)] == place.path) out.inputs(d, c) = *place.value;
        for (Eigen::Index i = 0; i < replicates_per_draw; ++i)
            out.value.row(d) += value.row(d * replicates_per_draw + i) / replicates_per_draw;
    }
    return out;
}

std::vector<Field> Decision::fields_of_draws() const {
    Scenario copy = scenario;
    std::vector<Field> out;
    const auto places = parameter_places(copy);
    for (const std::string& path : scenario.draws.paths)
        for (const ParameterPlace& place : places)
            if (place.path == path) out.push_back(place.field);
    return out;
}

}  // namespace hubs
