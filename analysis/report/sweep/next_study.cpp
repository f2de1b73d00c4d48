#include "analysis/report/sweep/next_study.h"

#include <nlohmann/json.hpp>
#include <set>

#include "analysis/report/sweep/sweep_tables.h"

namespace hubs {

std::string next_study(const SweepPlan& plan, const std::vector<Table>& tables) {
    constexpr std::size_t most_kept = 16;
    if (plan.sweep.request.kind != DesignKind::morris || tables.empty() || tables.front().name != "ranking") return "";
    const SweepTables t(tables);
    const Table& ranking = t.of("ranking");
    std::set<std::string> kept;
    for (const auto* row : t.rows("ranking", {{"output", plan.sweep.outputs.front().name}}))
        if (number((*row)[ranking.column("stands_out")]) > 0 && kept.size() < most_kept)
            kept.insert(text((*row)[ranking.column("factor")]));
    if (kept.empty()) return "";
    auto study = nlohmann::ordered_json::parse(plan.sweep.inputs.front().text);
    study["name"] = plan.sweep.name + "-next";
    study["design"] = {
        {"kind", "sobol_indices"}, {"points", 64}, {"scrambles", 8}, {"seed", plan.sweep.request.seed + 1}};
    study["factors"] = nlohmann::ordered_json::array();
    for (std::size_t k = 0; k < plan.sweep.factors.size(); ++k) {
        const Factor& f = plan.sweep.factors[k];
        if (kept.count(plan.sweep.groups[plan.sweep.group_of[k]]) == 0) continue;
        nlohmann::ordered_json one{{"path", f.path}, {"low", f.low}, {"high", f.high}};
        if (f.logarithmic) one["scale"] = "logarithmic";
        if (!f.values.empty()) one["values"] = f.values;
        if (!f.group.empty()) one["group"] = f.group;
        study["factors"].push_back(std::move(one));
    }
    study.erase("shards");
    return study.dump(1) + "\n";
}

}  // namespace hubs
