#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/results/page.h"
#include "analysis/results/tables/costs.h"

namespace hubs {
namespace {

using ByPlan = std::map<std::string, double>;

/// The line that costs most in most plans, and in how many where not in all.
std::string dearest_line(const Page& page, const std::map<CostLine, ByPlan>& spent) {
    std::map<std::string, std::size_t> plans_of;
    for (const std::string& plan : page.facts.plans) {
        double sum = 0;
        for (const auto& [line, by_plan] : spent) sum += by_plan.at(plan);
        if (!(sum > 0)) return "Costs by line and plan";
        const auto most = std::max_element(spent.begin(), spent.end(), [&](const auto& a, const auto& b) {
            return a.second.at(plan) < b.second.at(plan);
        });
        ++plans_of[std::string(cost_lines[static_cast<std::size_t>(most->first)].label)];
    }
    const auto first = std::max_element(plans_of.begin(), plans_of.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    const std::size_t all = page.facts.plans.size();
    return plans_of.size() == 1 && first->second == all ? first->first + " cost the most" : "Costs by line and plan";
}

}  // namespace

void Costs::section(Page& page) {
    const auto& plans = page.facts.plans;
    std::map<CostLine, ByPlan> spent;
    for (const Row& row : page.of<Costs>()) spent[row.line][row.plan] += row.gbp_discounted / 1e6;
    nlohmann::ordered_json data = nlohmann::ordered_json::array();
    Chart c;
    c.id = "costs";
    c.table = {"costs", "Cost by line, present value", {{"line", "Cost line", "", 0}}, {}};
    for (const std::string& p : plans) c.table.columns.push_back({"plan", p, "GBP million", 1});
    for (const auto& [line, by_plan] : spent) {
        const std::string label(cost_lines[static_cast<std::size_t>(line)].label);
        std::vector<Cell> cells{label};
        double sum = 0;
        for (const std::string& plan : plans) {
            const double million = by_plan.at(plan);
            cells.emplace_back(million);
            sum += million;
            data.push_back({{"line", label}, {"plan", plan}, {"million", million}});
        }
        if (sum > 0) c.table.rows.push_back(cells);
    }
    c.title = dearest_line(page, spent);
    c.subtitle = "Present value, GBP million over the whole run, by plan and line, " + page.facts.place;
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    c.spec = filled_chart(embedded::chart_costs, values, {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
