#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/base/words.h"
#include "analysis/page/chart_parts.h"
#include "analysis/results/sentences.h"
#include "analysis/results/tables/assumptions_that_matter.h"
#include "analysis/results/tables/calibration_basis.h"
#include "analysis/results/tables/draws.h"

namespace hubs {
namespace {

constexpr std::size_t most_bars = 12;
constexpr const char* none_changes =
    "No single assumption puts another plan first, over the values tried (the middle 90 % of its draws, or its plausible range).";
constexpr const char* nobody_else =
    "No other plan is within the budget; whether an assumption moves one across it was not tried.";
/// Of no help is one pair of runs in which the plan chosen is not ahead to begin with.
std::string not_ahead(const Page& page) {
    const Switching::Row& row = page.of<Switching>().front();
    const bool reference_leads = page.of<PlanChoice>().front().plan == page.facts.reference();
    const std::string chosen = quoted(reference_leads ? page.facts.reference() : row.leader),
                      other = quoted(reference_leads ? row.leader : row.rival);
    return "In the one pair of runs in which assumptions are tried, with all of them in the middle, " + other +
           " is ahead of " + chosen + " by " + fixed(std::fabs(row.lead), 2) + " " + preference_words(page) +
           ": what would put one before the other cannot be told from it.";
}

/// "; of the 20 runs that drew it so it leads in 3, of the other 180 in 9": what one pair of runs says, beside what the
/// runs themselves do.
std::string in_runs_drawn_so(const Switching::Row& row, const Page& page) {
    const bool below = row.switches_at < row.value;
    const bool reference_leads = page.of<PlanChoice>().front().plan == page.facts.reference();
    const auto other = Replicates::of_plan(page.of<Replicates>(), row.rival, &Replicates::Row::score),
               chosen =
                   Replicates::of_plan(page.of<Replicates>(), reference_leads ? page.facts.reference() : row.leader,
                                       &Replicates::Row::score);
    std::size_t drawn = 0, leads = 0, rest = 0, leads_elsewhere = 0;
    for (const Draws::Row& draw : page.of<Draws>()) {
        if (draw.parameter != row.parameter) continue;
        const bool beyond = below ? draw.value < row.switches_at : draw.value > row.switches_at;
        const auto r = static_cast<std::size_t>(draw.replicate);
        ++(beyond ? drawn : rest);
        (beyond ? leads : leads_elsewhere) += other[r] > chosen[r];
    }
    if (drawn == 0) return "";
    return "; of the " + counted(drawn, "run") + " that drew it so it leads in " + std::to_string(leads) +
           ", of the other " + std::to_string(rest) + " in " + std::to_string(leads_elsewhere);
}

std::string switch_words(const Switching::Row& row, const Page& page) {
    return quoted(row.rival) + " would lead if “" + escaped(row.meaning) + "” were " +
           (row.switches_at < row.value ? "below " : "above ") + escaped(amount_in_words(row.switches_at, row.unit)) +
           " (taken as " + bare_amount(row.value, row.unit) + "; evidence " +
           fixed(static_cast<double>(row.padlocks), 0) + " of 5" + in_runs_drawn_so(row, page) + ")";
}

/// How many assumptions turn the choice at an end of their range; where, is looked for in the five that move it most.
std::size_t turning(const Page& page) {
    const auto& all = page.of<Switching>();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Switching::Row& row) {
        return row.lead > 0 && (row.lead_low <= 0 || row.lead_high <= 0);
    }));
}

std::vector<const Switching::Row*> switches(const Page& page) {
    std::vector<const Switching::Row*> out;
    for (const Switching::Row& row : page.of<Switching>())
        if (!std::isnan(row.switches_at)) out.push_back(&row);
    // The one that needs the smallest part of its range comes first.
    std::stable_sort(out.begin(), out.end(), [](const Switching::Row* a, const Switching::Row* b) {
        const auto way = [](const Switching::Row& r) { return std::fabs(r.switches_at - r.value) / (r.high - r.low); };
        return way(*a) < way(*b);
    });
    return out;
}

/// Whether the plan that leads keeps its lead at both ends of every assumption tried.
bool always_leads(const Page& page) {
    const auto& all = page.of<Switching>();
    return std::all_of(all.begin(), all.end(),
                       [](const Switching::Row& row) { return row.lead_low > 0 && row.lead_high > 0; });
}

