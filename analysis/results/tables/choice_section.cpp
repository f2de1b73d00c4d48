#include <algorithm>
#include <cmath>

#include "analysis/base/words.h"
#include "analysis/results/sentences.h"
#include "analysis/results/summary.h"
#include "analysis/results/tables/choice.h"

namespace hubs {
namespace {

bool decided_by(const Page& page, ChoiceRule rule) { return page.facts.decision.rule == rule; }

/// "1.23 more benchmark-years per establishment than", "less than 0.01 fewer … than", "as many … as".
std::string gain_words(double gain, const Page& page) {
    const std::string unit = outcome_words(page) + " per establishment", size = fixed(std::fabs(gain), 2);
    return gain == 0 ? "as many " + unit + " as"
                     : (size == fixed(0, 2) ? "less than 0.01" : size) + (gain > 0 ? " more " : " fewer ") + unit +
                           " than";
}

/// "At £10,000 a benchmark-year", "Within £20.0 million more than “A”"; empty for the most whatever it costs.
std::string rule_words(const Page& page) {
    if (decided_by(page, ChoiceRule::net_benefit))
        return "At " + pounds(page.facts.decision.worth_gbp) + " a benchmark-year";
    if (decided_by(page, ChoiceRule::within_budget))
        return "Within " + pounds(page.facts.decision.budget_gbp) + " more than “" + page.facts.reference() + "”";
    return "";
}

/// Whether the plan chosen is the best in fewer than three of four runs.
bool too_close(const Page& page) { return page.of<PlanChoice>().front().best_percent < 75; }

/// The plan chosen, and that it is: up to the colon.
std::string chosen_words(const std::string& plan, const Page& page) {
    const std::size_t n = page.facts.plans.size();
    const std::string of = n == 2 ? "two plans" : std::to_string(n) + " plans", rule = rule_words(page);
    const std::string average = too_close(page) ? " on average, too close to call: " : ": ";
    if (decided_by(page, ChoiceRule::net_benefit)) return rule + " “" + plan + "” is the best of " + of + average;
    return (rule.empty() ? "Of " + of : rule + ", of " + of + ",") + " “" + plan + "” brings the most" + average;
}

/// In what percentage of paired runs one plan is before another by the rule.
double ahead_by_rule(const std::string& plan, const std::string& other, const Page& page) {
    const auto& runs = page.of<Replicates>();
    const auto own = Replicates::of_plan(runs, plan, &Replicates::Row::score),
               others = Replicates::of_plan(runs, other, &Replicates::Row::score);
    double ahead = 0;
    for (std::size_t r = 0; r < own.size(); ++r) ahead += own[r] > others[r];
    return 100 * ahead / static_cast<double>(own.size());
}

/// What a plan brings and costs over the reference, and in how many runs it brings more.
std::string against_reference(const PlanChoice::Row& row, const Page& page) {
    const bool fewer = row.gain < 0;
    return gain_words(row.gain, page) + " “" + page.facts.reference() + "” by " + month_in_words(page.facts.last_month) +
           range_of_runs(fewer ? -row.gain_p90 : row.gain_p10, fewer ? -row.gain_p10 : row.gain_p90, page) + ", " +
           money_words(row.extra_cost_gbp) + "; " +
           (decided_by(page, ChoiceRule::net_benefit)
                ? "by this rule it is better than “" + page.facts.reference() + "” in " +
                      in_runs(ahead_by_rule(row.plan, page.facts.reference(), page), page)
                : "it brings more than “" + page.facts.reference() + "” in " + in_runs(row.ahead_percent, page));
}

/// ", and by the rule beats the next, “C”, in 21 of 40": where the reference is neither of the two.
std::string against_next(const Page& page) {
    const auto& all = page.of<PlanChoice>();
    if (all.size() < 3 || all[1].plan == page.facts.reference() || all[1].affordable != 1) return "";
    return ", and beats the next, “" + all[1].plan + "”, in " +
           of_runs(ahead_by_rule(all[0].plan, all[1].plan, page), page);
}

/// Measures of attainment that would choose another plan.
std::vector<const OtherMeasures::Row*> disagreeing(const Page& page) {
    std::vector<const OtherMeasures::Row*> out;
    for (const OtherMeasures::Row& row : page.of<OtherMeasures>())
        if (row.agrees != 1 && !row.unit.starts_with("GBP")) out.push_back(&row);
    return out;
}

const PlanChoice::Row& row_of(const std::string& plan, const Page& page) {
    const auto& all = page.of<PlanChoice>();
    return *std::find_if(all.begin(), all.end(), [&](const PlanChoice::Row& row) { return row.plan == plan; });
}

/// "“B” has the most benchmarks at the end, 6.27 against 5.99, but gains later and costs £2.6 million more."
std::string otherwise(const OtherMeasures::Row& other, const Page& page) {
    const PlanChoice::Row &chosen = page.of<PlanChoice>().front(), &row = row_of(other.plan, page);
    const bool years = page.facts.decision.outcome == PrimaryOutcome::benchmark_years;
    const double extra = row.extra_cost_gbp - chosen.extra_cost_gbp;
    std::string out = quoted(other.plan) + " has the " + escaped(other.measure) + ", " + plain(other.value) +
                      " against " + plain(other.of_chosen) + (other.unit == "percent" ? " %" : "");
    if (row.outcome < chosen.outcome)
        out += std::string(", but ") + (years && other.measure == "most benchmarks at the end"
                                            ? "gains later"
                                            : "brings fewer " + outcome_words(page));
    if (row.affordable != 1) return out + ", but is over the budget.";
    if (pounds(extra) != pounds(0))
        out += std::string(row.outcome < chosen.outcome ? " and costs " : ", and costs ") + pounds(std::fabs(extra)) +
               (extra > 0 ? " more" : " less");
    return out + ".";
}

}  // namespace

std::string outcome_words(const Page& page) {
    return page.facts.decision.outcome == PrimaryOutcome::benchmark_years ? "benchmark-years" : "benchmarks";
}

std::string money_words(double extra_gbp) {
    if (pounds(extra_gbp) == pounds(0)) return "at the same cost";
    return "for " + pounds(std::fabs(extra_gbp)) + (extra_gbp > 0 ? " more" : " less");
}

const PlanChoice::Row* featured_plan(const Page& page) {
    for (const PlanChoice::Row& row : page.of<PlanChoice>())
        if (row.plan != page.facts.reference()) return &row;
    return nullptr;
}

bool no_difference(const Page& page) {
    for (const PlanChoice::Row& row : page.of<PlanChoice>())
        if (row.gain != 0 || row.extra_cost_gbp != 0) return false;
    const auto& runs = page.of<Replicates>();
    const std::size_t n = runs.size() / page.facts.plans.size();
    for (std::size_t r = n; r < runs.size(); ++r)
        if (runs[r].outcome != runs[r % n].outcome) return false;
    return true;
}

std::string choice_sentence(const Page& page) {
    const PlanChoice::Row* best = featured_plan(page);
    const std::string end = month_in_words(page.facts.last_month), &reference = page.facts.reference();
    if (best == nullptr) {
        const Headline::Row& only = page.of<Headline>().front();
        std::vector<double> reached;
        for (const Replicates::Row& row : page.of<Replicates>()) reached.push_back(row.benchmarks_mean);
        const Summary level = summarise(reached);
        return "Under “" + reference + "” establishments reach " + fixed(only.benchmarks_mean, 2) +
               " of 8 benchmarks by " + end + range_of_runs(level.p10, level.p90, page) + ", for " +
               pounds(only.cost_gbp) + ", present value. One plan alone says nothing of what it adds.";
    }
    if (no_difference(page))
        return "“" + best->plan + "” makes no difference: as many " + outcome_words(page) + " as “" + reference +
               "” in every run.";
    const PlanChoice::Row& chosen = page.of<PlanChoice>().front();
    if (&chosen == best)
        return chosen_words(best->plan, page) + against_reference(*best, page) + against_next(page) + ".";
    if (best->affordable != 1) {
        const auto& all = page.of<PlanChoice>();
        const auto cheapest = std::min_element(all.begin() + 1, all.end(), [](const auto& a, const auto& b) {
            return a.extra_cost_gbp < b.extra_cost_gbp;
        });
        return "No other plan is within " + pounds(page.facts.decision.budget_gbp) + " more than “" + reference +
               "”, so it stays. The cheapest, “" + cheapest->plan + "”, costs " + pounds(cheapest->extra_cost_gbp) +
               " more.";
    }
    std::string out =
        chosen_words(chosen.plan, page) + "the next, “" + best->plan + "”, brings " + against_reference(*best, page);
    if (decided_by(page, ChoiceRule::net_benefit) && best->gain > 0)
        out += ". That gain is worth only " +
               pounds(best->gain * page.facts.establishments * page.facts.decision.worth_gbp) + " at this price";
    return out + ".";
}

std::string which_plan_words(const Page& page) {
    const PlanChoice::Row& chosen = page.of<PlanChoice>().front();
    if (no_difference(page))
        return "None: in every run all plans bring and cost the same. " + quoted(chosen.plan) + " is kept.";
    std::string out = quoted(chosen.plan) + ", by " +
                      (decided_by(page, ChoiceRule::net_benefit)
                           ? "highest net benefit at " + pounds(page.facts.decision.worth_gbp) + " a benchmark-year"
                           : "most " + outcome_words(page)) +
                      (decided_by(page, ChoiceRule::within_budget)
                           ? " within " + pounds(page.facts.decision.budget_gbp) + " of extra cost"
                           : "") +
                      ".";
    const auto other = disagreeing(page);
    const bool years = page.facts.decision.outcome == PrimaryOutcome::benchmark_years;
    const auto told = std::find_if(other.begin(), other.end(), [&](const OtherMeasures::Row* row) {
        return !years || !row->unit.starts_with("benchmark-years");  // so near the outcome that nobody asks
    });
    if (told != other.end()) out += " " + otherwise(**told, page);
    const auto measures = page.of<OtherMeasures>().size() - 2;  // cost is none of attainment, and one is the outcome
    if (other.size() > (told != other.end() ? 1 : 0))
        out += " In all, " + std::to_string(other.size()) + " of " + std::to_string(measures) +
               " other measures of attainment in the table below would choose another plan.";
    if (other.empty()) out += " On average every other measure of attainment in the table below chooses it too.";
    const std::string value = value_words(page);
    return out + (value.empty() ? "" : " " + value) +
           " A benchmark-year is one benchmark held by one school for a year.";
}

namespace {

/// Of the other plans those that are best in a tenth of runs or more, the most often first; the one that is best most
/// often if none is.
std::vector<const PlanChoice::Row*> often_best(const std::vector<PlanChoice::Row>& all) {
    std::vector<const PlanChoice::Row*> out;
    for (std::size_t k = 1; k < all.size(); ++k) out.push_back(&all[k]);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto* a, const auto* b) { return a->best_percent > b->best_percent; });
    while (out.size() > 1 && out.back()->best_percent < 10) out.pop_back();
    return out;
}

}  // namespace

