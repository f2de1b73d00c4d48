
#include "analysis/results/page.h"
#include "analysis/results/plan_differences.h"
#include "analysis/results/tables/waves.h"

namespace hubs {
namespace {

void plans_section(Page& page) {
    PlanWords words(page.of<Assumptions>(), page.of<Waves>());
    const auto& plans = page.facts.plans;
    std::string out = "<dl>";
    for (std::size_t p = 0; p < plans.size(); ++p) {
        const std::string& members = words.members(plans[p]);
        out += "<dt><strong>" + escaped(plans[p]) + "</strong>" +
               (p == 0 && plans.size() > 1 ? " (the reference)" : "") + "</dt><dd>" +
               escaped(page.facts.plan_descriptions[p] + (members.empty() ? "" : " Members: " + members + ".") +
                       (p == 0 ? "" : " " + words.differences(plans[p], plans[0]))) +
               "</dd>";
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
