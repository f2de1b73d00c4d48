#include <cmath>

#include "analysis/report/sweep/chart_rows.h"

namespace hubs::sweep_chart {
namespace {

constexpr std::size_t most_curves = 9, most_pairs = 10;

}  // namespace

/// Mean output at the low and at the high end of each setting.
Chart ends(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id) {
    Chart c;
    c.id = id;
    const Table& r = t.of("response");
    const Order order = order_of(t, output, 12);
    c.table = {"ends",
               "Mean output at both ends of each setting: " + output,
               {{"factor", "Setting", "", 0},
                {"low_value", "Low end", "", 4},
                {"high_value", "High end", "", 4},
                {"low", "Mean at the low end", "", 3},
                {"high", "Mean at the high end", "", 3}},
               {}};
    Json data = Json::array();
    for (std::size_t i = 0; i < order.paths.size(); ++i) {
        const auto bins = t.rows("response", {{"output", output}, {"factor", order.paths[i]}});
        if (bins.size() < 2) continue;
        const auto at = [&](const std::vector<Cell>* bin, const char* name) { return number((*bin)[r.column(name)]); };
        data.push_back({{"setting", order.labels[i]}, {"low", at(bins.front(), "mean")}, {"high", at(bins.back(), "mean")}});
        c.table.rows.push_back({order.paths[i], at(bins.front(), "middle"), at(bins.back(), "middle"), at(bins.front(), "mean"), at(bins.back(), "mean")});
    }
    if (data.empty()) return c;
    const double from = data[0]["low"], to = data[0]["high"];
    c.title = "From the low to the high end of “" + order.labels.front() + "” the mean goes from " + readable(from) + " to " + readable(to);
    c.subtitle = what + ": mean over all rows in the lowest tenth (circle) and the highest tenth (square) of each setting, everything else varying";
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = {{"step", 24}};
    spec["data"] = {{"values", data}};
    const Json y = nominal("setting", order.labels);
    const std::string short_title = what.substr(0, what.find(" under “"));
    const auto end = [&](const char* field, const char* shape, const std::string& colour) {
        return Json{{"mark", {{"type", "point"}, {"filled", true}, {"size", 75}, {"shape", shape}, {"color", colour}, {"opacity", 1}}},
                    {"encoding", {{"x", axis(field, short_title, false)}, {"y", y}}}};
    };
    spec["layer"] = {{{"mark", {{"type", "rule"}, {"strokeWidth", 4}, {"opacity", 0.45}}},
                      {"encoding", {{"x", axis("low", short_title, false)}, {"x2", {{"field", "high"}}}, {"y", y}}}},
                     end("low", "circle", colours[0]),
                     end("high", "square", colours[1])};
    c.spec = spec.dump();
    return c;
}

/// Small multiples of the mean along the settings that matter.
Chart curves(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id) {
    Chart c;
    c.id = id;
    const Table& r = t.of("response");
    const Order order = order_of(t, output, most_curves);
    c.table = only(t, "response", output);
    c.table.rows.clear();
    Json data = Json::array();
    std::vector<std::string> titles;
    for (std::size_t i = 0; i < order.paths.size(); ++i) {
        const auto bins = t.rows("response", {{"output", output}, {"factor", order.paths[i]}});
        const std::string title =
            std::to_string(i + 1) + ". " + (order.labels[i].size() > 34 ? order.paths[i].substr(order.paths[i].find_last_of("./") + 1) : order.labels[i]);
        titles.push_back(title);
        for (const auto* bin : bins) {
            const auto at = [&](const char* name) { return number((*bin)[r.column(name)]); };
            data.push_back({{"setting", title}, {"x", at("middle")}, {"mean", at("mean")}, {"low", at("low")}, {"high", at("high")}});
            c.table.rows.push_back(*bin);
        }
    }
    c.title = "How “" + what + "” follows each setting";
    c.subtitle = "Mean in ten equal groups of rows along each setting, with 95 % intervals, everything else varying. Settings in order of sensitivity";
    Json spec = base(c.subtitle);
    spec["data"] = {{"values", data}};
    spec["columns"] = 3;
    spec["facet"] = {{"field", "setting"}, {"type", "nominal"}, {"title", nullptr}, {"sort", titles}, {"header", {{"labelLimit", 240}}}};
    spec["resolve"] = {{"scale", {{"x", "independent"}}}};
    const Json x{{"field", "x"}, {"type", "quantitative"}, {"title", nullptr}, {"scale", {{"zero", false}}}, {"axis", {{"tickCount", 4}}}};
    spec["spec"] = {
        {"height", 110},
        {"layer",
         {{{"mark", {{"type", "area"}, {"opacity", 0.3}, {"color", colours[0]}}},
           {"encoding",
            {{"x", x}, {"y", {{"field", "low"}, {"type", "quantitative"}, {"title", nullptr}, {"scale", {{"zero", false}}}}}, {"y2", {{"field", "high"}}}}}},
          {{"mark", {{"type", "line"}, {"color", colours[0]}, {"point", {{"color", colours[0]}, {"size", 18}}}}},
           {"encoding", {{"x", x}, {"y", {{"field", "mean"}, {"type", "quantitative"}, {"title", nullptr}, {"scale", {{"zero", false}}}}}}}}}}};
    c.spec = spec.dump();
    return c;
}

Chart pairs(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id) {
    Chart c;
    c.id = id;
    const Table& r = t.of("interactions");
    const Order order = order_of(t, output, most_pairs);
    c.table = only(t, "interactions", output);
    std::stable_sort(c.table.rows.begin(), c.table.rows.end(),
                     [&](const auto& a, const auto& b) { return number(a[r.column("share")]) > number(b[r.column("share")]); });
    const auto label = [&](const std::string& path) {
        const auto found = std::find(order.paths.begin(), order.paths.end(), path);
        return found == order.paths.end() ? std::string() : order.labels[static_cast<std::size_t>(found - order.paths.begin())];
    };
    Json data = Json::array();
    double sum = 0;
    for (const auto& row : c.table.rows) {
        const std::string a = label(text(row[r.column("a")])), b = label(text(row[r.column("b")]));
        const double share = number(row[r.column("share")]);
        sum += share;
        if (a.empty() || b.empty()) continue;
        data.push_back({{"a", a}, {"b", b}, {"share", share}, {"label", fixed(share, 1)}});
        data.push_back({{"a", b}, {"b", a}, {"share", share}, {"label", fixed(share, 1)}});
    }
    c.title = sum < 2 ? "Settings hardly act together" : "Pairs of settings explain " + fixed(sum, 0) + " % beyond what each does alone";
    c.subtitle = what + ": percent of the variance between rows that a smooth effect of two settings together explains beyond each alone";
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = {{"step", 30}};
    spec["data"] = {{"values", data}};
    Json x = nominal("b", order.labels);
    x["axis"] = {{"labelAngle", -35}, {"labelLimit", 150}};
    Json y = nominal("a", order.labels);
    y["axis"]["labelLimit"] = 300;
    const double largest = data.empty() ? 1.0 : number(c.table.rows.front()[r.column("share")]);
    spec["layer"] = {
        {{"mark", {{"type", "rect"}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"color", {{"field", "share"}, {"type", "quantitative"}, {"title", "percent"}, {"scale", {{"range", {"#eef3f8", "#12436D"}}, {"zero", true}}}}}}}},
        {{"mark", {{"type", "text"}, {"fontSize", 11}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"text", {{"field", "label"}, {"type", "nominal"}}},
           {"color", {{"condition", {{"test", "datum.share > " + std::to_string(0.5 * largest)}, {"value", "#ffffff"}}}, {"value", "#1f1f1f"}}}}}}};
    c.spec = spec.dump();
    return c;
}

