#include <nlohmann/json.hpp>

#include "analysis/results/page.h"
#include "analysis/results/tables/attainment.h"
#include "analysis/results/tables/items_reported.h"

namespace hubs {
namespace {

constexpr const char* short_names[] = {"programme", "labour market", "each pupil", "curriculum",
                                       "employers", "workplaces",    "providers",  "guidance"};

}  // namespace

void ItemsReported::section(Page& page) {
    const auto& plans = page.facts.plans;
    nlohmann::ordered_json data = nlohmann::ordered_json::array();
    Chart c;
    c.id = "benchmarks";
    c.table = {"benchmarks", "Share achieving each benchmark at the end", {{"benchmark", "Benchmark", "", 0}}, {}};
    for (const std::string& p : plans) c.table.columns.push_back({"plan", p, "percent", 0});
    std::string hardest, last;
    double lowest = 1e9;
    for (unsigned b = 1; b <= benchmark_count; ++b) {
        const std::string number = std::to_string(b), measure = "share_b" + number;
        const std::string label = "B" + number + " " + short_names[b - 1];
        std::vector<Cell> line{label};
        for (const std::string& plan : plans) {
            double end = 0;
            for (const Attainment::Row& row : page.of<Attainment>()) {
                if (row.grouping != Grouping::all || row.measure != measure || row.plan != plan) continue;
                last = row.date;
                end = row.p50;
                data.push_back({{"plan", plan}, {"benchmark", label}, {"date", last}, {"share", end}});
            }
            line.emplace_back(end);
            if (end < lowest) lowest = end, hardest = number;
        }
        c.table.rows.push_back(std::move(line));
    }
    c.title = "Benchmark " + hardest + " is the hardest at the end";
    c.subtitle = "Establishments truly achieving each benchmark, percent (median of runs), " + page.facts.place +
                 ", to " + month_in_words(last) + ". A benchmark counts only when all of its items are met";
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    c.spec = filled_chart(embedded::chart_benchmarks, values, {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
