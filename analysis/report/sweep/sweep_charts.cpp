#include <cmath>

#include "analysis/report/sweep/chart_rows.h"

namespace hubs {
namespace {

using namespace sweep_chart;

constexpr std::size_t most_ranked = 15;

Chart ranking(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id) {
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

/// Mean absolute effect beside the spread of effects.
Chart screening(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id) {
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

}  // namespace

std::string setting_label(const std::string& meaning, const std::string& path) { return meaning.empty() || meaning.size() > 62 ? path : meaning; }

std::vector<Chart> sweep_charts(const SweepTables& t, const std::string& output, bool first) {
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
