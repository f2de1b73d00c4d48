#include "analysis/report/report.h"

#include <algorithm>
#include <cmath>

#include "analysis/base/words.h"
#include "analysis/report/live.h"
#include "analysis/report/report_json.h"
#include "analysis/report/standing_sections.h"
#include "analysis/results/sentences.h"
#include "analysis/results/tables.h"

namespace hubs {
namespace {

/// Whether parameters are drawn from the shipped calibration.
bool drawn_from_calibration(const Page& page) { return !page.of<Fit>().empty(); }

/// "the 26 parameters that are drawn", and of these those of processes that are switched off, which act on nothing.
std::string drawn_parameters(const Page& page) {
    std::string off;
    for (const CalibrationBasis::Row& row : page.of<CalibrationBasis>())
        if (row.aspect == "processes switched off") off = row.run;
    std::size_t all = 0, idle = 0;
    for (const Assumptions::Row& row : page.of<Assumptions>()) {
        if (row.standing != "drawn") continue;
        ++all;
        idle += off.find(row.section) != std::string::npos;
    }
    return "the " + counted(all, "parameter") + " that are drawn" +
           (idle == 0 ? "" : " (" + std::to_string(idle) + " of them of processes that are switched off)");
}

std::string badges(const Page& page) {
    const PlanChoice::Row* best = featured_plan(page);
    if (best == nullptr || no_difference(page)) return "";
    const std::string more = best->gain < 0 ? "fewer" : "more", cost = pounds(std::fabs(best->extra_cost_gbp));
    const double assumed = assumed_percent(page), establishments = page.facts.establishments;
    const double per = best->extra_cost_gbp / (best->gain * establishments);
    const bool years = page.facts.decision.outcome == PrimaryOutcome::benchmark_years;
    const std::string rests = assumed < 0 ? "Much of it still rests on assumptions."
                                          : fixed(assumed, 0) + " % of what could move it rests on assumptions.";
    const auto& basis = page.of<CalibrationBasis>();
    return "<p class=\"badges-of\">" + quoted(best->plan) + " against " + quoted(page.facts.reference()) +
           "</p><ul class=\"badges\"><li>Impact<b>" + fixed(std::fabs(best->gain), 2) + " " + outcome_words(page) +
           "</b>" + more + " per establishment</li><li>Cost<b>" + cost + "</b>" +
           (best->extra_cost_gbp < 0 ? "less" : "more") + ", present value" +
           (!years || !(per > 0) || !std::isfinite(per) ? ""
            : best->gain > 0                            ? ": " + pounds(per) + " for each benchmark-year more"
                                                        : ": " + pounds(per) + " for each benchmark-year fewer") +
           "</li><li>Evidence<b class=\"locks\" role=\"img\" aria-label=\"" +
           (is_calibrated(basis) ? "2 of 5 padlocks\">●●○○○</b>" : "1 of 5 padlocks\">●○○○○</b>") +
           escaped(calibration_sentence(basis)) + " " + (anything_drawn(page) ? rests : "The range holds luck only.") +
           "</li></ul>";
}

std::string answer(const Page& page) {
    if (!page.several_plans()) return "";
    return "<dl class=\"answer\"><div><dt>Which plan?</dt><dd>" + which_plan_words(page) +
           "</dd></div><div><dt>How sure?</dt><dd>" + sure_words(page) + " " + horizon_words(page) +
           "</dd></div><div><dt>What would change it?</dt><dd>" + change_words(page) +
           (can_move_assumptions(page) ? " <a href=\"#try-it\">Try it yourself</a>." : "") + "</dd></div></dl>";
}

std::string cautions(const Page& page) {
    const std::string fell_short = waves_that_fell_short(page);
    return std::string(
               "<p><strong>Three cautions.</strong> Published attainment is what schools say of themselves; counted here "
               "is the model's estimate of what is truly in place. ") +
           (anything_drawn(page)
                ? (drawn_from_calibration(page) ? "Parameters are drawn from a calibration to 2018 to 2023"
                                                : "Parameters are drawn from the study's own draws, not the shipped "
                                                  "calibration's") +
                      std::string(page.facts.replicates < fewest_runs_for_range
                                      ? "; of so few runs no range is given. "
                                      : ": the range holds luck and " + drawn_parameters(page) +
                                            "; every other assumption is fixed, and what the model leaves out is "
                                            "not in it. Two runs in turn share a draw. ")
                : "Parameters are defaults from evidence or assumption, so the range shown holds luck alone and is "
                  "too narrow. ") +
           "Which part of a hub does the work cannot be told from any published figure.</p>" +
           (fell_short.empty()
                ? ""
                : "<p><strong>" + fell_short +
                      "</strong>, so plans are smaller than they say (<a href=\"#waves\">which</a>).</p>");
}

/// Groups too small to be published, by name.
std::string not_shown(const Page& page) {
    std::string out;
    for (const Suppressed::Row& row : page.of<Suppressed>())
        out += (out.empty() ? "" : "; ") + escaped(std::string(word(row.grouping))) + " " + quoted(row.group);
    return out.empty() ? ""
                       : "Groups of fewer than five establishments are not shown, since a figure would speak of single "
                         "schools: " +
                             out + ". ";
}

std::string first_lines(const ReportFacts& f) {
    return f.name + " · " + fixed(f.establishments, 0) + " establishments, " + f.place + " · " +
           std::to_string(f.plans.size()) + (f.plans.size() == 1 ? " plan" : " plans") + " × " +
           std::to_string(f.replicates) + " runs · " + f.date + " · hubsim " + f.version + " · " +
           f.fingerprint.substr(0, 8);
}

}  // namespace

Report report_of(const ReportFacts& f, const Results& results) {
    Page page(f, results);
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        if constexpr (requires { T::section(page); }) T::section(page);
    });
    const bool runs = add_live_section(page);
    page.section("limits", "What this cannot say", "",
                 "<p>" + escaped(f.population_note) +
                     " Nothing here speaks of pupils' later lives. Meetings more often than six a year, and anything "
                     "beyond what hubs have done, is extrapolation. " +
                     not_shown(page) +
                     "Not a product of the Department for Education or The Careers &amp; Enterprise Company.</p>");
    add_standing_sections(page);
    return {
        page_start(f.name + " – hubsim report", f.question.empty() ? f.name : f.question, first_lines(f), true, runs) +
            "<p class=\"headline\">" + escaped(choice_sentence(page)) + "</p>" + answer(page) + badges(page) +
            cautions(page) + contents_of(page.body) + page.body + (runs ? live_engine() : "") +
            page_end(f.scenario_json),
        page.charts, report_json(page)};
}

}  // namespace hubs
