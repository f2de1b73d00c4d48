#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/base/words.h"
#include "analysis/results/sentences.h"
#include "analysis/results/tables/attainment.h"
#include "analysis/results/tables/equity.h"
#include "analysis/results/tables/gains.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// Which plan ends highest, beside the one that is chosen: read again by a test.
std::string paths_title(const Page& page) {
    if (!page.several_plans()) return "Benchmarks achieved over time";
    const auto& all = page.of<Headline>();
    const std::string& highest = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
                                     return a.benchmarks_mean < b.benchmarks_mean;
                                 })->plan;
    if (no_difference(page)) return "All plans end alike";
    const std::string& chosen = page.of<PlanChoice>().front().plan;
    return "“" + highest + "” ends highest" + (highest == chosen ? "" : "; “" + chosen + "” is chosen");
}

/// Difference by group at the end, one panel a grouping, for the plan that leads.
void chart_groups(Page& page, const std::string& plan) {
    const std::vector<std::pair<Grouping, std::string>> groupings{
        {Grouping::type, "Type"},   {Grouping::region, "Region"}, {Grouping::fsm_fifth, "Free school meals, fifth"},
        {Grouping::rural, "Place"}, {Grouping::ofsted, "Ofsted"}, {Grouping::start_level, "Benchmarks at the start"}};
    Json data = Json::array();
    Chart c;
    c.id = "groups";
    c.table = {"groups",
               "Difference by group",
               {{"grouping", "Grouping", "", 0},
                {"group", "Group", "", 0},
                {"p10", "10th percentile", "benchmarks", 2},
                {"p50", "Median", "benchmarks", 2},
                {"p90", "90th percentile", "benchmarks", 2}},
               {}};
    double least = 1e9, greatest = -1e9;
    std::string date;
    for (const auto& [grouping, label] : groupings) {
        const auto rows = gains(page, plan, grouping);
        if (grouping == Grouping::type) date = last_date(rows);
        for (const Differences::Row* row : rows) {
            std::string group = row->group;
            std::replace(group.begin(), group.end(), '_', ' ');
            data.push_back(
                {{"grouping", label}, {"group", group}, {"p10", row->p10}, {"p50", row->p50}, {"p90", row->p90}});
            c.table.rows.push_back({label, group, row->p10, row->p50, row->p90});
            least = std::min(least, row->p50);
            greatest = std::max(greatest, row->p50);
        }
    }
    c.title = std::string(least >= 0     ? "No group is worse off at the median"
                          : greatest < 0 ? "Every group is worse off at the median"
                                         : "Some groups are worse off at the median") +
              " under “" + plan + "”";
    c.subtitle = "Benchmarks more under “" + plan + "” than under “" + page.facts.reference() + "”, " +
                 page.facts.place + ", " + date + ". Dot: median" +
                 (page.facts.replicates >= fewest_runs_for_range ? "; bar: 80 % of runs" : "");
    c.spec = filled_chart(embedded::chart_groups, {{"description", c.subtitle}}, {{"rows", data}});
    page.chart(
        std::move(c), "",
        page.of<Equity>().empty() ? "" : page.table<Equity>("Differences between groups in what they gain", closed));
}

/// What monitoring would see beside what is truly in place: by plan, in the last month in which all is counted.
std::string as_reported(const Page& page) {
    const std::vector<std::pair<const char*, const char*>> measures{
        {"benchmarks_mean", "Truly achieved"},
        {"benchmarks_mean_reported", "As last reported by all"},
        {"benchmarks_mean_returned", "As reported by those with a return in the last twelve months"},
        {"gain_returned", "Their gain since the start, as reported"},
        {"returned", "With such a return"}};
    std::string date;
    for (const Attainment::Row& row : page.of<Attainment>())
        if (row.grouping == Grouping::all && row.measure == "gain_returned") date = row.date;  // rows come by month
    if (date.empty()) return "";
    Table t{"as_reported", "What schools report, and what is there", {{"plan", "Plan", "", 0}}, {}};
    for (const auto& [measure, label] : measures)
        t.columns.push_back({measure, label, std::string(measure) == "returned" ? "establishments" : "benchmarks (0-8)",
                             std::string(measure) == "returned" ? 0 : 2});
    for (const std::string& plan : page.facts.plans) {
        std::vector<Cell> cells{plan};
        for (const auto& [measure, label] : measures)
            for (const Attainment::Row& row : page.of<Attainment>())
                if (row.grouping == Grouping::all && row.measure == measure && row.plan == plan && row.date == date)
                    cells.emplace_back(row.mean);
        if (cells.size() == t.columns.size()) t.rows.push_back(std::move(cells));
    }
    return table_html(
        t, "What schools would report in " + month_in_words(date) + ", and what is there: means over runs", closed);
}

}  // namespace

void Attainment::section(Page& page) {
    const auto& plans = page.facts.plans;
    const bool ranges = page.facts.replicates >= fewest_runs_for_range;
    Json data = Json::array();
    Chart c;
    c.id = "paths";
    c.table = {"paths",
               "Benchmarks achieved at the start and at the end of each academic year",
               {{"date", "End of", "", 0}},
               {}};
    for (const std::string& p : plans)
        c.table.columns.push_back({"plan", p + (ranges ? ": median (80 % range)" : ": median"), "benchmarks (0-8)", 2});
    std::map<std::string, std::vector<Cell>> julys;
    const std::string first = page.of<Attainment>().front().date;
    for (const std::string& plan : plans)
        for (const Row& row : page.of<Attainment>()) {
            if (row.grouping != Grouping::all || row.measure != "benchmarks_mean" || row.plan != plan) continue;
            data.push_back({{"plan", plan},
                            {"date", row.date},
                            {"p50", row.p50},
                            {"p2_5", row.p2_5},
                            {"p10", row.p10},
                            {"p25", row.p25},
                            {"p75", row.p75},
                            {"p90", row.p90},
                            {"p97_5", row.p97_5}});
            const bool start = row.date == first;
            if (!start && row.date.substr(5) != "07") continue;
            std::vector<Cell>& cells = julys[row.date];
            if (cells.empty()) cells.emplace_back(month_in_words(row.date) + (start ? ", the start" : ""));
            cells.emplace_back(fixed(row.p50, 2) +
                               (ranges ? " (" + fixed(row.p10, 2) + " to " + fixed(row.p90, 2) + ")" : ""));
        }
    for (auto& [date, cells] : julys) c.table.rows.push_back(std::move(cells));
    c.title = paths_title(page);
    c.subtitle = "Mean number of the eight benchmarks truly achieved, " + page.facts.place +
                 ", by plan. Lines: median; " +
                 (ranges ? std::string("bands: 50, 80 and 95 % of runs")
                         : counted(page.facts.replicates, "run") + " are too few for bands");
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    c.spec = filled_chart(embedded::chart_paths, values, {{"rows", data}});
    page.chart(std::move(c), "", as_reported(page));
}

void Differences::section(Page& page) {
    const PlanChoice::Row* leading = featured_plan(page);
    if (leading == nullptr) return;
    chart_groups(page, leading->plan);
    chart_map(page, leading->plan);
}

}  // namespace hubs
