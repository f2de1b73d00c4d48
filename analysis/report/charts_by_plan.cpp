#include <algorithm>
#include <map>

#include "analysis/report/chart_parts.h"
#include "analysis/report/words.h"

namespace hubs::chart {

Chart benchmarks(const StudyTables& t, const std::vector<std::string>& plans, const std::string& place, const std::vector<std::string>& names) {
    Chart c;
    c.id = "benchmarks";
    const Table& a = t.of("attainment");
    Json data = Json::array();
    Table table{"benchmarks", "Share achieving each benchmark at the end", {{"benchmark", "Benchmark", "", 0}}, {}};
    for (const std::string& p : plans) table.columns.push_back({"plan", p, "percent", 0});
    std::string hardest, last;
    double lowest = 1e9;
    for (unsigned b = 0; b < 8; ++b) {
        const std::string label = "B" + std::to_string(b + 1) + " " + names[b];
        std::vector<Cell> line{label};
        for (const std::string& plan : plans) {
            double end = 0;
            for (const auto* row : t.rows("attainment", {{"plan", plan}, {"grouping", "all"}, {"measure", "share_b" + std::to_string(b + 1)}})) {
                last = text((*row)[a.column("date")]);
                end = number((*row)[a.column("p50")]);
                data.push_back({{"plan", plan}, {"benchmark", label}, {"date", last}, {"share", end}});
            }
            line.emplace_back(end);
            if (end < lowest) lowest = end, hardest = std::to_string(b + 1);
        }
        table.rows.push_back(std::move(line));
    }
    c.table = table;
    c.subtitle = "Establishments truly achieving each benchmark, percent (median of runs), " + place + ", to " + month_in_words(last) +
                 ". A benchmark counts only when all of its items are met";
    Json spec = base(c.subtitle);
    spec["data"] = {{"values", data}};
    spec["columns"] = 4;
    spec["facet"] = {
        {"field", "benchmark"}, {"type", "nominal"}, {"title", nullptr}, {"header", {{"labelLimit", 190}, {"labelAnchor", "start"}, {"labelFontSize", 11}}}};
    spec["spec"] = {{"width", 150},
                    {"height", 110},
                    {"mark", {{"type", "line"}, {"strokeWidth", 2}}},
                    {"encoding",
                     {{"x", {{"field", "date"}, {"type", "temporal"}, {"title", nullptr}, {"axis", {{"format", "%Y"}, {"tickCount", 3}}}}},
                      {"y", axis("share", "percent")},
                      {"color", plan_colour(plans)},
                      {"strokeDash", plan_dash(plans)}}}};
    c.spec = spec.dump();
    c.title = "Benchmark " + hardest + " stays the hardest";
    return c;
}

Chart costs(const StudyTables& t, const std::vector<std::string>& plans, const std::string& place) {
    Chart c;
    c.id = "costs";
    const Table& a = t.of("costs");
    std::map<std::string, std::map<std::string, double>> spent;
    std::vector<std::string> lines;
    for (const auto& row : a.rows) {
        const std::string line = text(row[a.column("label")]);
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
        spent[line][text(row[a.column("plan")])] += number(row[a.column("gbp_discounted")]) / 1e6;
    }
    Json data = Json::array();
    Table table{"costs", "Cost by line, present value", {{"line", "Cost line", "", 0}}, {}};
    for (const std::string& p : plans) table.columns.push_back({"plan", p, "GBP million", 1});
    std::string largest;
    double most = -1;
    for (const std::string& line : lines) {
        std::vector<Cell> row{line};
        double sum = 0;
        for (const std::string& plan : plans) {
            row.emplace_back(spent[line][plan]);
            sum += spent[line][plan];
            data.push_back({{"line", line}, {"plan", plan}, {"million", spent[line][plan]}});
        }
        if (sum > 0) table.rows.push_back(row);
        if (sum > most) most = sum, largest = line;
    }
    c.table = table;
    c.subtitle = "Present value, GBP million over the whole run, by plan and line, " + place;
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = {{"step", 17}};
    spec["data"] = {{"values", data}};
    spec["transform"] = {{{"filter", "datum.million > 0"}}};
    spec["mark"] = {{"type", "bar"}};
    spec["encoding"] = {{"y", {{"field", "line"}, {"type", "nominal"}, {"title", nullptr}, {"sort", "-x"}}},
                        {"yOffset", {{"field", "plan"}, {"sort", plans}}},
                        {"x", axis("million", "GBP million")},
                        {"color", plan_colour(plans)}};
    c.spec = spec.dump();
    c.title = largest + " cost the most";
    return c;
}

}  // namespace hubs::chart
