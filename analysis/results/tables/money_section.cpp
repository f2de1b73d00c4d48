#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/base/words.h"
#include "analysis/results/tables/assumptions.h"
#include "analysis/results/sentences.h"
#include "analysis/results/tables/costs.h"
#include "analysis/results/tables/money.h"
#include "analysis/results/tables/value.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_points = 200;  // of a plan: more hide one another

/// Where the extra cost of the plan shown comes from: by line and payer, present value.
std::string extra_cost_table(const Page& page) {
    const PlanChoice::Row* shown = featured_plan(page);
    if (shown == nullptr) return "";
    std::map<CostLine, double> extra;
    for (const Costs::Row& row : page.of<Costs>()) {
        if (row.plan == shown->plan) extra[row.line] += row.gbp_discounted;
        if (row.plan == page.facts.reference()) extra[row.line] -= row.gbp_discounted;
    }
    Table t{"extra_cost",
            "Extra cost by line",
            {{"line", "Cost line", "", 0},
             {"payer", "Who pays", "", 0},
             {"gbp", "Extra cost, present value", "GBP " + page.facts.price_base, 0}},
            {}};
    double sum = 0;
    for (const auto& [line, gbp] : extra) {
        sum += gbp;
        const CostLineWords& words = cost_lines[static_cast<std::size_t>(line)];
        if (std::fabs(gbp) >= 0.5) t.rows.push_back({std::string(words.label), std::string(words.payer), gbp});
    }
    if (t.rows.empty()) return "";
    t.rows.push_back({std::string("In all"), std::string("all payers"), sum});
    return table_html(t, "Extra cost of “" + shown->plan + "” over “" + page.facts.reference() + "”, by line", closed);
}

std::vector<std::string> without_first(const Json& list) {
    std::vector<std::string> out = list;
    out.erase(out.begin());
    return out;
}

/// Extra cost of the plan shown over the reference by payer, as spent.
std::map<std::string, double> extra_by_payer(const Page& page) {
    std::map<std::string, double> out;
    const PlanChoice::Row* shown = featured_plan(page);
    if (shown == nullptr) return out;
    for (const Payers::Row& row : page.of<Payers>()) {
        if (row.plan == shown->plan) out[row.payer] += row.gbp;
        if (row.plan == page.facts.reference()) out[row.payer] -= row.gbp;
    }
    return out;
}