std::string sure_words(const Page& page) {
    const auto& all = page.of<PlanChoice>();
    if (no_difference(page)) return "In all runs alike.";
    if (all[1].affordable != 1) return quoted(all[0].plan) + " is the only plan within the budget.";
    std::string out =
        quoted(all[0].plan) + " is the best by this rule in " + of_runs(all[0].best_percent, page) + " runs";
    for (const PlanChoice::Row* row : often_best(all))
        out += "; " + quoted(row->plan) + " in " + of_runs(row->best_percent, page);
    out += ".";
    if (too_close(page)) out += " Too close to call.";
    return out;
}

void PlanChoice::section(Page& page) {
    const auto& all = page.of<PlanChoice>();
    if (all.empty()) return;
    const bool years = page.facts.decision.outcome == PrimaryOutcome::benchmark_years;
    std::vector<std::string> shown{"plan",          "gain",           "gain_p10",    "gain_p90",
                                   "ahead_percent", "extra_cost_gbp", "best_percent"};
    if (decided_by(page, ChoiceRule::within_budget)) shown.emplace_back("affordable");
    page.section(
        "decision",
        no_difference(page) ? "No plan makes a difference"
                            : "“" + all.front().plan + "” is chosen by the scenario's rule",
        years ? "Primary outcome: benchmark-years, that is benchmarks truly achieved times the years they are held, "
                "discounted as costs are, for one establishment"
              : "Primary outcome: benchmarks truly achieved at the end of the run, for one establishment",
        table_html(chosen_columns(page.results.table<PlanChoice>(), title, shown),
                   "Plans by the rule, best first; gains are over “" + page.facts.reference() + "”") +
            page.table<OtherMeasures>("What other measures would choose"));
}

}  // namespace hubs
