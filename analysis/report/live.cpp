#include "analysis/report/live.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "analysis/results/sentences.h"
#include "analysis/results/tables.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_assumptions = 5;
constexpr std::size_t most_pairs = 20;  // run again in the browser
constexpr double most_money = 3000;     // pounds a member and year: three times what was paid (S110)
constexpr unsigned slider_steps = 40;
constexpr const char* fund_lever = "fund_gbp_per_school";

/// By year of the run, for one establishment: what was held, what it cost, and the level at each year's end.
Json plan_totals(const Page& page, const std::string& plan) {
    Json held = Json::array(), cost = held, end = held;
    for (const ByYear::Row& row : page.of<ByYear>())
        if (row.plan == plan) {
            held.push_back(row.benchmark_years / page.facts.establishments);
            cost.push_back(row.gbp / page.facts.establishments);
            end.push_back(row.benchmarks_at_end);
        }
    return {{"name", plan}, {"held", held}, {"end", end}, {"cost", cost}};
}

std::size_t place_of_plan(const Page& page, const std::string& plan) {
    const auto& all = page.facts.plans;
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), plan) - all.begin());
}

/// How far one plan is ahead of another by the scenario's rule, run by run.
std::vector<double> lead_by_run(const Page& page, const std::string& plan, const std::string& other) {
    const auto& rows = page.of<Replicates>();
    std::vector<double> out = Replicates::of_plan(rows, plan, &Replicates::Row::score);
    const std::vector<double> less = Replicates::of_plan(rows, other, &Replicates::Row::score);
    for (std::size_t r = 0; r < out.size(); ++r) out[r] -= less[r];
    return out;
}

/// The two best plans that may be chosen; none where there are fewer.
std::vector<std::string> leading_plans(const Page& page) {
    std::vector<std::string> out;
    for (const PlanChoice::Row& row : page.of<PlanChoice>())
        if (row.affordable == 1 && out.size() < 2) out.push_back(row.plan);
    return out.size() == 2 ? out : std::vector<std::string>{};
}

/// The values at which a slider stops, its own among them, and each in the words of the report.
Json slider(const std::string& path, const std::string& meaning, const std::string& unit, double value, double low,
            double high, bool drawn) {
    std::vector<double> stops{value};
    for (unsigned i = 0; i <= slider_steps; ++i) stops.push_back(low + (high - low) * i / slider_steps);
    std::sort(stops.begin(), stops.end());
    stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
    Json words = Json::array();
    for (const double v : stops) words.push_back(amount_in_words(v, unit));
    return {{"path", path},
            {"meaning", meaning},
            {"values", stops},
            {"words", words},
            {"now", std::find(stops.begin(), stops.end(), value) - stops.begin()},
            {"drawn", drawn}};
}

/// A setting's row in the assumptions log, by section and name; null if it has none.
const Assumptions::Row* logged(const Page& page, const std::string& path) {
    for (const Assumptions::Row& row : page.of<Assumptions>())
        if (row.section + "." + row.name == path) return &row;
    return nullptr;
}

Json assumptions(const Page& page) {
    Json out = Json::array();
    const auto& all = page.of<Switching>();
    for (std::size_t i = 0; i < std::min(most_assumptions, all.size()); ++i) {
        const Assumptions::Row* row = logged(page, all[i].parameter);
        out.push_back(slider(all[i].parameter, all[i].meaning, all[i].unit, all[i].value, all[i].low, all[i].high,
                             row != nullptr && row->standing == "drawn"));
    }
    std::vector<double> funds;
    for (const Assumptions::Row& row : page.of<Assumptions>())
        if (row.name == fund_lever) funds.push_back(number(row.value));
    const auto [least, most] = std::minmax_element(funds.begin(), funds.end());
    Json fund = slider(std::string("plans.") + fund_lever, "Central Hub Fund, in every plan", "GBP per member per year",
                       *most, 0.0, std::max(most_money, *most), false);
    if (*least != *most) fund["differs"] = "differs by plan: " + pounds(*least) + " to " + pounds(*most);
    out.push_back(std::move(fund));
    return out;
}

