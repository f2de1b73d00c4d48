
#include <algorithm>

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
    const bool nobody_asked =
        std::all_of(page.of<Waves>().begin(), page.of<Waves>().end(), [](const Row& row) { return row.asked == 0; });
    page.section(
        "waves",
        !fell_short.empty() ? fell_short
        : nobody_asked      ? "No wave takes new members: hubs merge, close or are left"
                            : "Every wave found as many members as it asked for",
        "Establishments joining or leaving by wave, over all runs",
        (told.empty() ? "" : "<ul>" + told + "</ul>") + page.table<Waves>("Members asked for and placed", closed));
}

}  // namespace hubs
