#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/report/chart_parts.h"
#include "analysis/report/words.h"

namespace hubs::chart {
namespace {

/// The columns people read; the range in one.
Table readable(const Table& fit) {
    Table out{"fit_shown",
              "Published figures beside predictions, furthest first",
              {{"figure", "Published figure", "", 0},
               {"use", "Use", "", 0},
               {"published", "Published", "", 2},
               {"predicted", "Predicted", "", 2},
               {"range", "95 % interval", "", 0},
               {"distance", "Distance", "predictive standard deviations", 1}},
              {}};
    for (const auto& row : fit.rows) {
        const auto at = [&](const char* c) { return row[fit.column(c)]; };
        out.rows.push_back({text(at("target")) + " " + text(at("quantity")) + " – " + text(at("group")) + " (" + text(at("unit")) + ")", at("use"),
                            number(at("published")), number(at("predicted")), fixed(number(at("p2_5")), 2) + " to " + fixed(number(at("p97_5")), 2),
                            number(at("distance"))});
    }
    return out;
}

}  // namespace

bool fits(const Table& fit, const std::vector<Cell>& row) {
    const bool has_90 = std::any_of(fit.columns.begin(), fit.columns.end(), [](const TableColumn& c) { return c.name == "inside_90"; });  // folders of before
    return number(row[fit.column(has_90 && text(row[fit.column("use")]) != "fitted" ? "inside_90" : "inside_95")]) > 0;
}

Chart fit(const StudyTables& t) {
    Chart c;
    c.id = "fit";
    const Table& f = t.of("fit");
    c.table = readable(f);
    const std::vector<std::string> uses{"fitted", "held out", "partly held out"};
    std::array<int, 3> inside{}, all{};
    Json data = Json::array(), order = Json::array();
    for (const auto& row : f.rows) {
        const auto at = [&](const char* name) { return number(row[f.column(name)]); };
        const auto use = static_cast<std::size_t>(std::find(uses.begin(), uses.end(), text(row[f.column("use")])) - uses.begin());
        ++all.at(use);
        inside.at(use) += fits(f, row);
        const double sd = (at("p97_5") - at("p2_5")) / 3.92;
        if (!(sd > 0)) continue;
        const auto scaled = [&](const char* name) { return std::clamp((at(name) - at("published")) / sd, -6.0, 6.0); };
        std::string label = text(row[f.column("target")]) + " " + text(row[f.column("quantity")]) + ", " + text(row[f.column("group")]);
        if (std::find(order.begin(), order.end(), label) != order.end()) label += " (2)";
        order.push_back(label);
        data.push_back(
            {{"figure", label}, {"use", text(row[f.column("use")])}, {"predicted", scaled("predicted")}, {"low", scaled("p2_5")}, {"high", scaled("p97_5")}});
    }
    const auto share = [&](std::size_t use) { return std::to_string(inside.at(use)) + " of " + std::to_string(all.at(use)); };
    c.title = share(0) + " fitted figures lie inside 95 % of predictions, " + share(1) + " held-out figures inside 90 %";
    c.subtitle =
        "Predicted less published, in predictive standard deviations, with 95 % intervals; the line at 0 is the published figure. "
        "Published figures of 2018 to 2023. Cut off at 6; "
        "figures that all runs meet alike stand in the table alone. Partly held out: " +
        share(2) + " inside 90 %; these also set which items are met at the start";
    Json spec = base(c.subtitle);
    spec["data"] = {{"values", data}};
    spec["width"] = 330;
    spec["height"] = {{"step", 15}};
    const Json y{{"field", "figure"}, {"type", "nominal"}, {"sort", order}, {"title", nullptr}, {"axis", {{"labelLimit", 420}, {"labelFontSize", 10}}}};
    const Json colour{{"field", "use"}, {"type", "nominal"}, {"title", "Use"}, {"scale", {{"domain", uses}, {"range", {colours[0], colours[1], colours[2]}}}}};
    Json rule{{"mark", {{"type", "rule"}, {"strokeWidth", 2}}},
              {"encoding",
               {{"y", y},
                {"x", {{"field", "low"}, {"type", "quantitative"}, {"title", "predicted less published"}}},
                {"x2", {{"field", "high"}}},
                {"color", colour}}}};
    Json point{{"mark", {{"type", "point"}, {"filled", true}, {"size", 45}}},
               {"encoding",
                {{"y", y},
                 {"x", {{"field", "predicted"}, {"type", "quantitative"}}},
                 {"color", colour},
                 {"shape",
                  {{"field", "use"}, {"type", "nominal"}, {"title", "Use"}, {"scale", {{"domain", uses}, {"range", {"circle", "diamond", "triangle-up"}}}}}}}}};
    Json zero{{"data", {{"values", Json::array({{{"x", 0}}})}}},
              {"mark", {{"type", "rule"}, {"color", "#3D3D3D"}}},
              {"encoding", {{"x", {{"field", "x"}, {"type", "quantitative"}}}}}};
    spec["layer"] = Json::array({zero, rule, point});
    c.spec = spec.dump();
    return c;
}

}  // namespace hubs::chart
