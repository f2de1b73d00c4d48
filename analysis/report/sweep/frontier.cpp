#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/sweep/gathered.h"

namespace hubs {
namespace {

/// A heading for a setting: the last part of its path, numbered where two are alike.
std::string heading_of(const Factor& f, const std::vector<TableColumn>& taken) {
    const std::string name = f.path.substr(f.path.find_last_of("/.") + 1);
    std::string out = name;
    for (int n = 2; std::any_of(taken.begin(), taken.end(), [&](const TableColumn& c) { return c.name == out; }); ++n) out = name + "_" + std::to_string(n);
    return out;
}

std::size_t place_of(const Sweep& s, const std::string& output) {
    const auto found = std::find_if(s.outputs.begin(), s.outputs.end(), [&](const SweepOutput& o) { return o.name == output; });
    return static_cast<std::size_t>(found - s.outputs.begin());
}

}  // namespace

Table frontier_table(const SweepPlan& plan, const Gathered& runs) {
    const Sweep& s = plan.sweep;
    const std::size_t gain_at = place_of(s, s.frontier->gain), cost_at = place_of(s, s.frontier->cost);
    Table t{"frontier",
            "Rows of which no other gives more for less",
            {{"row", "Row", "", 0},
             {"cost", s.outputs[cost_at].label, s.outputs[cost_at].unit, s.outputs[cost_at].decimals},
             {"gain", s.outputs[gain_at].label, s.outputs[gain_at].unit, s.outputs[gain_at].decimals}},
            {}};
    for (const Factor& f : s.factors) t.columns.push_back({heading_of(f, t.columns), f.meaning, f.unit, 1});
    const Eigen::VectorXd gain = runs.outputs[gain_at].rowwise().mean(), cost = runs.outputs[cost_at].rowwise().mean();
    std::vector<Eigen::Index> order;
    for (Eigen::Index row = 0; row < gain.size(); ++row)
        if (std::isfinite(gain[row]) && std::isfinite(cost[row])) order.push_back(row);
    std::stable_sort(order.begin(), order.end(),
                     [&](Eigen::Index a, Eigen::Index b) { return cost[a] < cost[b] || (cost[a] == cost[b] && gain[a] > gain[b]); });
    double most = -std::numeric_limits<double>::infinity();
    for (const Eigen::Index row : order) {
        if (!(gain[row] > most)) continue;
        most = gain[row];
        std::vector<Cell> cells{static_cast<std::int64_t>(row), cost[row], gain[row]};
        for (const double v : row_values(s, plan.design, static_cast<std::size_t>(row))) cells.emplace_back(v);
        t.rows.push_back(std::move(cells));
    }
    return t;
}

Table cloud_table(const SweepPlan& plan, const Gathered& runs) {
    constexpr Eigen::Index most_points = 3000;
    const Sweep& s = plan.sweep;
    Table t{"cloud", "Cost and gain of rows", {{"cost", "Cost", "", 2}, {"gain", "Gain", "", 2}}, {}};
    const auto &gain = runs.outputs[place_of(s, s.frontier->gain)], &cost = runs.outputs[place_of(s, s.frontier->cost)];
    for (Eigen::Index row = 0; row < std::min(most_points, gain.rows()); ++row)
        if (gain.row(row).allFinite() && cost.row(row).allFinite()) t.rows.push_back({cost.row(row).mean(), gain.row(row).mean()});
    return t;
}

}  // namespace hubs