/// "by which “A” is ahead of “B”"; where no other plan may be chosen "that “A” adds over the reference".
std::string compared(const Switching::Row& row, const Page& page) {
    if (std::isnan(row.lead)) return "that “" + row.leader + "” adds over “" + page.facts.reference() + "”";
    // Where the reference is chosen, it is what leads.
    const bool reference_leads = page.of<PlanChoice>().front().plan == page.facts.reference();
    return "by which “" + (reference_leads ? page.facts.reference() : row.leader) + "” is ahead of “" + row.rival + "”";
}

/// A table of gains and leads with the plans' names in its headings, in the units of this study's rule; without a
/// column of turning points where there is none.
Table with_plans_named(Table t, const Page& page) {
    const Switching::Row& row = page.of<Switching>().front();
    const bool reference_leads = page.of<PlanChoice>().front().plan == page.facts.reference();
    const std::string gain = "“" + row.leader + "” over “" + page.facts.reference() + "”",
                      lead =
                          "“" + (reference_leads ? page.facts.reference() : row.leader) + "” over “" + row.rival + "”";
    const auto named = [&](const std::string& name) -> std::string {
        if (name.starts_with("difference")) return gain + name.substr(10);
        if (name == "gain") return gain;
        return name.starts_with("lead") && name != "leader" ? lead + name.substr(4) : "";
    };
    for (TableColumn& column : t.columns) {
        std::string label = named(column.name);
        if (label.ends_with("_low")) label = label.substr(0, label.size() - 4) + ", low end";
        if (label.ends_with("_high")) label = label.substr(0, label.size() - 5) + ", high end";
        if (!label.empty()) column.label = label;
        if (column.unit == "in units of the outcome") column.unit = preference_words(page);
    }
    return t;
}

std::string in_capitals(std::string words) {
    words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    return words;
}
std::string level_unit(bool rivals, const Page& page) {
    return std::string(rivals ? "Ahead by, " : "More ") + preference_words(page) + ", per establishment";
}

Chart tornado(const Page& page) {
    Chart c;
    c.id = "assumptions-that-matter";
    const auto& all = page.of<Switching>();
    const bool rivals = !std::isnan(all.front().lead);
    auto data = chart::Json::array();
    std::vector<std::string> order;
    for (std::size_t r = 0; r < std::min(most_bars, all.size()); ++r) {
        const Switching::Row& row = all[r];
        const std::string locks = fixed(static_cast<double>(row.padlocks), 0);
        order.push_back("evidence " + locks + ": " + row.meaning);
        data.push_back({{"assumption", order.back()},
                        {"low", rivals ? row.lead_low : row.difference_low},
                        {"high", rivals ? row.lead_high : row.difference_high},
                        {"evidence", row.padlocks <= 0 ? "0 of 5: assumed" : locks + " of 5"},
                        {"at_low", "low"},
                        {"at_high", "high"}});
    }
    const Switching::Row& most = all.front();
    c.title = !(most.lead > 0) && rivals ? "What would change the choice cannot be told from one pair of runs"
              : most.meaning.size() > 40 ? "What one assumption at a time does to the lead"
                                         : "“" + most.meaning + "” moves the lead most, in one pair of runs";
    c.subtitle = in_capitals(preference_words(page)) + " per establishment " + compared(most, page) + ", " +
                 page.facts.place +
                 ", with one assumption at a time at the low (circle) and the high (square) end of its range. Line: "
                 "with all in the middle. " +
                 (most.lead > 0 ? "Below 0 the choice turns. " : "") + "The twelve that move it most";
    std::vector<std::string> shown{"meaning",        "padlocks",        "unit",     "value", "low",      "high",
                                   "difference_low", "difference_high", "lead_low", "lead",  "lead_high"};
    if (!switches(page).empty()) shown.emplace_back("switches_at");
    c.table = chosen_columns(with_plans_named(page.results.table<Switching>(), page),
                             "Every assumption tried, one at a time", shown);
    c.spec = filled_chart(embedded::chart_assumptions_that_matter,
                          {{"description", c.subtitle},
                           {"order", order},
                           {"middle", rivals ? most.lead : most.difference},
                           {"unit", level_unit(rivals, page)}},
                          {{"rows", data}});
    return c;
}

std::string discovery_words(const Discovery::Row& row, const Page& page) {
    std::string out = "<p>At " + pounds(row.worth_gbp) + " a benchmark-year, " + worth_weighed(page) + ", " +
                      quoted(row.plan) + " is not the best value in " + fixed(row.overall_percent, 0) +
                      " % of draws of the parameters";
    if (!row.condition.empty())
        out += "; with " + escaped(row.condition) + " in " + fixed(row.density_percent, 0) + " % (" +
               fixed(row.coverage_percent, 0) + " % of such cases)";
    return out + ".</p>";
}

}  // namespace

