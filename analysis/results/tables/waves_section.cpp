#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/results/sentences.h"
#include "analysis/results/tables/assumptions.h"
#include "analysis/results/tables/waves.h"

namespace hubs {
namespace {

using Levers = std::map<std::string, std::string>;  ///< values by name

std::map<std::string, Levers> levers_by_plan(const Page& page) {
    std::map<std::string, Levers> out;
    for (const Assumptions::Row& row : page.of<Assumptions>())
        if (row.section.starts_with("plan: ")) out[row.section.substr(6)][row.name] = cell_text(row.value);
    return out;
}

/// "60 from September 2018, by area; …", by plan, as the scenario says.
std::map<std::string, std::string> members_by_plan(const Page& page) {
    std::map<std::string, std::string> out;
    const auto scenario = nlohmann::json::parse(page.facts.scenario_json, nullptr, false);
    if (!scenario.is_object() || !scenario.contains("plans")) return out;
    for (const auto& plan : scenario["plans"]) {
        std::string& said = out[plan.value("name", "")];
        for (const auto& wave : plan.value("waves", nlohmann::json::array())) {
            long members = wave.value("members", 0L);
            if (wave.contains("areas"))
                for (const auto& [area, count] : wave["areas"].items())
                    members += count.is_number() ? count.get<long>() : 0;
            std::string rule = wave.value("rule", "");
            std::replace(rule.begin(), rule.end(), '_', ' ');
            said += (said.empty() ? "" : "; ") + fixed(static_cast<double>(members), 0) + " from " +
                    month_in_words(wave.value("start", "")) + ", " + rule;
        }
    }
    return out;
}

/// " Differs from “A” in 2 of 61 levers: …, and in who joins when."
std::string differs(const std::string& reference, const Levers& there, const Levers& here, bool members) {
    std::string changed;
    std::size_t count = 0;
    for (const auto& [name, value] : here)
        if (const auto found = there.find(name); found != there.end() && found->second != value) {
            ++count;
            changed += (changed.empty() ? ": " : "; ") + escaped(name) + " " + escaped(value) + " instead of " +
                       escaped(found->second);
        }
    return " Differs from " + quoted(reference) + " in " + std::to_string(count) + " of " +
           std::to_string(there.size()) + " levers" + changed + (members ? ", and in who joins when." : ".");
}

void plans_section(Page& page) {
    auto levers = levers_by_plan(page);
    auto members = members_by_plan(page);
    const auto& plans = page.facts.plans;
    std::string out = "<dl>";
    for (std::size_t p = 0; p < plans.size(); ++p) {
        out += "<dt><strong>" + escaped(plans[p]) + "</strong>" + (p == 0 ? " (the reference)" : "") + "</dt><dd>" +
               escaped(page.facts.plan_descriptions[p]);
        if (!members[plans[p]].empty()) out += " Members: " + escaped(members[plans[p]]) + ".";
        if (p > 0) out += differs(plans[0], levers[plans[0]], levers[plans[p]], members[plans[p]] != members[plans[0]]);
        out += "</dd>";
    }
    page.section("plans", "The plans, and how they differ", "", out + "</dl>");
}

}  // namespace

std::string waves_that_fell_short(const Page& page) {
    const std::size_t n = shortfalls(page.of<Waves>()).size(), all = page.of<Waves>().size();
    if (n == 0) return "";
    return (n == all ? (n == 1 ? "The one wave" : "All " + std::to_string(all) + " waves")
                     : std::to_string(n) + " of " + std::to_string(all) + " waves") +
           " found fewer members than asked for";
}

void Waves::section(Page& page) {
    plans_section(page);
    if (page.of<Waves>().empty()) return;
    const std::string fell_short = waves_that_fell_short(page);
    std::string told;
    for (const std::string& s : shortfalls(page.of<Waves>())) told += "<li>" + escaped(s) + "</li>";
    page.section(
        "waves", fell_short.empty() ? "Every wave found as many members as it asked for" : fell_short,
        "Establishments joining or leaving by wave, over all runs",
        (told.empty() ? "" : "<ul>" + told + "</ul>") + page.table<Waves>("Members asked for and placed", closed));
}

}  // namespace hubs
