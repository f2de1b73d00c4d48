#include "analysis/study/calibration/origin.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/base/words.h"
#include "analysis/study/calibration/observables.h"

namespace hubs {
namespace {

/// A figure of those in hubs, the network or neither at a date follows one of those who were there before the first
/// wave. With each wave these are more establishments: "as at the origin" is then of other members too.
std::string kind_of(const CalibrationTarget& t) {
    for (const auto& [at_date, before] :
         {std::pair{"in_hubs", "hub"}, std::pair{"in_network", "network"}, std::pair{"outside", "none"}})
        if (t.group == at_date) return t.observe + " " + before;
    return t.observe + " " + t.group;
}

/// Published figures of a kind up to a date, by month; a mean less its first year's gain is the figure at the start.
std::vector<std::pair<double, double>> known_of(const CalibrationProblem& p, const CalibrationTarget& later,
                                                unsigned months) {
    std::vector<std::pair<double, double>> out;
    for (const CalibrationTarget& t : p.targets)
        if (kind_of(t) == kind_of(later) && t.months <= months) out.emplace_back(t.months, t.value);
    std::sort(out.begin(), out.end());
    if (out.empty() || later.observe != "mean") return out;
    for (const CalibrationTarget& t : p.targets)
        if (kind_of(t) == "gain " + kind_of(later).substr(5) && t.months == out.front().first) {
            out.insert(out.begin(), {out.front().first - 12.0, out.front().second - t.value});
            break;
        }
    return out;
}

/// What a quantity can be at most.
double highest_of(const CalibrationTarget& t) {
    return t.observe == "mean" ? 8 : t.observe.starts_with("share_") ? 100 : std::numeric_limits<double>::infinity();
}

double score_of(const OriginRow& r, double error) { return error / r.fit->scale; }

}  // namespace

std::size_t fit_until(CalibrationProblem& problem, unsigned months) {
    for (CalibrationTarget& t : problem.targets)
        if (!t.held_out && t.months > months) t.held_out = t.later = true;
    std::stable_partition(problem.targets.begin(), problem.targets.end(),
                          [](const CalibrationTarget& t) { return !t.held_out; });
    problem.fitted = static_cast<std::size_t>(std::count_if(problem.targets.begin(), problem.targets.end(),
                                                            [](const CalibrationTarget& t) { return !t.held_out; }));
    return problem.fitted;
}

std::vector<OriginRow> later_figures(const Calibration& c, unsigned months) {
    std::vector<OriginRow> out;
    for (const FitRow& r : c.fit) {
        const CalibrationTarget& t = *r.target;
        if (!t.later) continue;
        OriginRow row{&r, (static_cast<double>(t.months) - months) / 12.0, not_available, not_available};
        const auto known = known_of(c.problem, t, months);
        if (!known.empty()) row.no_change = known.back().second;
        for (const auto& [before, earlier] : known)  // the last that is a whole year earlier
            if (const auto& [last, value] = known.back(); before <= last - 12)
                row.same_growth =
                    std::min(highest_of(t), value + (value - earlier) / (last - before) * (t.months - last));
        out.push_back(row);
    }
    std::stable_sort(out.begin(), out.end(), [](const OriginRow& a, const OriginRow& b) { return a.years < b.years; });
    return out;
}

double skill(const std::vector<OriginRow>& rows, double OriginRow::*rule) {
    double model = 0, other = 0;
    for (const OriginRow& r : rows) {
        if (std::isnan(r.*rule)) continue;
        model += score_of(r, r.fit->crps);
        other += score_of(r, std::fabs(r.*rule - r.fit->target->value));
    }
    return other > 0 ? 1.0 - model / other : not_available;
}

Table origin_table(const std::vector<OriginRow>& rows) {
    Table t{"origin",
            "Figures published after the last that was fitted, beside what was predicted",
            {{"target", "Evidence", "", 0},
             {"quantity", "Quantity", "", 0},
             {"group", "Group", "", 0},
             {"years_ahead", "Years ahead", "years", 2},
             {"published", "Published", "", 3},
             {"predicted", "Predicted, mean", "", 3},
             {"p5", "5th percentile", "", 3},
             {"p95", "95th percentile", "", 3},
             {"inside_90", "Inside the 90 % interval", "1 if so", 0},
             {"crps", "Ranked probability score", "", 3},
             {"no_change", "As at the origin", "", 3},
             {"same_growth", "Growing as before", "", 3}},
            {}};
    for (const OriginRow& r : rows)
        t.rows.push_back({r.fit->target->id, r.fit->target->quantity, r.fit->target->group_named, r.years,
                          r.fit->target->value, r.fit->mean, r.fit->low_90, r.fit->high_90,
                          std::int64_t{r.fit->inside_90}, r.fit->crps, r.no_change, r.same_growth});
    return t;
}

std::string origin_text(const std::vector<OriginRow>& rows) {
    std::size_t inside = 0;
    for (const OriginRow& r : rows) inside += r.fit->inside_90;
    const auto of_rule = [&](double OriginRow::*rule, const char* name) {
        const auto figures =
            std::count_if(rows.begin(), rows.end(), [&](const OriginRow& r) { return !std::isnan(r.*rule); });
        char text[120];
        std::snprintf(text, sizeof text, "over \"%s\" %.2f (%s)", name, skill(rows, rule),
                      counted(static_cast<std::size_t>(figures), "figure").c_str());
        return std::string(text);
    };
    return "figures published later: " + std::to_string(inside) + " of " + std::to_string(rows.size()) +
           " inside 90 % of predictions; skill " + of_rule(&OriginRow::no_change, "as at the origin") + ", " +
           of_rule(&OriginRow::same_growth, "growing as before") + "; 1 is perfect, below 0 the rule was nearer\n";
}

}  // namespace hubs