/// "Most of the extra cost of “B” falls on the programme: £6.1 million", where one payer bears more than half of it.
std::string payers_title(const Page& page) {
    const auto extra = extra_by_payer(page);
    double in_all = 0, borne = 0;  // what some save is no part of what others bear
    for (const auto& [payer, gbp] : extra) in_all += gbp, borne += std::max(0.0, gbp);
    const auto most =
        std::max_element(extra.begin(), extra.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (in_all < 1 || 2 * most->second <= borne) return "Who pays, and when";
    return "Most of the extra cost of “" + featured_plan(page)->plan + "” falls on " +
           (most->first == "schools" ? "" : "the ") + most->first + ": " + pounds(most->second) + ", as spent";
}

/// What every plan costs each payer in each financial year, with sums by year and in all.
Table payers_table(const Page& page) {
    Table t{"payers_by_year",
            "Cost by financial year and payer",
            {{"financial_year", "Financial year", "", 0}, {"payer", "Who pays", "", 0}},
            {}};
    for (const std::string& plan : page.facts.plans)
        t.columns.push_back({"plan", plan, "GBP " + page.facts.price_base, 0});
    const std::string every_year = "in all", everybody = "all payers";
    std::vector<std::string> years, payers;  // as they come, sums last
    std::map<std::pair<std::string, std::string>, std::map<std::string, double>> spent;
    const auto note = [](std::vector<std::string>& list, const std::string& name) {
        if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
    };
    for (const Payers::Row& row : page.of<Payers>()) {
        const std::string year =
            row.financial_year + (row.months == 12 ? "" : " (" + counted(row.months, "month") + ")");
        note(years, year);
        note(payers, row.payer);
        for (const std::string& when : {year, every_year})
            for (const std::string& who : {row.payer, everybody}) spent[{when, who}][row.plan] += row.gbp;
    }
    years.push_back(every_year);
    payers.push_back(everybody);
    for (const std::string& year : years)
        for (const std::string& payer : payers) {
            std::vector<Cell> cells{year, payer};
            for (const std::string& plan : page.facts.plans) cells.emplace_back(spent[{year, payer}][plan]);
            t.rows.push_back(std::move(cells));
        }
    return t;
}

Json points_of_runs(const Page& page) {
    Json out = Json::array();
    const auto& runs = page.of<Replicates>();
    const std::size_t n = runs.size() / page.facts.plans.size();
    for (std::size_t p = 1; p < page.facts.plans.size(); ++p)
        for (std::size_t r = 0; r < std::min(n, most_points); ++r) {
            const Replicates::Row &run = runs[p * n + r], &reference = runs[r];
            out.push_back({{"plan", run.plan},
                           {"effect", (run.benchmark_years_discounted - reference.benchmark_years_discounted) / 1000},
                           {"cost", (run.cost_gbp_discounted - reference.cost_gbp_discounted) / 1e6}});
        }
    return out;
}

/// What the plan shown costs for each benchmark-year it brings more, or saves for each it loses; at a stated worth,
/// whether that is worth it. Each form is true of its own case only.
std::string plane_title(const Page& page) {
    const PlanChoice::Row* shown = featured_plan(page);
    const auto& rows = page.of<NetValue>();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.plan == shown->plan; });
    const std::string plan = "“" + shown->plan + "”";
    if (!std::isnan(row->worth_gbp))
        return "At " + pounds(row->worth_gbp) + " a benchmark-year " + plan + " is worth " +
               (row->value_gbp >= 0 ? pounds(row->value_gbp) + " more" : pounds(-row->value_gbp) + " less") +
               " than “" + page.facts.reference() + "”, and more in " + in_runs(row->above_percent, page);
    if (std::isnan(row->gbp_per_benchmark_year)) {  // more for no more money, less for no less, or nothing either way
        const auto& along = page.of<Frontier>();
        const double more = std::find_if(along.begin(), along.end(), [&](const auto& r) {
                                return r.plan == shown->plan;
                            })->extra_benchmark_years;
        return plan +
               (more > 0   ? " brings more benchmark-years"
                : more < 0 ? " brings fewer benchmark-years"
                           : " brings as many benchmark-years") +
               " " + money_words(shown->extra_cost_gbp);
    }
    const std::string range = std::isnan(row->ratio_p10_gbp) ? ""
                                                             : " (80 % of runs: " + pounds(row->ratio_p10_gbp) +
                                                                   " to " + pounds(row->ratio_p90_gbp) + ")";
    return (shown->extra_cost_gbp < 0
                ? plan + " saves " + pounds(row->gbp_per_benchmark_year) + " for each benchmark-year lost"
                : "Each benchmark-year more under " + plan + " than under “" + page.facts.reference() + "” costs " +
                      pounds(row->gbp_per_benchmark_year)) +
           range;
}

/// Whether the choice differs between worths, and between years counted.
std::string worth_title(const Page& page) {
    const auto& rows = page.of<WorthAndHorizon>();
    std::map<double, std::set<std::string>> at_worth;
    std::map<std::int64_t, std::set<std::string>> after;
    for (const WorthAndHorizon::Row& row : rows) {
        at_worth[row.worth_gbp].insert(row.plan);
        after[row.months].insert(row.plan);
    }
    const auto turns = [](const auto& groups) {
        return std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.second.size() > 1; });
    };
    const bool by_years = turns(at_worth), by_worth = turns(after);
    if (!by_years && !by_worth) return "“" + rows.front().plan + "” is the best value at every worth and horizon shown";
    return std::string("The best value turns with ") + (by_worth ? "the worth" : "") +
           (by_worth && by_years ? " and with " : "") + (by_years ? "the years that are counted" : "");
}

/// Whether the scenario has prices of its own.
bool sets_prices(const Page& page) {
    return std::any_of(page.of<Assumptions>().begin(), page.of<Assumptions>().end(), [](const Assumptions::Row& row) {
        return row.unit.starts_with("GBP") && row.standing == "set by the scenario";
    });
}

}  // namespace

