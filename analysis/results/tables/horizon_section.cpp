#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/results/sentences.h"
#include "analysis/results/tables/horizon.h"

namespace hubs {
namespace {

/// Plans as they are chosen in turn, each with the last date at which it is.
struct Spell {
    std::string plan, until;
};
std::vector<Spell> spells(const Page& page) {
    std::vector<Spell> out;
    for (const Horizon::Row& row : page.of<Horizon>()) {
        if (row.chosen != 1) continue;
        if (out.empty() || out.back().plan != row.plan) out.push_back({row.plan, row.date});
        else out.back().until = row.date;
    }
    return out;
}

/// "“A” is chosen up to August 2020, then “B”".
std::string in_turn(const std::vector<Spell>& all) {
    std::string out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        out += (i == 0 ? "“" : ", then “") + all[i].plan + "”";
        if (i + 1 < all.size()) out += (i == 0 ? " is chosen up to " : " up to ") + month_in_words(all[i].until);
    }
    return out;
}

/// Whether another plan gained so much on the one chosen in the last year that it would pass it within three more at
/// that pace: " “B” gained 0.21 on it in the last year: at that pace it would be chosen within a year more."
std::string catching_up(const Page& page) {
    constexpr double soon = 3.0;
    const auto& rows = page.of<Horizon>();
    const std::size_t n = page.facts.plans.size();
    const Horizon::Row *last = &rows[rows.size() - n], *before = nullptr;
    for (std::size_t r = 0; r < rows.size(); r += n)
        if (rows[r].months + 12 <= last->months) before = &rows[r];
    if (before == nullptr || page.facts.decision.rule == ChoiceRule::within_budget) return "";
    const double years = static_cast<double>(last->months - before->months) / 12.0;
    const auto chosen = static_cast<std::size_t>(
        std::find_if(last, last + n, [](const Horizon::Row& row) { return row.chosen == 1; }) - last);
    double least = soon, pace_of = 0;
    std::string fastest;
    for (std::size_t p = 0; p < n; ++p) {
        const double gap = last[chosen].preference - last[p].preference;
        const double pace = (before[chosen].preference - before[p].preference - gap) / years;
        if (p == chosen || gap < 0 || !(pace > 0) || gap / pace >= least) continue;
        least = gap / pace;
        pace_of = pace;
        fastest = last[p].plan;
    }
    if (fastest.empty()) return "";
    return " “" + fastest + "” gained " + fixed(pace_of, 2) +
           " on it in the last year: at that pace it would be chosen " +
           (least < 1   ? "within a year"
            : least < 2 ? "within two years"
                        : "within three years") +
           " more.";
}

}  // namespace

std::string horizon_words(const Page& page) {
    const auto all = spells(page);
    // A budget is for the whole run: what a part of it costs says nothing of it.
    if (page.facts.decision.rule == ChoiceRule::within_budget) return "";
    if (all.empty() || no_difference(page) || page.of<Horizon>().size() <= page.facts.plans.size()) return "";
    const std::string so_far = all.size() == 1 ? "“" + all.front().plan + "” is chosen however many of the years to " +
                                                     month_in_words(all.back().until) + " are counted."
                                               : "How long is counted matters: " + in_turn(all) + ".";
    return escaped(so_far + catching_up(page));
}

void Horizon::section(Page& page) {
    const auto all = spells(page);
    if (horizon_words(page).empty()) return;  // one horizon only, or nothing to choose
    nlohmann::ordered_json data = nlohmann::ordered_json::array();
    for (const Row& row : page.of<Horizon>())
        data.push_back({{"plan", row.plan}, {"months", row.months}, {"preference", row.preference}});
    Chart c;
    c.id = "horizon";
    c.table = page.results.table<Horizon>();
    c.title = all.size() > 1              ? "The choice turns with the years that are counted"
              : catching_up(page).empty() ? "“" + all.front().plan + "” is chosen however many years are counted"
                                          : "“" + all.front().plan + "” leads; another plan is catching up";
    c.subtitle = "Preference by the scenario's rule over “" + page.facts.reference() + "”, in " +
                 preference_words(page) + " per establishment, had counting ended after so many years, " +
                 page.facts.place;
    auto values = plan_values(page.facts.plans);
    values["description"] = c.subtitle;
    values["unit"] = preference_words(page) + " per establishment";
    nlohmann::ordered_json end = nlohmann::ordered_json::array();
    const Row& last = page.of<Horizon>().back();
    const bool watched = last.months > page.facts.months;
    if (watched) end.push_back({{"years", page.facts.months / 12.0}});
    c.spec = filled_chart(embedded::chart_horizon, values, {{"rows", data}, {"end", end}});
    page.chart(
        std::move(c), "",
        "<p>" + horizon_words(page) + " What is gained and spent after " + month_in_words(last.date) +
            " counts as nothing here; a longer run counts more of it." +
            (watched
                 ? " Years after " + month_in_words(page.facts.last_month) + " (the dashed line) come from the first " +
                       std::to_string(last.runs) +
                       " runs, which were watched on with plans and costs as they stood then: what these gained and "
                       "cost later is added to the mean of all runs. Nothing published "
                       "tests these years, and the decision above does not count them."
                 : "") +
            "</p>");
}

}  // namespace hubs
