#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/results/page.h"
#include "analysis/results/tables/costs.h"
#include "analysis/results/tables/school_spending.h"

namespace hubs {
namespace {

using ByPlan = std::map<std::string, double>;

/// Which line costs most, where it is the same in every plan.
std::string costs_title(const Page& page, const std::map<CostLine, ByPlan>& spent) {
    std::set<std::string_view> dearest;
    for (const std::string& plan : page.facts.plans) {
        const auto most = std::max_element(spent.begin(), spent.end(), [&](const auto& a, const auto& b) {
            return a.second.at(plan) < b.second.at(plan);
        });
        if (!(most->second.at(plan) > 0)) return "Costs by line and plan";  // a plan that spends nothing
        dearest.insert(cost_lines[static_cast<std::size_t>(most->first)].label);
    }
    return dearest.size() == 1 ? std::string(*dearest.begin()) + " cost the most" : "Costs by line and plan";
}

}  // namespace

void Costs::section(Page& page) {
    const auto& plans = page.facts.plans;
    std::map<CostLine, ByPlan> spent;
    double most = 0;
    for (const Row& row : page.of<Costs>()) most = std::max(most, spent[row.line][row.plan] += row.gbp_discounted);
    const bool thousands = most < 1e6;  // a study of a few schools
    const std::string unit = thousands ? "GBP thousand" : "GBP million";
    nlohmann::ordered_json data = nlohmann::ordered_json::array();
    Chart c;
    c.id = "costs";
    c.table = {"costs", "Cost by line, present value", {{"line", "Cost line", "", 0}}, {}};
    for (const std::string& p : plans) c.table.columns.push_back({"plan", p, unit, 1});
    for (const auto& [line, by_plan] : spent) {
        const std::string label(cost_lines[static_cast<std::size_t>(line)].label);
        std::vector<Cell> cells{label};
        double sum = 0;
        for (const std::string& plan : plans) {
            const double amount = by_plan.at(plan) / (thousands ? 1e3 : 1e6);
            cells.emplace_back(amount);
            sum += amount;
            data.push_back({{"line", label}, {"plan", plan}, {"amount", amount}});
        }
        if (sum > 0) c.table.rows.push_back(cells);
    }
    c.title = costs_title(page, spent);
    c.subtitle = "Present value, " + unit + " over the whole run, by plan and line, " + page.facts.place;
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    values["unit"] = unit;
    c.spec = filled_chart(embedded::chart_costs, values, {{"rows", data}});
    page.chart(std::move(c), "", SchoolSpending::text(page));
}

}  // namespace hubs