/// Gain beside cost of every row, and the line of those that none beats.
Chart frontier(const SweepTables& t) {
    Chart c;
    c.id = "frontier";
    c.table = t.of("frontier");
    const Table& f = c.table;
    const bool money = f.columns[1].unit.starts_with("GBP");
    const double scale = money ? 1e-6 : 1.0;
    Json all = Json::array(), best = Json::array();
    std::size_t rows = 0;
    for (const auto& row : t.of("cloud").rows) {
        ++rows;
        all.push_back({{"cost", scale * number(row[0])}, {"gain", number(row[1])}});
    }
    for (const auto& row : f.rows) best.push_back({{"cost", scale * number(row[1])}, {"gain", number(row[2])}});
    c.title = fixed(static_cast<double>(f.rows.size()), 0) + " of " + fixed(static_cast<double>(rows), 0) + " ways to make up hubs are beaten by no other";
    const std::string x = f.columns[1].label + (money ? ", million GBP" : ""), y = f.columns[2].label;
    c.subtitle = y + " beside " + x + ", a point a row, mean over luck. Line: rows of which none other gives more for less";
    Json spec = chart::base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = 340;
    spec["layer"] = {{{"data", {{"values", all}}},
                      {"mark", {{"type", "point"}, {"filled", true}, {"size", 14}, {"opacity", 0.45}, {"color", colours[4]}}},
                      {"encoding", {{"x", axis("cost", x, false)}, {"y", axis("gain", y, false)}}}},
                     {{"data", {{"values", best}}},
                      {"mark", {{"type", "line"}, {"color", colours[0]}, {"strokeWidth", 2}, {"point", {{"color", colours[0]}, {"size", 45}}}}},
                      {"encoding", {{"x", axis("cost", x, false)}, {"y", axis("gain", y, false)}}}}};
    c.spec = spec.dump();
    return c;
}

}  // namespace hubs::sweep_chart