/// Whether the page can run the study: all of it must be in the page or in the engine.
bool can_run(const Page& page) {
    return page.facts.live && page.facts.built_in_only && !page.of<Switching>().empty() && !no_difference(page) &&
           !leading_plans(page).empty();
}

std::string why_not(const Page& page) {
    if (!page.facts.built_in_only)
        return "Assumptions cannot be moved here: this study has schools, draws or a framework of its own, which are "
               "not put into the page.";
    if (no_difference(page)) return "Assumptions are not moved here: the plans are alike in every run.";
    if (leading_plans(page).empty())
        return "Assumptions are not moved here: only one plan is within the budget, so there is nothing to compare.";
    if (!page.facts.live) return "The page was made without the engine, so assumptions cannot be moved here.";
    return "Assumptions are not moved here: with twenty runs or more they are tried one at a time, and then can be.";
}

std::string live_chart(const Page& page) {
    return filled_chart(embedded::chart_live,
                        {{"description",
                          "How far one plan is ahead of the other in each pair of runs: in the "
                          "report (circles) and run again here (squares); bars are means"},
                         {"unit", "Ahead by, " + preference_words(page) + ", per establishment"}},
                        {{"rows", Json::array()}});
}

std::string data_element(const char* id, const std::string& json) {
    return "<script type=\"application/json\" id=\"" + std::string(id) + "\">" + inert(json) + "</script>";
}

/// The content of an element of the workshop page.
std::string element_of_workshop_page(const std::string& opening) {
    const std::string_view page = embedded::workshop_page;
    const auto at = page.find(opening);
    const auto end = page.find("</script>", at);
    if (at == std::string_view::npos || end == std::string_view::npos)
        throw std::logic_error("the workshop page has no " + opening);
    return std::string(page.substr(at, end - at)) + "</script>";
}

}  // namespace

bool can_move_assumptions(const Page& page) { return page.several_plans() && can_run(page); }

bool add_live_section(Page& page) {
    if (!page.several_plans()) return false;
    const ReportFacts& f = page.facts;
    const bool runs = can_run(page);
    Json data{{"settings",
               {{"outcome", word(f.decision.outcome)},
                {"rule", word(f.decision.rule)},
                {"years", (f.months + 11u) / 12u},
                {"rate", f.discount_rate},
                {"worth", worth_to_begin_with(page)},
                {"budget", f.decision.budget_gbp / f.establishments}}},
              {"months", f.months},
              {"unit", outcome_words(page)},
              {"preference", preference_words(page)},
              {"establishments", f.establishments},
              {"plans", Json::array()}};
    for (const std::string& plan : f.plans) data["plans"].push_back(plan_totals(page, plan));
    if (runs) {
        const auto leading = leading_plans(page);
        const std::string &plan = leading[0], &other = leading[1];
        const std::vector<double> lead = lead_by_run(page, plan, other);
        data["again"] = {{"plans", {place_of_plan(page, plan), place_of_plan(page, other)}},
                         {"runs", std::min<std::size_t>(most_pairs, lead.size())},
                         {"seed", f.seed},
                         {"posterior", f.posterior},
                         {"lead", lead},
                         {"assumptions", assumptions(page)}};
    }
    page.section("try-it",
                 runs ? "Try it: what would you count, and what would you assume?" : "Try it: what would you count?",
                 "Everything happens in this page: nothing is sent, and the report above stays as it is",
                 "<div id=\"live-parts\"><p>This part needs a browser that runs scripts.</p></div>" +
                     std::string(runs ? "" : "<p>" + why_not(page) + "</p>") + data_element("live-data", data.dump()) +
                     (runs ? data_element("live-chart", live_chart(page)) : ""));
    return runs;
}

std::string live_engine() {
    return element_of_workshop_page("<script type=\"text/plain\" id=\"wasm\">") +
           element_of_workshop_page("<script id=\"glue\">") +
           element_of_workshop_page("<script type=\"text/plain\" id=\"worker\">");
}

}  // namespace hubs