std::string change_words(const Page& page) {
    const auto& all = page.of<Switching>();
    if (no_difference(page))
        return all.empty() ? "Nothing was tried: the plans are alike in every run."
                           : "Nothing that was tried, one assumption at a time: the plans stay alike.";
    const auto& plans = page.of<PlanChoice>();
    if (plans.size() > 1 && plans[0].plan == page.facts.reference() && plans[1].affordable != 1)
        return "Only the budget: every other plan costs more than it allows. Assumptions were not tried, since none of "
               "them could be chosen.";
    if (all.empty()) return "Not tried: with twenty runs or more, assumptions are tried one at a time.";
    const auto found = switches(page);
    if (found.empty() && std::isnan(all.front().lead_low)) return nobody_else;
    if (found.empty() && !always_leads(page)) return not_ahead(page);
    if (found.empty())
        return std::string(none_changes) + " “" + escaped(all.front().meaning) +
               "” moves the lead most, in one pair of runs: " + fixed(all.front().lead_low, 2) +
               " at the low end of its range, " + fixed(all.front().lead, 2) + " in the middle, " +
               fixed(all.front().lead_high, 2) + " at the high end (" + preference_words(page) + ").";
    const std::size_t others = std::max(turning(page), found.size()) - 1;
    return "In the one pair of runs in which assumptions are tried, with a lead of " + fixed(found.front()->lead, 2) +
           " (" + fixed(plans.front().lead, 2) + " over all runs), " + switch_words(*found.front(), page) + "." +
           (others > 0 ? " So would " + counted(others, "other assumption") + ", at an end of what was tried." : "");
}

void Switching::section(Page& page) {
    if (page.of<Switching>().empty() || no_difference(page)) return;
    std::string out;
    for (const Row* row : switches(page)) out += "<li>" + switch_words(*row, page) + ".</li>";
    if (!out.empty() && turning(page) > switches(page).size())
        out += "<li>" + counted(turning(page) - switches(page).size(), "more assumption") +
               " would turn it at an end of what was tried; where on the way was not looked for.</li>";
    const std::string intro = "<p>In the one pair of runs, with all other assumptions in the middle:</p>";
    out = out.empty() ? "<p>" +
                            std::string(std::isnan(page.of<Switching>().front().lead_low) ? nobody_else
                                        : always_leads(page)                              ? none_changes
                                                                                          : not_ahead(page)) +
                            "</p>"
                      : intro + "<ul>" + out + "</ul>";
    const double assumed = assumed_percent(page);
    if (assumed >= 0)
        out +=
            "<p>" + fixed(assumed, 0) +
            " % of what can move this answer (of the sum of squared swings, one assumption at a time) rests on "
            "assumptions with evidence of 0 or 1 of 5. Each was tried in one pair of runs with the same luck; small swings may be luck." +
            std::string(
                goes_on_from_a_run(page.of<CalibrationBasis>())
                    ? " Each acts after the start alone: what acts only before it shows no swing, which is no sign "
                      "that it does not matter."
                    : "") +
            "</p>";
    for (const Discovery::Row& row : page.of<Discovery>()) out += discovery_words(row, page);
    if (!page.of<Information>().empty())
        out += page.table<Information>("What knowing more would be worth, at most, " + worth_weighed(page), closed);
    page.chart(tornado(page), "", out);
}

void Curves::section(Page& page) {
    const auto& rows = page.of<Curves>();
    if (rows.empty() || no_difference(page)) return;
    const Switching::Row& most = page.of<Switching>().front();
    const bool rivals = !std::isnan(most.lead);
    auto data = chart::Json::array();
    std::vector<std::string> order;
    for (const Row& row : rows) {
        data.push_back(
            {{"assumption", row.meaning}, {"way", row.way_percent}, {"level", rivals ? row.lead : row.gain}});
        if (order.empty() || order.back() != row.meaning) order.push_back(row.meaning);
    }
    Chart c;
    c.id = "curves";
    c.table = with_plans_named(page.results.table<Curves>(), page);
    c.title = "What the five assumptions that move the lead most do on the way";
    c.subtitle = in_capitals(preference_words(page)) + " per establishment " + compared(most, page) +
                 ", from the low end of each range (0) to the high end (100), " + page.facts.place +
                 "; one pair of runs a mark";
    c.spec = filled_chart(embedded::chart_curves,
                          {{"description", c.subtitle},
                           {"order", order},
                           {"colours", chart::cycle(chart::colours, order.size())},
                           {"dashes", chart::cycle(chart::dashes, order.size())},
                           {"unit", level_unit(rivals, page)}},
                          {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
