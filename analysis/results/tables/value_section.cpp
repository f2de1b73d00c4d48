#include <nlohmann/json.hpp>

#include "analysis/results/sentences.h"
#include "analysis/results/tables/value.h"

namespace hubs {
namespace {

/// Plans along the frontier of value for money, cheapest first.
std::vector<const Frontier::Row*> worth_considering(const Page& page) {
    std::vector<const Frontier::Row*> out;
    for (const Frontier::Row& row : page.of<Frontier>())
        if (row.standing == Dominance::none) out.push_back(&row);
    return out;
}

}  // namespace

std::string value_words(const Page& page) {
    const auto along = worth_considering(page);
    if (along.empty() || no_difference(page)) return "";
    if (along.size() == 1)
        return "By value for money: " + quoted(along.front()->plan) + ", whatever a benchmark-year is worth.";
    std::string out = "By value for money: " + quoted(along.front()->plan) +
                      " while a benchmark-year is worth less than " + pounds(along[1]->gbp_per_benchmark_year);
    for (std::size_t i = 1; i < along.size(); ++i)
        out += (i == 1 ? "; above that, " : "; above " + pounds(along[i]->gbp_per_benchmark_year) + ", ") +
               quoted(along[i]->plan);
    return out + ".";
}

void AcceptabilityCurve::section(Page& page) {
    const auto& rows = page.of<AcceptabilityCurve>();
    if (rows.empty() || no_difference(page)) return;
    nlohmann::ordered_json data = nlohmann::ordered_json::array(), best = data;
    std::vector<std::string> optimal;
    for (const Row& row : rows) {
        const nlohmann::ordered_json point{{"plan", row.plan}, {"worth", row.worth_gbp}, {"best", row.best_percent}};
        data.push_back(point);
        if (row.optimal != 1) continue;
        best.push_back(point);
        if (optimal.empty() || optimal.back() != row.plan) optimal.push_back(row.plan);
    }
    Chart c;
    c.id = "value";
    c.table = page.results.table<AcceptabilityCurve>();
    std::erase_if(c.table.columns, [](const TableColumn& column) { return column.name == "optimal"; });
    for (auto& cells : c.table.rows) cells.erase(cells.begin() + 5);
    c.table.title = "Net benefit and chance of being the best value";
    c.title = optimal.size() > 1 ? "The best value depends on what a benchmark is worth"
                                 : "“" + optimal.front() + "” is the best value throughout";
    c.subtitle =
        "Runs in which each plan has the highest net benefit, percent, by what a year of one benchmark in one school "
        "is taken to be worth, " +
        page.facts.place + ". Rings: the plan of highest expected net benefit";
    auto values = plan_values(page.facts.plans);
    values["description"] = c.subtitle;
    c.spec = filled_chart(embedded::chart_value, values, {{"rows", data}, {"optimal", best}});
    page.chart(
        std::move(c), "",
        "<p>No official figure says what a benchmark is worth, so the answer is given for a range. " +
            value_words(page) + "</p>" + page.table<Frontier>("What more money buys, cheapest first") +
            page.table<Robust>("What other rules of choice would pick, " + worth_weighed(page)) +
            page.table<Satisficing>("How often each plan is good enough, whatever a benchmark is worth", closed) +
            page.table<Ranks>("Chance of each place, by benchmarks at the end", closed));
}

}  // namespace hubs