void Payers::section(Page& page) {
    page.section("payers", payers_title(page),
                 "Mean over runs, as spent (not discounted). Prices are those of their sources (the assumptions log)" +
                     std::string(sets_prices(page) ? ", or set by the scenario" : "") + ", labelled " +
                     page.facts.price_base +
                     "; the program brings none to another year, and none carries optimism bias",
                 table_html(payers_table(page), "Cost by financial year and payer") + extra_cost_table(page));
}

void NetValue::section(Page& page) {
    const auto& rows = page.of<NetValue>();
    if (rows.empty() || no_difference(page)) return;
    Json along = Json::array();
    for (const Frontier::Row& row : page.of<Frontier>())
        if (row.standing == Dominance::none)
            along.push_back({{"effect", row.extra_benchmark_years / 1000}, {"cost", row.extra_cost_gbp / 1e6}});
    Chart c;
    c.id = "plane";
    c.table = page.results.table<NetValue>();
    if (std::isnan(rows.front().worth_gbp))  // no worth is stated, so nothing is valued
        c.table = chosen_columns(c.table, "Cost of a benchmark-year",
                                 {"plan", "gbp_per_benchmark_year", "ratio_p10_gbp", "ratio_p90_gbp"});
    c.title = plane_title(page);
    c.subtitle = "Cost-effectiveness plane: extra benchmark-years and extra cost over “" + page.facts.reference() +
                 "”, present value, one mark a run" +
                 (page.facts.replicates > most_points ? " (the first " + std::to_string(most_points) + ")" : "") +
                 ", " + page.facts.place + ". Line: the plans worth considering, at their means";
    auto values = plan_values(page.facts.plans);
    values["description"] = c.subtitle;
    values["alternative colours"] = without_first(values["plan colours"]);
    c.spec = filled_chart(embedded::chart_plane, values, {{"runs", points_of_runs(page)}, {"frontier", along}});
    page.chart(
        std::move(c), "",
        "<p>Net present social value is what the extra benchmark-years are worth less the extra cost. It is given "
        "where the scenario states what a benchmark-year is worth: no official figure exists. A range of the cost "
        "of a benchmark-year is given where every run has more for more, or less for less. Formulas: "
        "docs/value.md.</p>");
}

void WorthAndHorizon::section(Page& page) {
    const auto& rows = page.of<WorthAndHorizon>();
    if (rows.empty() || no_difference(page) || rows.front().months == rows.back().months) return;
    const auto years = [](std::int64_t months) {
        return months % 12 != 0 ? std::to_string(months) + " months"
                                : counted(static_cast<std::size_t>(months / 12), "year");
    };
    const auto& plans = page.facts.plans;
    Json data = Json::array();
    std::vector<std::string> order;
    Chart c;
    c.id = "worth-and-horizon";
    c.table = {"worth_by_years", "Plan of highest expected net benefit", {{"years", "Counted", "", 0}}, {}};
    for (const Row& row : rows) {
        if (row.months == rows.front().months)
            c.table.columns.push_back({"plan", "at " + pounds(row.worth_gbp) + " a benchmark-year", "", as_written});
        if (order.empty() || order.back() != years(row.months)) {
            order.push_back(years(row.months));
            c.table.rows.push_back({order.back()});
        }
        c.table.rows.back().emplace_back(row.plan);
        const auto place = std::find(plans.begin(), plans.end(), row.plan) - plans.begin();
        data.push_back({{"worth", std::round(row.worth_gbp)},
                        {"years", order.back()},
                        {"plan", row.plan},
                        {"letter", std::string(1, static_cast<char>('A' + place % 26))}});
    }
    std::string letters;
    for (std::size_t p = 0; p < plans.size(); ++p)
        if (std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.plan == plans[p]; }))
            letters +=
                (letters.empty() ? "" : ", ") + std::string(1, static_cast<char>('A' + p % 26)) + " “" + plans[p] + "”";
    c.title = worth_title(page);
    c.subtitle =
        "Plan of highest expected net benefit, by what a benchmark-year is worth and how much of the run is "
        "counted, " +
        page.facts.place + ". " + letters;
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    values["order"] = order;
    c.spec = filled_chart(embedded::chart_worth_and_horizon, values, {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
