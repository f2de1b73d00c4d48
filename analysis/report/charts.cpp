#include "analysis/report/charts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "analysis/report/words.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

// Palette of the Analysis Function, in its order; light ones are never used for text.
const std::vector<std::string> colours{"#12436D", "#F46A25", "#28A197", "#801650", "#A285D1", "#3D3D3D"};
const std::vector<std::string> shapes{"circle", "square", "triangle-up", "diamond", "cross", "triangle-down"};
const std::vector<std::vector<int>> dashes{{1, 0}, {7, 3}, {2, 2}, {9, 3, 2, 3}, {4, 4}, {12, 3}};

Json base(const std::string& description) { return {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"}, {"description", description}}; }
template <class T>
Json cycle(const std::vector<T>& values, std::size_t n) {
    Json out = Json::array();
    for (std::size_t i = 0; i < n; ++i) out.push_back(values[i % values.size()]);
    return out;
}
Json plan_colour(const std::vector<std::string>& plans, bool legend = true) {
    Json out{{"field", "plan"}, {"type", "nominal"}, {"scale", {{"domain", plans}, {"range", cycle(colours, plans.size())}}}};
    out["title"] = "Plan";
    if (!legend) out["legend"] = nullptr;
    return out;
}
Json plan_dash(const std::vector<std::string>& plans) {
    return {{"field", "plan"}, {"type", "nominal"}, {"title", "Plan"}, {"scale", {{"domain", plans}, {"range", cycle(dashes, plans.size())}}}};
}
Json axis(const char* field, const std::string& title, bool zero = true) {
    return {{"field", field}, {"type", "quantitative"}, {"title", title}, {"scale", {{"zero", zero}}}};
}

Chart paths(const StudyTables& t, const std::vector<std::string>& plans, const std::string& place) {
    Chart c;
    c.id = "paths";
    Json data = Json::array();
    Table table{"paths", "Benchmarks achieved at the end of each academic year", {{"date", "End of", "", 0}}, {}};
    for (const std::string& p : plans) table.columns.push_back({"plan", p + ": median (80 % range)", "benchmarks (0-8)", 2});
    std::map<std::string, std::vector<std::string>> by_date;
    std::string last;
    for (const std::string& plan : plans)
        for (const auto* row : t.rows("attainment", {{"plan", plan}, {"grouping", "all"}, {"measure", "benchmarks_mean"}})) {
            const Table& a = t.of("attainment");
            const auto at = [&](const char* name) { return number((*row)[a.column(name)]); };
            data.push_back({{"plan", plan},
                            {"date", text((*row)[a.column("date")])},
                            {"p50", at("p50")},
                            {"p2_5", at("p2_5")},
                            {"p10", at("p10")},
                            {"p25", at("p25")},
                            {"p75", at("p75")},
                            {"p90", at("p90")},
                            {"p97_5", at("p97_5")}});
            last = text((*row)[a.column("date")]);
            if (last.substr(5) == "07") by_date[last].push_back(fixed(at("p50"), 2) + " (" + fixed(at("p10"), 2) + " to " + fixed(at("p90"), 2) + ")");
        }
    for (auto& [date, cells] : by_date) {
        std::vector<Cell> row{month_in_words(date)};
        for (auto& cell : cells) row.emplace_back(cell);
        table.rows.push_back(std::move(row));
    }
    c.table = table;
    c.subtitle = "Mean number of the eight benchmarks truly achieved, " + place + ", by plan. Lines: median; bands: 50, 80 and 95 % of runs";
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = 340;
    spec["data"] = {{"values", data}};
    Json x{{"field", "date"}, {"type", "temporal"}, {"title", nullptr}, {"axis", {{"format", "%b %Y"}, {"labelAngle", 0}, {"tickCount", 6}}}};
    Json layers = Json::array();
    const std::vector<std::pair<const char*, const char*>> bands{{"p2_5", "p97_5"}, {"p10", "p90"}, {"p25", "p75"}};
    for (const auto& [low, high] : bands)
        layers.push_back({{"mark", {{"type", "area"}, {"opacity", 0.13}}},
                          {"encoding", {{"x", x}, {"y", axis(low, "Benchmarks (0 to 8)", false)}, {"y2", {{"field", high}}}, {"color", plan_colour(plans)}}}});
    layers.push_back(
        {{"mark", {{"type", "line"}, {"strokeWidth", 2.5}}},
         {"encoding", {{"x", x}, {"y", axis("p50", "Benchmarks (0 to 8)", false)}, {"color", plan_colour(plans)}, {"strokeDash", plan_dash(plans)}}}});
    spec["layer"] = layers;
    c.spec = spec.dump();
    // The title says which plan ends highest; a test reads the table and checks it.
    std::size_t best = 0;
    double highest = -1;
    for (std::size_t p = 0; p < plans.size(); ++p)
        for (const auto* row : t.rows("headline", {{"plan", plans[p]}})) {
            const double v = number((*row)[t.of("headline").column("benchmarks_mean")]);
            if (v > highest) highest = v, best = p;
        }
    c.title = plans.size() > 1 ? "“" + plans[best] + "” ends highest" : "Benchmarks achieved over time";
    return c;
}

/// A hundred dots: the quantiles of the difference, one dot for each percent of runs.
Chart dots(const StudyTables& t, const std::vector<std::string>& plans, const std::string& place) {
    Chart c;
    c.id = "difference";
    const Table& r = t.of("replicates");
    Json data = Json::array();
    Table table{"difference",
                "Difference from the reference",
                {{"plan", "Plan", "", 0},
                 {"ahead", "Runs ahead of the reference", "of 100", 0},
                 {"p10", "10th percentile", "benchmarks", 2},
                 {"p50", "Median", "benchmarks", 2},
                 {"p90", "90th percentile", "benchmarks", 2}},
                {}};
    const auto values = [&](const std::string& plan) {
        std::vector<double> out;
        for (const auto* row : t.rows("replicates", {{"plan", plan}})) out.push_back(number((*row)[r.column("benchmarks_mean")]));
        return out;
    };
    const auto reference = values(plans.front());
    bool all_ahead = true;
    for (std::size_t p = 1; p < plans.size(); ++p) {
        auto d = values(plans[p]);
        double ahead = 0;
        for (std::size_t i = 0; i < d.size(); ++i) {
            d[i] -= reference[i];
            ahead += (d[i] > 0) * 100.0 / static_cast<double>(d.size());
        }
        std::sort(d.begin(), d.end());
        const auto quantile = [&](double q) {
            const double at = q * static_cast<double>(d.size() - 1);
            const auto k = static_cast<std::size_t>(at);
            return d[k] + (at - static_cast<double>(k)) * (d[std::min(k + 1, d.size() - 1)] - d[k]);
        };
        const double step = std::max(1e-9, (quantile(1) - quantile(0)) / 24.0);
        std::map<long, int> stacked;
        for (int dot = 0; dot < 100; ++dot) {
            const long bin = std::lround(quantile((dot + 0.5) / 100.0) / step);
            data.push_back({{"plan", plans[p]}, {"difference", bin * step}, {"dot", ++stacked[bin]}});
        }
        all_ahead &= ahead >= 95;
        table.rows.push_back({plans[p], ahead, quantile(0.1), quantile(0.5), quantile(0.9)});
    }
    c.table = table;
    c.subtitle =
        "Benchmarks per establishment more than under “" + plans.front() + "” at the end of the run, " + place + ", same luck. Each dot: one run in a hundred";
    Json spec = base(c.subtitle);
    spec["data"] = {{"values", data}};
    spec["columns"] = 1;
    spec["facet"] = {{"field", "plan"},
                     {"type", "nominal"},
                     {"title", nullptr},
                     {"sort", std::vector<std::string>(plans.begin() + 1, plans.end())},
                     {"header", {{"labelAnchor", "start"}}}};
    spec["spec"] = {{"width", 700},
                    {"height", 80},
                    {"layer",
                     {{{"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}}}, {"encoding", {{"x", {{"datum", 0}}}}}},
                      {{"mark", {{"type", "circle"}, {"size", 34}, {"opacity", 1}}},
                       {"encoding",
                        {{"x", axis("difference", "More benchmarks per establishment")},
                         {"y", {{"field", "dot"}, {"type", "quantitative"}, {"axis", nullptr}}},
                         {"color", plan_colour(plans, false)}}}}}}};
    c.spec = spec.dump();
    c.title = all_ahead ? "Every alternative beats the reference in nearly all runs" : "Not every alternative beats the reference";
    return c;
}

/// Difference by group at the end, one panel a grouping, for the plan that is best.
Chart groups(const StudyTables& t, const std::string& plan, const std::string& reference, const std::string& place) {
    Chart c;
    c.id = "groups";
    const Table& d = t.of("differences");
    const std::vector<std::pair<std::string, std::string>> groupings{{"type", "Type"},   {"region", "Region"}, {"fsm_fifth", "Free school meals, fifth"},
                                                                     {"rural", "Place"}, {"ofsted", "Ofsted"}, {"start_level", "Benchmarks at the start"}};
    std::string last;
    for (const auto* row : t.rows("differences", {{"plan", plan}, {"grouping", "type"}, {"measure", "benchmarks_mean"}}))
        last = std::max(last, text((*row)[d.column("date")]));
    Json data = Json::array();
    Table table{"groups",
                "Difference by group",
                {{"grouping", "Grouping", "", 0},
                 {"group", "Group", "", 0},
                 {"p10", "10th percentile", "benchmarks", 2},
                 {"p50", "Median", "benchmarks", 2},
                 {"p90", "90th percentile", "benchmarks", 2}},
                {}};
    double least = 1e9;
    for (const auto& [name, label] : groupings)
        for (const auto* row : t.rows("differences", {{"plan", plan}, {"grouping", name}, {"measure", "benchmarks_mean"}, {"date", last}})) {
            const auto at = [&](const char* column) { return number((*row)[d.column(column)]); };
            std::string group = text((*row)[d.column("group")]);
            std::replace(group.begin(), group.end(), '_', ' ');
            data.push_back({{"grouping", label}, {"group", group}, {"p10", at("p10")}, {"p50", at("p50")}, {"p90", at("p90")}});
            table.rows.push_back({label, group, at("p10"), at("p50"), at("p90")});
            least = std::min(least, at("p50"));
        }
    c.table = table;
    c.subtitle =
        "Benchmarks more under “" + plan + "” than under “" + reference + "”, " + place + ", " + month_in_words(last) + ". Dot: median; bar: 80 % of runs";
    Json spec = base(c.subtitle);
    spec["data"] = {{"values", data}};
    spec["facet"] = {{"row",
                      {{"field", "grouping"},
                       {"type", "nominal"},
                       {"title", nullptr},
                       {"sort", nullptr},
                       {"header", {{"labelAngle", 0}, {"labelAlign", "left"}, {"labelOrient", "top"}, {"labelAnchor", "start"}}}}}};
    Json y{{"field", "group"}, {"type", "nominal"}, {"title", nullptr}, {"sort", nullptr}};
    spec["spec"] = {{"width", 460},
                    {"height", {{"step", 19}}},
                    {"layer",
                     {{{"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}}}, {"encoding", {{"x", {{"datum", 0}}}}}},
                      {{"mark", {{"type", "rule"}, {"strokeWidth", 5}, {"color", colours[0]}, {"opacity", 0.45}}},
                       {"encoding", {{"x", axis("p10", "More benchmarks per establishment")}, {"x2", {{"field", "p90"}}}, {"y", y}}}},
                      {{"mark", {{"type", "point"}, {"filled", true}, {"size", 70}, {"color", colours[0]}, {"opacity", 1}}},
                       {"encoding", {{"x", axis("p50", "More benchmarks per establishment")}, {"y", y}}}}}}};
    spec["resolve"] = {{"scale", {{"y", "independent"}}}};
    c.spec = spec.dump();
    c.title = least >= 0 ? "No group is worse off at the median" : "Some groups are worse off at the median";
    return c;
}

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

}  // namespace

const Table& StudyTables::of(const std::string& name) const {
    for (const Table& t : tables_)
        if (t.name == name) return t;
    throw std::runtime_error("the results hold no table " + name);
}

std::vector<const std::vector<Cell>*> StudyTables::rows(const std::string& name, const std::vector<std::pair<std::string, std::string>>& where) const {
    const Table& t = of(name);
    std::vector<std::size_t> columns;
    for (const auto& [column, value] : where) columns.push_back(t.column(column));
    std::vector<const std::vector<Cell>*> out;
    for (const auto& row : t.rows) {
        bool same = true;
        for (std::size_t i = 0; i < where.size() && same; ++i) {
            const auto* held = std::get_if<std::string>(&row[columns[i]]);
            same = held != nullptr ? *held == where[i].second : text(row[columns[i]]) == where[i].second;
        }
        if (same) out.push_back(&row);
    }
    return out;
}

double number(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    if (const auto* value = std::get_if<double>(&cell)) return *value;
    const std::string& t = std::get<std::string>(cell);
    return t.empty() ? std::nan("") : std::stod(t);
}

std::string text(const Cell& cell) { return cell_text(cell); }

std::vector<Chart> charts_of(const StudyTables& tables, const std::vector<std::string>& plans, const std::string& place) {
    static const std::vector<std::string> names{"programme", "labour market", "each pupil", "curriculum", "employers", "workplaces", "providers", "guidance"};
    std::vector<Chart> out{paths(tables, plans, place)};
    if (plans.size() > 1) {
        std::string best = plans[1];
        double most = -1e9;
        for (std::size_t p = 1; p < plans.size(); ++p)
            for (const auto* row : tables.rows("headline", {{"plan", plans[p]}})) {
                const double d = number((*row)[tables.of("headline").column("difference")]);
                if (d > most) most = d, best = plans[p];
            }
        out.push_back(dots(tables, plans, place));
        out.push_back(groups(tables, best, plans.front(), place));
    }
    out.push_back(benchmarks(tables, plans, place, names));
    out.push_back(costs(tables, plans, place));
    return out;
}

}  // namespace hubs
