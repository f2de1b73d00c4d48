#include "analysis/opendata/open_data.h"

#include <map>
#include <optional>
#include <set>

#include "analysis/opendata/regions.h"
#include "analysis/results/study_tables.h"

namespace hubs {
namespace {

const std::vector<const char*> indicators{"benchmarks_mean", "share_five_plus", "share_all_eight"};

Table described(const char* name, const std::vector<const char*>& columns) {
    Table t{name, "", {}, {}};
    for (const char* c : columns) t.columns.push_back({c, "", "", 0});
    return t;
}

/// Means by date, plan, region (empty: all), type ("Total": all) and indicator, of Julys.
using Means = std::map<std::vector<std::string>, Cell>;
Means means_of(const Table& a) {
    Means out;
    for (const auto& row : a.rows) {
        const auto cell = [&](const char* name) { return text(row[a.column(name)]); };
        const std::string grouping = cell("grouping"), date = cell("date");
        if (date.substr(5) != "07" || (grouping != "all" && grouping != "region" && grouping != "type")) continue;
        out[{date, cell("plan"), grouping == "region" ? cell("group") : "",
             grouping == "type" ? cell("group") : "Total", cell("measure")}] = row[a.column("mean")];
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

std::vector<std::pair<std::string, std::string>> open_data(const Study& study, const std::vector<Table>& tables) {
    const StudyTables all(tables);
    const Means means = means_of(all.of("attainment"));
    std::set<std::string> hidden;  // groups of too few establishments: confidential, not "not applicable"
    for (const char* grouping : {"region", "type"})
        for (const auto* row : all.rows("suppressed", {{"grouping", grouping}})) hidden.insert(text((*row)[1]));
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
    for (const Plan& plan : study.scenario.plans)
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
                                          plan.name,
                                          type};
                    for (const char* indicator : indicators) {
                        const auto found = means.find({date, plan.name, region, type, indicator});
                        const bool small = hidden.count(region) + hidden.count(type) > 0;
                        row.push_back(found == means.end() ? Cell{std::string(small ? "c" : "z")} : found->second);
                        says_something = says_something || small || found != means.end();
                    }
                    if (says_something) data.rows.push_back(std::move(row));
                }
    return {{"hub_attainment.csv", csv_text(data)},
            {"hub_attainment.meta.csv", csv_text(meta(study.scenario.plans.front().name))}};
}

}  // namespace hubs
