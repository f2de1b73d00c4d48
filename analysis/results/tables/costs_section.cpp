#include <map>
#include <nlohmann/json.hpp>

#include "analysis/results/page.h"
#include "analysis/results/tables/costs.h"

namespace hubs {

void Costs::section(Page& page) {
    const auto& plans = page.facts.plans;
    std::map<CostLine, std::map<std::string, double>> spent;
    for (const Row& row : page.of<Costs>()) spent[row.line][row.plan] += row.gbp_discounted / 1e6;
    nlohmann::ordered_json data = nlohmann::ordered_json::array();
    Chart c;
    c.id = "costs";
    c.table = {"costs", "Cost by line, present value", {{"line", "Cost line", "", 0}}, {}};
    for (const std::string& p : plans) c.table.columns.push_back({"plan", p, "GBP million", 1});
    std::string largest;
    double most = -1;
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
        if (sum > most) most = sum, largest = label;
    }
    c.title = largest + " cost the most";
    c.subtitle = "Present value, GBP million over the whole run, by plan and line, " + page.facts.place;
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    c.spec = filled_chart(embedded::chart_costs, values, {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
