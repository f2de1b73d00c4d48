#include "analysis/results/tables/gains.h"

#include <algorithm>

#include "analysis/page/area_outlines.h"
#include "analysis/results/tables/areas.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// An area with its gain.
struct AreaGain {
    const Areas::Row* area;
    const Differences::Row* gain;
};

/// From pale to dark with the gain; where areas lose, orange to the pale of no change, and on to dark where some gain.
Json colour_scale(double least, double most) {
    if (least >= 0) return {{"range", {"#e3edf6", "#12436D"}}, {"zero", true}};
    if (most <= 0) return {{"range", {"#F46A25", "#f4f4f4"}}, {"zero", true}};
    return {{"range", {"#F46A25", "#f4f4f4", "#12436D"}}, {"domainMid", 0}};
}

std::string outlines(const std::vector<AreaGain>& all, const Json& values) {
    Json rows = Json::array(), labels = Json::array();
    for (const auto& [area, gain] : all) {
        const Json outline = outline_of(area->area);
        const MapPoint middle = middle_of_outline(outline);
        rows.push_back({{"type", "Feature"}, {"geometry", outline}, {"area", area->area}, {"gain", gain->p50}});
        labels.push_back(
            {{"middle", {{"x", middle.x}, {"y", middle.y}}}, {"gain", gain->p50}, {"label", fixed(gain->p50, 1)}});
    }
    return filled_chart(embedded::chart_map_outlines, values, {{"rows", rows}, {"labels", labels}});
}

std::string circles(const std::vector<AreaGain>& all, const Json& values) {
    Json rows = Json::array();
    for (const auto& [area, gain] : all)
        rows.push_back({{"area", area->area},
                        {"establishments", area->establishments},
                        {"east", area->easting_km},
                        {"north", area->northing_km},
                        {"gain", gain->p50},
                        {"label", fixed(gain->p50, 1)}});
    return filled_chart(embedded::chart_map, values, {{"rows", rows}});
}

std::string map_title(const Table& t) {
    const double most = number(t.rows.front()[3]), least = number(t.rows.back()[3]);
    if (fixed(most, 2) == fixed(least, 2)) return "Gain by area";
    const std::string first = text(t.rows.front()[0]), last = text(t.rows.back()[0]);
    const auto alike =
        std::count_if(t.rows.begin(), t.rows.end(), [&](const auto& row) { return number(row[3]) == least; });
    if (most > 0 && alike > 1)
        return "At the median of runs " + first + " gains most, and " + std::to_string(alike) + " areas " +
               (least == 0 ? "gain nothing" : "alike least");
    return "At the median of runs " + (most > 0 ? first + " gains most, " + last : last + " loses most, " + first) +
           " least";
}

}  // namespace

std::vector<const Differences::Row*> gains(const Page& page, const std::string& plan, Grouping grouping) {
    std::vector<const Differences::Row*> out;
    for (const Differences::Row& row : page.of<Differences>()) {
        if (row.grouping != grouping || row.plan != plan || row.measure != "benchmarks_mean") continue;
        if (!out.empty() && out.front()->month < row.month) out.clear();
        out.push_back(&row);
    }
    return out;
}

std::string last_date(const std::vector<const Differences::Row*>& rows) {
    return rows.empty() ? "" : month_in_words(rows.front()->date);
}

void chart_map(Page& page, const std::string& plan) {
    const auto rows = gains(page, plan, Grouping::area);
    std::vector<AreaGain> all;
    bool known = true;
    for (const Areas::Row& area : page.of<Areas>())
        for (const Differences::Row* row : rows)
            if (row->group == area.area) {
                all.push_back({&area, row});
                known = known && !outline_of(area.area).is_null();
            }
    if (all.size() <= 2) return;
    std::stable_sort(all.begin(), all.end(),
                     [](const AreaGain& a, const AreaGain& b) { return a.gain->p50 > b.gain->p50; });
    Chart c;
    c.id = "map";
    c.table = {"map",
               "Gain by area",
               {{"area", "Area", "", 0},
                {"establishments", "Establishments", "", 0},
                {"p10", "10th percentile", "benchmarks", 2},
                {"p50", "Median", "benchmarks", 2},
                {"p90", "90th percentile", "benchmarks", 2}},
               {}};
    for (const auto& [area, gain] : all)
        c.table.rows.push_back({area->area, area->establishments, gain->p10, gain->p50, gain->p90});
    c.title = map_title(c.table);
    c.subtitle = "Benchmarks more under “" + plan + "” than under “" + page.facts.reference() + "”, by area, " +
                 page.facts.place + ", " + last_date(rows) + ", median of runs." +
                 (known ? ""
                        : " Circles stand at the middle of an area's establishments; their size follows the number of "
                          "establishments");
    const double most = all.front().gain->p50, least = all.back().gain->p50;
    const Json values{{"description", c.subtitle},
                      {"scale", colour_scale(least, most)},
                      {"on dark", "datum.gain > 0.5 * " + std::to_string(most)}};
    c.spec = known ? outlines(all, values) : circles(all, values);
    page.chart(
        std::move(c), "",
        known
            ? "<p class=\"source\">Outlines: Office for National Statistics, generalised, Open Government Licence v3.0. "
              "Contains OS data © Crown copyright and database right 2021.</p>"
            : "");
}

}  // namespace hubs
