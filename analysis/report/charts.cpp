#include "analysis/report/charts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "analysis/report/chart_parts.h"
#include "analysis/report/words.h"

namespace hubs {
namespace {

using namespace chart;

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

}  // namespace

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
        if (tables.of("areas").rows.size() > 2) out.push_back(map(tables, best, plans.front(), place));
    }
    out.push_back(benchmarks(tables, plans, place, names));
    out.push_back(costs(tables, plans, place));
    if (!tables.of("acceptability").rows.empty()) out.push_back(value(tables, plans, place));
    if (!tables.of("switching").rows.empty()) out.push_back(tornado(tables, place));
    if (!tables.of("fit").rows.empty()) out.push_back(fit(tables));
    return out;
}

}  // namespace hubs
