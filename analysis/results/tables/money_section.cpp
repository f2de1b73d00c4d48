#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/base/words.h"
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
    t.rows.push_back({std::string("In all"), std::string(), sum});
    return table_html(t, "Extra cost of “" + shown->plan + "” over “" + page.facts.reference() + "”, by line", closed);
}

std::vector<std::string> without_first(const Json& list) {
    std::vector<std::string> out = list;
    out.erase(out.begin());
    return out;
}

Json points_of_runs(const Page& page) {
    Json out = Json::array();
    const auto& runs = page.of<Replicates>();
    const std::size_t n = page.facts.replicates;
    for (std::size_t p = 1; p < page.facts.plans.size(); ++p)
        for (std::size_t r = 0; r < std::min(n, most_points); ++r) {
            const Replicates::Row &run = runs[p * n + r], &reference = runs[r];
            out.push_back({{"plan", run.plan},
                           {"effect", (run.benchmark_years_discounted - reference.benchmark_years_discounted) / 1000},
                           {"cost", (run.cost_gbp_discounted - reference.cost_gbp_discounted) / 1e6}});
        }
    return out;
}

}  // namespace

void Payers::section(Page& page) {
    Table t{"payers_by_year",
            "Cost by financial year and payer",
            {{"financial_year", "Financial year", "", 0}, {"payer", "Who pays", "", 0}},
            {}};
    for (const std::string& plan : page.facts.plans)
        t.columns.push_back({"plan", plan, "GBP " + page.facts.price_base, 0});
    std::map<std::pair<std::string, std::string>, std::map<std::string, double>> spent;
    for (const Row& row : page.of<Payers>())
        spent[{row.financial_year + (row.months == 12 ? "" : " (" + counted(row.months, "month") + ")"), row.payer}]
             [row.plan] = row.gbp;
    for (const auto& [place, by_plan] : spent) {
        std::vector<Cell> cells{place.first, place.second};
        for (const std::string& plan : page.facts.plans) cells.emplace_back(by_plan.at(plan));
        t.rows.push_back(std::move(cells));
    }
    page.section("payers", "Who pays, and when", "Mean over runs, undiscounted, at prices of " + page.facts.price_base,
                 table_html(t, "Cost by financial year and payer") + extra_cost_table(page));
}

void NetValue::section(Page& page) {
    const auto& rows = page.of<NetValue>();
    if (rows.empty() || no_difference(page)) return;
    Json along = Json::array();
    for (const Frontier::Row& row : page.of<Frontier>())
        if (row.standing == Dominance::none)
            along.push_back({{"effect", row.extra_benchmark_years / 1000}, {"cost", row.extra_cost_gbp / 1e6}});
    const auto best = std::max_element(rows.begin(), rows.end(),
                                       [](const Row& a, const Row& b) { return a.value_gbp < b.value_gbp; });
    Chart c;
    c.id = "plane";
    c.table = page.results.table<NetValue>();
    c.title = best->value_gbp > 0
                  ? "At " + pounds(best->worth_gbp) + " a benchmark-year “" + best->plan + "” is worth its cost in " +
                        of_runs(best->above_percent, page) + " runs"
                  : "At " + pounds(best->worth_gbp) + " a benchmark-year no plan is worth its extra cost on average";
    c.subtitle = "Cost-effectiveness plane: extra benchmark-years and extra cost over “" + page.facts.reference() +
                 "”, present value, one mark a run, " + page.facts.place +
                 ". Line: the plans worth considering, at their means";
    auto values = plan_values(page.facts.plans);
    values["description"] = c.subtitle;
    values["alternative colours"] = without_first(values["plan colours"]);
    c.spec = filled_chart(embedded::chart_plane, values, {{"runs", points_of_runs(page)}, {"frontier", along}});
    page.chart(
        std::move(c), "",
        "<p>Net present social value: what the extra benchmark-years are worth at that price, less the extra cost. "
        "The price is " +
            std::string(page.facts.decision.worth_gbp > 0
                            ? "the scenario's"
                            : "where the choice between plans is hardest; no official figure exists") +
            ". A range of the cost of a benchmark-year is given only where a plan brings more and costs more "
            "in every run. Formulas: docs/value.md.</p>");
}

void WorthAndHorizon::section(Page& page) {
    const auto& rows = page.of<WorthAndHorizon>();
    if (rows.empty() || no_difference(page) || rows.back().years < 2) return;
    Json data = Json::array();
    std::vector<std::string> chosen;
    for (const Row& row : rows) {
        const auto& plans = page.facts.plans;
        const auto place = std::find(plans.begin(), plans.end(), row.plan) - plans.begin();
        data.push_back({{"worth", std::round(row.worth_gbp)},
                        {"years", row.years},
                        {"plan", row.plan},
                        {"letter", std::string(1, static_cast<char>('A' + place % 26))}});
        if (std::find(chosen.begin(), chosen.end(), row.plan) == chosen.end()) chosen.push_back(row.plan);
    }
    Chart c;
    c.id = "worth-and-horizon";
    c.table = {"worth_by_years", "Plan of highest expected net benefit", {{"years", "Years counted", "", 0}}, {}};
    for (const Row& row : rows) {
        if (row.years == 1)
            c.table.columns.push_back({"plan", "at " + pounds(row.worth_gbp) + " a benchmark-year", "", as_written});
        if (c.table.rows.size() < static_cast<std::size_t>(row.years)) c.table.rows.push_back({row.years});
        c.table.rows.back().emplace_back(row.plan);
    }
    c.title = chosen.size() == 1 ? "“" + chosen.front() + "” is the best value at every worth and horizon shown"
                                 : "The best value turns with the worth and with the years that are counted";
    c.subtitle =
        "Plan of highest expected net benefit, by what a benchmark-year is worth and how many years of the run "
        "are counted, " +
        page.facts.place + ". Letters: A is the first plan of the scenario, B the second";
    auto values = plan_values(page.facts.plans);
    values["description"] = c.subtitle;
    c.spec = filled_chart(embedded::chart_worth_and_horizon, values, {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
