#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/results/sentences.h"
#include "analysis/results/tables/fit.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// The columns people read; the range in one.
Table readable(const std::vector<Fit::Row>& rows) {
    Table out{"fit_shown",
              "Published figures beside predictions, furthest first",
              {{"figure", "Published figure", "", 0},
               {"use", "Use", "", 0},
               {"published", "Published", "", 2},
               {"predicted", "Predicted", "", 2},
               {"range", "95 % interval", "", 0},
               {"distance", "Distance", "predictive standard deviations", 1}},
              {}};
    for (const Fit::Row& row : rows)
        out.rows.push_back({row.target + " " + row.quantity + " – " + row.group + " (" + row.unit + ")", row.use,
                            row.published, row.predicted, fixed(row.p2_5, 2) + " to " + fixed(row.p97_5, 2),
                            row.distance});
    return out;
}

/// Figures by their use: how many there are, and how many lie inside.
std::string share_inside(const std::vector<Fit::Row>& rows, const char* use) {
    std::size_t inside = 0, all = 0;
    for (const Fit::Row& row : rows)
        if (row.use == use) ++all, inside += row.inside();
    return std::to_string(inside) + " of " + std::to_string(all);
}

Chart fit_chart(const std::vector<Fit::Row>& rows) {
    Chart c;
    c.id = "fit";
    c.table = readable(rows);
    Json data = Json::array();
    std::vector<std::string> order;
    for (const Fit::Row& row : rows) {
        const double sd = (row.p97_5 - row.p2_5) / 3.92;
        if (!(sd > 0)) continue;
        const auto scaled = [&](double value) { return std::clamp((value - row.published) / sd, -6.0, 6.0); };
        std::string label = row.target + " " + row.quantity + ", " + row.group;
        if (std::find(order.begin(), order.end(), label) != order.end()) label += " (2)";
        order.push_back(label);
        data.push_back({{"figure", label},
                        {"use", row.use},
                        {"predicted", scaled(row.predicted)},
                        {"low", scaled(row.p2_5)},
                        {"high", scaled(row.p97_5)}});
    }
    c.title = "In the calibration " + share_inside(rows, "fitted") +
              " fitted figures lie inside 95 % of predictions, " + share_inside(rows, "held out") +
              " held-out figures inside 90 %";
    c.subtitle =
        "Predicted less published, in predictive standard deviations, with 95 % intervals; the line at 0 is the "
        "published figure. Published figures of 2018 to 2023. Cut off at 6; figures that all runs meet alike stand in "
        "the table alone. An interval holds the figure's own error, so that of a share may pass 100 %. Partly held out: " +
        share_inside(rows, "partly held out") + " inside 90 %; these also set which items are met at the start";
    c.spec = filled_chart(embedded::chart_fit, {{"description", c.subtitle}, {"order", order}}, {{"rows", data}});
    return c;
}

}  // namespace

void Fit::section(Page& page) {
    const auto& rows = page.of<Fit>();
    if (rows.empty()) return;
    Chart c = fit_chart(rows);
    Table missed = c.table;
    missed.rows.clear();
    for (std::size_t r = 0; r < rows.size(); ++r)
        if (!rows[r].inside()) missed.rows.push_back(c.table.rows[r]);
    std::string unknown;
    for (const Identified::Row& row : page.of<Identified>())
        if (row.identified < 1)
            unknown += (unknown.empty() ? "“" : ", “") + escaped(meaning_of(row.parameter, page)) + "”";
    page.chart(
        std::move(c),
        missed.rows.empty() ? "<p>No figure is missed.</p>"
                            : table_html(missed, "Missed: " + std::to_string(missed.rows.size())),
        "<p>Not identified by these figures, so about as uncertain as before: " + (unknown.empty() ? "none" : unknown) +
            ".</p>" + page.table<Identified>("What the figures tell about each parameter", closed));
}

}  // namespace hubs
