#include "analysis/results/opendata/open_data.h"

#include <map>
#include <optional>
#include <set>

#include "analysis/results/opendata/regions.h"
#include "analysis/results/tables/attainment.h"
#include "analysis/results/tables/suppressed.h"

namespace hubs {
namespace {

const std::vector<const char*> indicators{"benchmarks_mean", "share_five_plus", "share_all_eight"};

Table described(const char* name, const std::vector<const char*>& columns) {
    Table t{name, "", {}, {}};
    for (const char* c : columns) t.columns.push_back({c, "", "", 0});
    return t;
}

/// Means by date, plan, region (empty: all), type ("Total": all) and indicator, of Julys.
using Means = std::map<std::vector<std::string>, double>;
Means means_of(const std::vector<Attainment::Row>& rows) {
    Means out;
    for (const Attainment::Row& row : rows) {
        const bool region = row.grouping == Grouping::region, type = row.grouping == Grouping::type;
        if (row.date.substr(5) != "07" || (row.grouping != Grouping::all && !region && !type)) continue;
        out[{row.date, row.plan, region ? row.group : "", type ? row.group : "Total", row.measure}] = row.mean;
    }
    return out;
}

/// A filter's default is its total; plans have none, so the first stands there.
Table meta(const std::string& first_plan) {
    Table t =
        described("hub_attainment.meta", {"col_name", "col_type", "label", "indicator_grouping", "indicator_unit",
                                          "indicator_dp", "filter_hint", "filter_grouping_column", "filter_default"});
    t.rows.push_back({"plan", "Filter", "Plan of expansion", "", "", "", "Choose a plan", "", first_plan});
    t.rows.push_back(
        {"establishment_group", "Filter", "Type of establishment", "", "", "", "Total or one type", "", "Total"});
    t.rows.push_back({"benchmarks_mean", "Indicator", "Mean benchmarks truly achieved (simulated)", "Attainment", "",
                      "2", "", "", ""});
    t.rows.push_back(
        {"share_five_plus", "Indicator", "Share with five or more (simulated)", "Attainment", "%", "1", "", "", ""});
    t.rows.push_back(
        {"share_all_eight", "Indicator", "Share with all eight (simulated)", "Attainment", "%", "1", "", "", ""});
    return t;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> open_data(const Results& results,
                                                           const std::vector<std::string>& plans) {
    const Means means = means_of(results.of<Attainment>());
    std::set<std::string> hidden;  // groups of too few establishments: confidential, not "not applicable"
    for (const Suppressed::Row& row : results.of<Suppressed>())
        if (row.grouping == Grouping::region || row.grouping == Grouping::type) hidden.insert(row.group);
    std::map<std::string, int> dates;
    std::map<std::string, int> regions{{"", 0}}, types{{"Total", 0}};
    for (const auto& [key, mean] : means) {
        dates[key[0]];
        if (standard_region(key[2])) regions[key[2]];  // no code, no row: unknown regions stay in the total
        types[key[3]];
    }
    for (const std::string& group : hidden) {
        if (standard_region(group)) regions[group];
        else if (group != "unknown") types[group];
    }
    Table data =
        described("hub_attainment", {"time_period", "time_identifier", "geographic_level", "country_code",
                                     "country_name", "region_code", "region_name", "plan", "establishment_group",
                                     "benchmarks_mean", "share_five_plus", "share_all_eight"});
    for (const std::string& plan : plans)
        for (const auto& [region, r] : regions)
            for (const auto& [type, t] : types)
                for (const auto& [date, d] : dates) {
                    const int year = std::stoi(date.substr(0, 4));
                    const auto standard = standard_region(region);
                    bool says_something = false;
                    std::vector<Cell> row{std::to_string(year - 1) + std::to_string(year).substr(2),
                                          "Academic year",
                                          region.empty() ? "National" : "Regional",
                                          "E92000001",
                                          "England",
                                          standard ? std::string(standard->code) : "",
                                          standard ? std::string(standard->name) : "",
                                          plan,
                                          type};
                    for (const char* indicator : indicators) {
                        const auto found = means.find({date, plan, region, type, indicator});
                        const bool small = hidden.count(region) + hidden.count(type) > 0;
                        row.push_back(found == means.end() ? Cell{std::string(small ? "c" : "z")} : Cell{found->second});
                        says_something = says_something || small || found != means.end();
                    }
                    if (says_something) data.rows.push_back(std::move(row));
                }
    return {{"hub_attainment.csv", csv_text(data)},
            {"hub_attainment.meta.csv", csv_text(meta(plans.front()))}};
}

}  // namespace hubs
