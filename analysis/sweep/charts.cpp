#include <algorithm>
#include <cmath>

#include "analysis/report/chart_parts.h"
#include "analysis/report/words.h"
#include "analysis/sweep/page.h"

namespace hubs {
namespace {

using chart::base;
using chart::colours;
using chart::Json;

constexpr std::size_t most_ranked = 15, most_curves = 9, most_pairs = 10;

/// An axis with room between its labels.
Json axis(const char* field, const std::string& title, bool zero = true) {
    Json out = chart::axis(field, title, zero);
    out["axis"] = {{"tickCount", 8}};
    return out;
}

bool has(const StudyTables& t, const std::string& name) {
    try {
        t.of(name);
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

/// Rows of one output, in order, with their columns by name.
std::vector<const std::vector<Cell>*> rows_of(const StudyTables& t, const std::string& name, const std::string& output) {
    return has(t, name) ? t.rows(name, {{"output", output}}) : std::vector<const std::vector<Cell>*>{};
}

Table only(const StudyTables& t, const std::string& name, const std::string& output) {
    Table out = t.of(name);
    out.rows.clear();
    out.title += ": " + output;
    for (const auto* row : t.rows(name, {{"output", output}})) out.rows.push_back(*row);
    return out;
}

/// Rows from the largest effect down, labelled so that no two are alike.
struct Order {
    std::vector<std::string> labels, paths;
};
Order order_of(const StudyTables& t, const std::string& output, std::size_t most) {
    Order o;
    const Table& r = t.of("ranking");
    for (const auto* row : rows_of(t, "ranking", output)) {
        if (o.labels.size() == most) break;
        std::string label = setting_label(text((*row)[r.column("meaning")]), text((*row)[r.column("factor")]));
        if (std::find(o.labels.begin(), o.labels.end(), label) != o.labels.end()) label = text((*row)[r.column("factor")]);
        o.labels.push_back(label);
        o.paths.push_back(text((*row)[r.column("factor")]));
    }
    return o;
}

Json nominal(const char* field, const std::vector<std::string>& order) {
    return {{"field", field}, {"type", "nominal"}, {"title", nullptr}, {"sort", order}, {"axis", {{"labelLimit", 420}}}};
}

std::string evidence_words(double padlocks) { return padlocks <= 0 ? "0 of 5: assumed" : fixed(padlocks, 0) + " of 5"; }

Chart ranking(const StudyTables& t, const std::string& output, const std::string& what, const std::string& id) {
    Chart c;
    c.id = id;
    const Table& r = t.of("ranking");
    const auto rows = rows_of(t, "ranking", output);
    const Order order = order_of(t, output, most_ranked);
    Json data = Json::array();
    std::size_t standing = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto at = [&](const char* name) { return number((*rows[i])[r.column(name)]); };
        standing += at("stands_out") > 0;
        if (i >= order.labels.size()) continue;
        data.push_back(
            {{"setting", order.labels[i]}, {"value", at("value")}, {"low", at("low")}, {"high", at("high")}, {"evidence", evidence_words(at("padlocks"))}});
    }
    const double threshold = number((*rows.front())[r.column("threshold")]);
    const std::string measure = text((*rows.front())[r.column("measure")]);
    c.title = standing == 0 ? "No setting stands out from luck"
                            : std::to_string(standing) + (standing == 1 ? " setting stands out: " : " settings stand out; first comes ") + "“" +
                                  order.labels.front() + "”";
    c.subtitle = what + ": " + measure + " of each setting, with 95 % intervals" +
                 (threshold > 0 ? ". Dashed: what luck, or a setting without effect, would show" : "") +
                 (rows.size() > most_ranked ? ". The first " + std::to_string(most_ranked) + " of " + std::to_string(rows.size()) : "");
    c.table = only(t, "ranking", output);
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = {{"step", 24}};
    spec["data"] = {{"values", data}};
    const Json y = nominal("setting", order.labels);
    const Json evidence{{"field", "evidence"}, {"type", "nominal"}, {"title", "Strength of evidence"}, {"scale", {{"range", chart::cycle(colours, 6)}}}};
    Json shape = evidence;
    shape["scale"] = {{"range", {"circle", "square", "diamond", "triangle-up", "cross", "triangle-down"}}};
    spec["layer"] = {{{"mark", {{"type", "rule"}, {"strokeWidth", 2}}},
                      {"encoding", {{"y", y}, {"x", axis("low", measure)}, {"x2", {{"field", "high"}}}, {"color", evidence}}}},
                     {{"mark", {{"type", "point"}, {"filled", true}, {"size", 70}, {"opacity", 1}}},
                      {"encoding", {{"y", y}, {"x", axis("value", measure)}, {"color", evidence}, {"shape", shape}}}}};
    if (threshold > 0) spec["layer"].push_back({{"mark", {{"type", "rule"}, {"strokeDash", {5, 4}}}}, {"encoding", {{"x", {{"datum", threshold}}}}}});
    c.spec = spec.dump();
    return c;
}

/// Mean output at the low and at the high end of each setting.
Chart ends(const StudyTables& t, const std::string& output, const std::string& what, const std::string& id) {
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
Chart curves(const StudyTables& t, const std::string& output, const std::string& what, const std::string& id) {
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

Chart pairs(const StudyTables& t, const std::string& output, const std::string& what, const std::string& id) {
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

/// Mean absolute effect beside the spread of effects.
Chart screening(const StudyTables& t, const std::string& output, const std::string& what, const std::string& id) {
    Chart c;
    c.id = id;
    c.table = only(t, "morris", output);
    const Table& m = t.of("morris");
    const Order order = order_of(t, output, 6);
    Json data = Json::array();
    std::size_t kept = 0;
    for (const auto& row : c.table.rows) {
        const auto at = [&](const char* name) { return number(row[m.column(name)]); };
        kept += at("kept") > 0;
        const auto found = std::find(order.paths.begin(), order.paths.end(), text(row[m.column("factor")]));
        data.push_back({{"mu", at("mu_star")},
                        {"sigma", at("sigma")},
                        {"sign", at("mu") < 0 ? "lowers it" : "raises it"},
                        {"label", found == order.paths.end() ? "" : std::to_string(found - order.paths.begin() + 1)}});
    }
    std::string named;
    for (std::size_t i = 0; i < order.labels.size(); ++i) named += (i == 0 ? "" : "; ") + std::to_string(i + 1) + " " + order.labels[i];
    c.title = std::to_string(kept) + " of " + std::to_string(c.table.rows.size()) + " settings cannot be left out";
    c.subtitle = what +
                 ": mean absolute effect of a setting over its whole range, and the spread of that effect over start points. A wide spread means "
                 "that the effect depends on other settings, on its own place, or on luck. " +
                 named;
    Json spec = base(c.subtitle);
    spec["width"] = "container";
    spec["height"] = 300;
    spec["data"] = {{"values", data}};
    const Json x = axis("mu", "Mean absolute effect"), y = axis("sigma", "Spread of effects");
    spec["layer"] = {
        {{"mark", {{"type", "point"}, {"filled", true}, {"size", 60}, {"opacity", 0.9}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"color",
            {{"field", "sign"},
             {"type", "nominal"},
             {"title", "More of it"},
             {"scale", {{"domain", {"raises it", "lowers it"}}, {"range", {colours[0], colours[1]}}}}}},
           {"shape",
            {{"field", "sign"},
             {"type", "nominal"},
             {"title", "More of it"},
             {"scale", {{"domain", {"raises it", "lowers it"}}, {"range", {"circle", "square"}}}}}}}}},
        {{"mark", {{"type", "text"}, {"dx", 9}, {"dy", -7}}}, {"encoding", {{"x", x}, {"y", y}, {"text", {{"field", "label"}, {"type", "nominal"}}}}}}};
    c.spec = spec.dump();
    return c;
}

/// Gain beside cost of every row, and the line of those that none beats.
Chart frontier(const StudyTables& t) {
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

}  // namespace

std::string setting_label(const std::string& meaning, const std::string& path) { return meaning.empty() || meaning.size() > 62 ? path : meaning; }

std::vector<Chart> sweep_charts(const StudyTables& t, const std::string& output, bool first) {
    std::vector<Chart> out;
    const auto outputs = rows_of(t, "outputs", output);
    if (outputs.empty() || !has(t, "ranking") || rows_of(t, "ranking", output).empty()) return out;
    const Table& o = t.of("outputs");
    const std::string of = text((*outputs.front())[o.column("of")]);
    const std::string against = text((*outputs.front())[o.column("against")]);
    const std::string what = text((*outputs.front())[o.column("label")]) + (of == "all" ? "" : " (" + of + ")") + " under “" +
                             text((*outputs.front())[o.column("plan")]) + "”" + (against.empty() ? "" : " less that under “" + against + "”");
    out.push_back(ranking(t, output, what, "ranking-" + output));
    if (!rows_of(t, "morris", output).empty() && first) out.push_back(screening(t, output, what, "screening-" + output));
    if (!rows_of(t, "response", output).empty()) {
        out.push_back(ends(t, output, what, "ends-" + output));
        if (first) out.push_back(curves(t, output, text((*outputs.front())[o.column("label")]), "curves-" + output));
    }
    if (!rows_of(t, "interactions", output).empty() && first) out.push_back(pairs(t, output, what, "pairs-" + output));
    if (has(t, "frontier") && !t.of("frontier").rows.empty() && first) out.insert(out.begin(), frontier(t));
    return out;
}

}  // namespace hubs
