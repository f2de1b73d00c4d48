#include <algorithm>
#include <cmath>

#include "analysis/report/chart_parts.h"
#include "analysis/report/words.h"

namespace hubs::chart {
namespace {

constexpr std::size_t most_bars = 12;

/// A table's rows with some of its columns.
Table chosen(const Table& from, const char* title, const std::vector<std::string>& columns) {
    Table out{from.name, title, {}, {}};
    for (const auto& name : columns) out.columns.push_back(from.columns[from.column(name)]);
    for (const auto& row : from.rows) {
        std::vector<Cell> line;
        for (const auto& name : columns) line.push_back(row[from.column(name)]);
        out.rows.push_back(std::move(line));
    }
    return out;
}

}  // namespace

Chart value(const StudyTables& t, const std::vector<std::string>& plans, const std::string& place) {
    Chart c;
    c.id = "value";
    const Table& a = t.of("acceptability");
    Json data = Json::array(), best = Json::array();
    std::vector<std::string> optimal;
    for (const auto& row : a.rows) {
        const Json point{{"plan", text(row[a.column("plan")])}, {"worth", number(row[a.column("worth_gbp")])}, {"best", number(row[a.column("best_percent")])}};
        data.push_back(point);
        if (number(row[a.column("optimal")]) < 1) continue;
        best.push_back(point);
        if (optimal.empty() || optimal.back() != text(row[a.column("plan")])) optimal.push_back(text(row[a.column("plan")]));
    }
    c.table = chosen(a, "Net benefit and chance of being the best value",
                     {"worth_gbp", "plan", "expected_gbp", "best_percent", "expected_loss_gbp", "perfect_information_gbp"});
    c.subtitle = "Runs in which each plan has the highest net benefit, percent, by what a year of one benchmark in one school is taken to be worth, " + place +
                 ". Rings: the plan of highest expected net benefit";
    c.title = optimal.size() > 1 ? "The best value depends on what a benchmark is worth" : "“" + optimal.front() + "” is the best value throughout";
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = 300;
    spec["data"] = {{"values", data}};
    const Json x = axis("worth", "Pounds that a benchmark-year is worth"), y = axis("best", "Best value in, percent of runs");
    spec["layer"] = {{{"mark", {{"type", "line"}, {"strokeWidth", 2.5}}},
                      {"encoding", {{"x", x}, {"y", y}, {"color", plan_colour(plans)}, {"strokeDash", plan_dash(plans)}}}},
                     {{"data", {{"values", best}}},
                      {"mark", {{"type", "point"}, {"size", 70}, {"strokeWidth", 2}}},
                      {"encoding", {{"x", x}, {"y", y}, {"color", plan_colour(plans)}}}}};
    c.spec = spec.dump();
    return c;
}

Chart tornado(const StudyTables& t, const std::string& place) {
    Chart c;
    c.id = "assumptions-that-matter";
    const Table& s = t.of("switching");
    Json data = Json::array();
    std::vector<std::string> order;
    std::string leader;
    for (std::size_t r = 0; r < std::min(most_bars, s.rows.size()); ++r) {
        const auto& row = s.rows[r];
        const auto at = [&](const char* name) { return number(row[s.column(name)]); };
        const double locks = at("padlocks");
        const std::string label = text(row[s.column("meaning")]) + " (evidence " + fixed(locks, 0) + ")";
        leader = text(row[s.column("leader")]);
        order.push_back(label);
        data.push_back({{"assumption", label},
                        {"low", at("difference_low")},
                        {"high", at("difference_high")},
                        {"evidence", locks <= 0 ? "0 of 5: assumed" : fixed(locks, 0) + " of 5"},
                        {"at_low", "low"},
                        {"at_high", "high"}});
    }
    c.table = chosen(s, "Every assumption tried, one at a time",
                     {"meaning", "padlocks", "unit", "value", "low", "high", "difference_low", "difference_high", "lead_low", "lead_high", "switches_at"});
    const double middle = number(s.rows.front()[s.column("difference")]);
    c.subtitle =
        "Benchmarks per establishment that “" + leader + "” adds over the reference, " + place +
        ", with one assumption at a time at the low (circle) and the high (square) end of its range. Line: with all in the middle. The twelve that move it most";
    const std::string most = text(s.rows.front()[s.column("meaning")]);
    c.title = "“" + most + "” moves the answer most";
    if (most.size() > 40) c.title = "What one assumption at a time does to the gain";
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = {{"step", 26}};
    spec["data"] = {{"values", data}};
    const Json y{{"field", "assumption"}, {"type", "nominal"}, {"title", nullptr}, {"sort", order}, {"axis", {{"labelLimit", 420}}}};
    const Json evidence{{"field", "evidence"},
                        {"type", "nominal"},
                        {"title", "Strength of evidence"},
                        {"scale", {{"range", {colours[1], colours[0], colours[2], colours[3]}}}}};
    const auto end = [&](const char* field, const char* shape) {
        return Json{{"mark", {{"type", "point"}, {"filled", true}, {"size", 75}, {"shape", shape}, {"opacity", 1}}},
                    {"encoding", {{"x", axis(field, "More benchmarks per establishment")}, {"y", y}, {"color", evidence}}}};
    };
    spec["layer"] = {{{"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}}}, {"encoding", {{"x", {{"datum", middle}}}}}},
                     {{"mark", {{"type", "rule"}, {"strokeWidth", 5}, {"opacity", 0.5}}},
                      {"encoding", {{"x", axis("low", "More benchmarks per establishment")}, {"x2", {{"field", "high"}}}, {"y", y}, {"color", evidence}}}},
                     end("low", "circle"),
                     end("high", "square")};
    c.spec = spec.dump();
    return c;
}

Chart map(const StudyTables& t, const std::string& plan, const std::string& reference, const std::string& place) {
    Chart c;
    c.id = "map";
    const Table& d = t.of("differences");
    const Table& areas = t.of("areas");
    std::string last;
    for (const auto* row : t.rows("differences", {{"plan", plan}, {"grouping", "area"}, {"measure", "benchmarks_mean"}}))
        last = std::max(last, text((*row)[d.column("date")]));
    Json data = Json::array();
    Table table{"map",
                "Gain by area",
                {{"area", "Area", "", 0},
                 {"establishments", "Establishments", "", 0},
                 {"p10", "10th percentile", "benchmarks", 2},
                 {"p50", "Median", "benchmarks", 2},
                 {"p90", "90th percentile", "benchmarks", 2}},
                {}};
    for (const auto& area : areas.rows)
        for (const auto* row :
             t.rows("differences", {{"plan", plan}, {"grouping", "area"}, {"group", text(area[0])}, {"measure", "benchmarks_mean"}, {"date", last}})) {
            const double gain = number((*row)[d.column("p50")]);
            data.push_back({{"area", text(area[0])},
                            {"establishments", number(area[1])},
                            {"east", number(area[2])},
                            {"north", number(area[3])},
                            {"gain", gain},
                            {"label", fixed(gain, 1)}});
            table.rows.push_back({text(area[0]), number(area[1]), number((*row)[d.column("p10")]), gain, number((*row)[d.column("p90")])});
        }
    std::stable_sort(table.rows.begin(), table.rows.end(), [](const auto& a, const auto& b) { return std::get<double>(a[3]) > std::get<double>(b[3]); });
    c.table = table;
    c.subtitle = "Benchmarks more under “" + plan + "” than under “" + reference + "”, by area, " + place + ", " + month_in_words(last) +
                 ", median of runs. Circles stand at the middle of an area's establishments; their size follows the number of establishments";
    c.title = table.rows.empty() ? "Gain by area" : text(table.rows.front()[0]) + " gains most";
    Json spec = base(c.subtitle);
    spec["width"] = 420;
    spec["height"] = 520;
    spec["data"] = {{"values", data}};
    const Json x{{"field", "east"}, {"type", "quantitative"}, {"axis", nullptr}, {"scale", {{"zero", false}, {"nice", false}, {"padding", 24}}}};
    const Json y{{"field", "north"}, {"type", "quantitative"}, {"axis", nullptr}, {"scale", {{"zero", false}, {"nice", false}, {"padding", 24}}}};
    spec["layer"] = {
        {{"mark", {{"type", "circle"}, {"opacity", 1}, {"stroke", "#808080"}, {"strokeWidth", 0.7}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"size", {{"field", "establishments"}, {"type", "quantitative"}, {"title", "Establishments"}, {"scale", {{"range", {300, 1500}}}}}},
           {"color",
            {{"field", "gain"}, {"type", "quantitative"}, {"title", "More benchmarks"}, {"scale", {{"range", {"#e3edf6", "#12436D"}}, {"zero", true}}}}}}}},
        {{"mark", {{"type", "text"}, {"fontSize", 10.5}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"text", {{"field", "label"}, {"type", "nominal"}}},
           {"color",
            {{"condition",
              {{"test", "datum.gain > 0.5 * " + std::to_string(table.rows.empty() ? 1.0 : std::get<double>(table.rows.front()[3]))}, {"value", "#ffffff"}}},
             {"value", "#1f1f1f"}}}}}}};
    c.spec = spec.dump();
    return c;
}

}  // namespace hubs::chart
