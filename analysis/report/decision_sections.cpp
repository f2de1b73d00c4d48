#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/report/html.h"
#include "analysis/report/sections.h"
#include "analysis/report/words.h"

namespace hubs::section {
namespace {

constexpr double fewest_for_range = 20;

/// Paired runs of the study.
double runs_of(const StudyTables& t) {
    const Table& r = t.of("replicates");
    return r.rows.empty() ? 0 : static_cast<double>(t.rows("replicates", {{"plan", text(r.rows.front()[r.column("plan")])}}).size());
}

}  // namespace

std::string of_runs(double percent, const StudyTables& t) {
    const double runs = runs_of(t);
    return fixed(std::round(percent * runs / 100), 0) + " of " + fixed(runs, 0);
}

std::string range_of_runs(double low, double high, const StudyTables& t) {
    if (runs_of(t) < fewest_for_range) return " (" + fixed(runs_of(t), 0) + " runs are too few for a range)";
    return " (80 % of runs: " + fixed(low, 2) + " to " + fixed(high, 2) + ")";
}

namespace {

using Row = std::vector<Cell>;

std::string quoted(const std::string& plan) { return "“" + escaped(plan) + "”"; }

/// "10", "0.234": as many digits as a person needs.
std::string plain(double value) {
    const double size = std::fabs(value);
    return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}

/// Plans along the frontier of value for money, cheapest first, with what each further benchmark-year costs.
std::vector<std::pair<std::string, double>> frontier_of(const StudyTables& t) {
    std::vector<std::pair<std::string, double>> out;
    const Table& f = t.of("frontier");
    for (const Row& row : f.rows)
        if (text(row[f.column("standing")]) == "worth considering") out.emplace_back(text(row[0]), number(row[f.column("gbp_per_benchmark_year")]));
    return out;
}

std::string value_words(const StudyTables& t) {
    const auto along = frontier_of(t);
    if (along.empty()) return "";
    if (along.size() == 1) return "Best value: " + quoted(along.front().first) + ", whatever a benchmark is worth.";
    std::string out =
        "Best value: " + quoted(along.front().first) + " while a year of one benchmark in one school is worth less than " + pounds(along[1].second);
    for (std::size_t i = 1; i < along.size(); ++i)
        out += std::string(i == 1 ? "; above that, " : "; above " + pounds(along[i].second) + ", ") + quoted(along[i].first);
    return out + ".";
}

std::string first_place(const StudyTables& t) {
    const Table& r = t.of("ranks");
    const Row* best = nullptr;
    for (const Row& row : r.rows)
        if (number(row[r.column("place")]) == 1 && (best == nullptr || number(row[2]) > number((*best)[2]))) best = &row;
    return best == nullptr ? "" : quoted(text((*best)[0])) + " ends with most benchmarks in " + of_runs(number((*best)[2]), t) + " runs.";
}

/// How often the plan of highest expected value is the best where the choice is hardest.
std::string sure_of_value(const StudyTables& t) {
    const Table &r = t.of("robust"), &a = t.of("acceptability");
    if (r.rows.empty()) return "";
    for (const Row& row : a.rows)
        if (text(row[a.column("worth_gbp")]) == text(r.rows.front()[0]) && number(row[a.column("optimal")]) == 1)
            return " At " + pounds(number(row[0])) + " a benchmark-year, where the choice is hardest, " + quoted(text(row[a.column("plan")])) +
                   " is the best value in " + of_runs(number(row[a.column("best_percent")]), t) + ".";
    return "";
}

std::string switch_words(const Table& s, const Row& row) {
    const auto at = [&](const char* name) { return number(row[s.column(name)]); };
    return quoted(text(row[s.column("rival")])) + " would lead if “" + escaped(text(row[s.column("meaning")])) + "” were " +
           (at("switches_at") < at("value") ? "below " : "above ") + plain(at("switches_at")) + " " + escaped(text(row[s.column("unit")])) + " (taken as " +
           plain(at("value")) + "; evidence " + fixed(at("padlocks"), 0) + " of 5)";
}

std::vector<const Row*> switches(const StudyTables& t) {
    std::vector<const Row*> out;
    const Table& s = t.of("switching");
    for (const Row& row : s.rows)
        if (!text(row[s.column("switches_at")]).empty()) out.push_back(&row);
    return out;
}

/// Whether the plan that leads keeps its lead at both ends of every assumption tried.
bool always_leads(const StudyTables& t) {
    const Table& s = t.of("switching");
    return std::all_of(s.rows.begin(), s.rows.end(),
                       [&](const Row& row) { return number(row[s.column("lead_low")]) > 0 && number(row[s.column("lead_high")]) > 0; });
}
constexpr const char* too_close = "The two leading plans are too close to say which assumption would put the other first.";

std::string change_words(const StudyTables& t) {
    const Table& s = t.of("switching");
    if (s.rows.empty()) return "Not tried: with twenty runs or more, assumptions are tried one at a time.";
    const auto found = switches(t);
    if (found.empty() && !always_leads(t)) return too_close;
    if (found.empty())
        return "No single assumption puts another plan first, over its plausible range. “" + escaped(text(s.rows.front()[s.column("meaning")])) +
               "” moves the gain most: " + fixed(number(s.rows.front()[s.column("difference_low")]), 2) + " to " +
               fixed(number(s.rows.front()[s.column("difference_high")]), 2) + " benchmarks.";
    return switch_words(s, *found.front()) + "." + (found.size() > 1 ? " " + std::to_string(found.size() - 1) + " more below." : "");
}

}  // namespace

double assumed_percent(const StudyTables& t) {
    const Table& s = t.of("switching");
    double all = 0, assumed = 0;
    for (const Row& row : s.rows) {
        const double swing = number(row[s.column("swing")]);
        all += swing * swing;
        if (number(row[s.column("padlocks")]) <= 1) assumed += swing * swing;
    }
    return all > 0 ? 100.0 * assumed / all : -1.0;
}

std::string answer(const ReportFacts& f, const StudyTables& t) {
    if (f.plans.size() < 2) return "";
    return "<dl class=\"answer\"><div><dt>Which plan?</dt><dd>" + value_words(t) + "</dd></div><div><dt>How sure?</dt><dd>" + first_place(t) +
           sure_of_value(t) + "</dd></div><div><dt>What would change it?</dt><dd>" + change_words(t) + "</dd></div></dl>";
}

std::string value_for_money(const StudyTables& t) {
    return "<p>No official figure says what a benchmark is worth, so the answer is given for a range. " + value_words(t) + "</p>" +
           table_html(t.of("frontier"), "What more money buys, cheapest first") + table_html(t.of("robust"), "What other rules of choice would pick") +
           table_html(t.of("satisficing"), "How often each plan is good enough, whatever a benchmark is worth", false) +
           table_html(t.of("ranks"), "Chance of each place, by benchmarks at the end", false);
}

std::string what_would_change(const StudyTables& t) {
    const Table& s = t.of("switching");
    std::string out;
    for (const Row* row : switches(t)) out += "<li>" + switch_words(s, *row) + ".</li>";
    const std::string none = always_leads(t) ? "No single assumption puts another plan first, over its plausible range." : too_close;
    out = out.empty() ? "<p>" + none + "</p>" : "<ul>" + out + "</ul>";
    const double assumed = assumed_percent(t);
    if (assumed >= 0)
        out += "<p>" + fixed(assumed, 0) + " % of what can move this answer, one assumption at a time, rests on assumptions with evidence of 0 or 1 of 5. " +
               "Each was tried in one pair of runs with the same luck; small swings may be luck.</p>";
    const Table& d = t.of("discovery");
    for (const Row& row : d.rows) {
        const auto at = [&](const char* name) { return number(row[d.column(name)]); };
        out += "<p>At " + pounds(at("worth_gbp")) + " a benchmark-year, where the choice is hardest, " + quoted(text(row[d.column("plan")])) +
               " is not the best value in " + fixed(at("overall_percent"), 0) + " % of draws of the parameters";
        if (!text(row[d.column("condition")]).empty())
            out += "; with " + escaped(text(row[d.column("condition")])) + " in " + fixed(at("density_percent"), 0) + " % (" +
                   fixed(at("coverage_percent"), 0) + " % of such cases)";
        out += ".</p>";
    }
    if (!t.of("information").rows.empty()) out += table_html(t.of("information"), "What knowing more would be worth, at most", false);
    return out;
}

std::string who_gains(const StudyTables& t) {
    if (t.of("equity").rows.empty()) return "";
    return table_html(t.of("equity"), "Differences between groups in what they gain", false);
}

std::string would_we_know(const StudyTables& t) {
    const Table& e = t.of("evaluation");
    if (e.rows.empty()) return "";
    const auto of = [&](const char* estimator, const char* column) {
        for (const Row& row : e.rows)
            if (text(row[e.column("estimator")]) == estimator) return number(row[e.column(column)]);
        return std::nan("");
    };
    Table of_estimators = e;  // plan and months stand above it
    of_estimators.columns.erase(of_estimators.columns.begin(), of_estimators.columns.begin() + 2);
    for (Row& row : of_estimators.rows) row.erase(row.begin(), row.begin() + 2);
    const std::string title =
        std::fabs(of("Multivariate regression", "bias")) < 0.05 ? "An evaluation would come close to the truth" : "An evaluation would be off the mark";
    return "<section id=\"would-we-know\"><h2>" + title + "</h2><p class=\"subtitle\">Estimates from simulated returns of “" +
           escaped(text(e.rows.front()[0])) + "”, " + fixed(number(e.rows.front()[1]), 0) +
           " months after its first hubs: the pilot's sample, selection and misreporting</p><p>The true effect on members would be " +
           fixed(of("Multivariate regression", "truth"), 2) + " benchmarks; a plain difference of means would say " +
           fixed(of("Difference of means", "estimate"), 2) + ", and a regression " + fixed(of("Multivariate regression", "estimate"), 2) + ".</p>" +
           table_html(of_estimators, "Each estimator beside the truth, and where its error comes from") +
           table_html(t.of("power"), "How many schools it takes", false) +
           "<p>A lottery for places, or a stepped start, would take selection away: <code>hubsim evaluate RESULTS --assignment lottery</code>.</p></section>";
}

std::string plan_differences(const ReportFacts& f, const StudyTables& t) {
    const Table& a = t.of("assumptions");
    std::map<std::string, std::map<std::string, std::string>> levers;  // by plan and name
    for (const Row& row : a.rows)
        if (const std::string in = text(row[0]); in.starts_with("plan: ")) levers[in.substr(6)][text(row[a.column("name")])] = text(row[a.column("value")]);
    std::map<std::string, std::string> waves;
    const auto scenario = nlohmann::json::parse(f.scenario_json, nullptr, false);
    if (scenario.is_object() && scenario.contains("plans"))
        for (const auto& plan : scenario["plans"]) {
            std::string& said = waves[plan.value("name", "")];
            for (const auto& wave : plan.value("waves", nlohmann::json::array())) {
                long members = wave.value("members", 0L);
                if (wave.contains("areas"))
                    for (const auto& [area, count] : wave["areas"].items()) members += count.is_number() ? count.get<long>() : 0;
                std::string rule = wave.value("rule", "");
                std::replace(rule.begin(), rule.end(), '_', ' ');
                said += (said.empty() ? "" : "; ") + fixed(static_cast<double>(members), 0) + " from " + month_in_words(wave.value("start", "")) + ", " + rule;
            }
        }
    std::string out = "<section id=\"plans\"><h2>The plans, and how they differ</h2><dl>";
    const auto& reference = levers[f.plans.front()];
    for (std::size_t p = 0; p < f.plans.size(); ++p) {
        out += "<dt><strong>" + escaped(f.plans[p]) + "</strong>" + (p == 0 ? " (the reference)" : "") + "</dt><dd>" + escaped(f.plan_descriptions[p]);
        if (!waves[f.plans[p]].empty()) out += " Members: " + escaped(waves[f.plans[p]]) + ".";
        if (p > 0) {
            std::string changed;
            std::size_t count = 0;
            for (const auto& [name, value] : levers[f.plans[p]])
                if (const auto there = reference.find(name); there != reference.end() && there->second != value) {
                    ++count;
                    changed += (changed.empty() ? ": " : "; ") + escaped(name) + " " + escaped(value) + " instead of " + escaped(there->second);
                }
            const bool members = waves[f.plans[p]] != waves[f.plans.front()];
            out += " Differs from " + quoted(f.plans.front()) + " in " + std::to_string(count) + " of " + std::to_string(reference.size()) + " levers" +
                   changed + (members ? ", and in who joins when." : ".");
        }
        out += "</dd>";
    }
    return out + "</dl></section>";
}

}  // namespace hubs::section
