#include "sim/run/what_if.h"

#include <algorithm>
#include <limits>

#include "sim/run/middle.h"
#include "sim/run/outcome.h"

namespace hubs {
namespace {

constexpr unsigned halvings = 6;          // of the way to the end of a range, for a switching value
constexpr std::size_t most_switches = 5;  // switching values looked for, of the largest swings

/// A parameter with a value of its own; none where the path is empty.
struct Assumption {
    std::string path;
    double value;
};

class Trial {
public:
    Trial(const Study& study, const std::array<std::size_t, 3>& plans, bool reference_leads, const Doing& doing)
        : middle_(middle_of(study.scenario)), plans_(plans), reference_leads_(reference_leads), doing_(doing) {
        for (const std::size_t p : plans)
            if (std::find(distinct_.begin(), distinct_.end(), p) == distinct_.end()) distinct_.push_back(p);
    }
    /// Each assumption by itself, with the luck of the first replicate.
    std::vector<PlanLevels> at(const std::vector<Assumption>& changes) const {
        std::vector<PlanLevels> out(changes.size());
        const DecisionSettings& decision = middle_.decision;
        const bool watched = decision.outcome != PrimaryOutcome::benchmarks_at_end;
        const auto make = [&](std::size_t i) {
            Twins twins{middle_,
                        {middle_.seed, 0},
                        distinct_,
                        watched ? card::Wanted::seen : card::Wanted::level,
                        middle_.months};
            if (!changes[i].path.empty()) *place_of(twins.scenario, changes[i].path) = changes[i].value;
            return twins;
        };
        const double establishments = doing_.population.establishments.count();
        const auto take = [&](std::size_t i, std::size_t k, RunEnd&& end) {
            const RunValue v =
                watched ? value_of(middle_, end.seen, doing_.groups, establishments) : RunValue{end.mean_benchmarks, 0};
            for (std::size_t which = 0; which < plans_.size(); ++which)
                if (plans_[which] == distinct_[k]) out[i].score[which] = score_of(decision, v);
        };
        run_twins(changes.size(), doing_, make, take, [](const RunError& e) { throw RunFailure(e.what()); });
        const bool alone = plans_[1] == plans_[2];  // no other plan may be chosen
        for (PlanLevels& l : out)
            l.lead = alone              ? std::numeric_limits<double>::quiet_NaN()
                     : reference_leads_ ? l.score[0] - l.score[1]
                                        : l.score[1] - l.score[2];
        return out;
    }

private:
    Scenario middle_;
    std::array<std::size_t, 3> plans_;
    bool reference_leads_;
    std::vector<std::size_t> distinct_;
    Doing doing_;
};

/// Where between the middle and one end the leader stops leading; it leads in the middle, not at the end. All
/// ways are halved together.
void find_switching_values(const std::vector<WhatIf*>& turned, const Trial& trial) {
    std::vector<double> from, to;
    for (const WhatIf* w : turned) {
        from.push_back(w->value);
        to.push_back(w->at[0].lead > 0 ? w->high : w->low);
    }
    for (unsigned round = 0; round < halvings; ++round) {
        std::vector<Assumption> half;
        for (std::size_t i = 0; i < turned.size(); ++i) half.push_back({turned[i]->path, 0.5 * (from[i] + to[i])});
        const std::vector<PlanLevels> levels = trial.at(half);
        for (std::size_t i = 0; i < turned.size(); ++i) (levels[i].lead > 0 ? from[i] : to[i]) = half[i].value;
    }
    for (std::size_t i = 0; i < turned.size(); ++i) turned[i]->switches_at = 0.5 * (from[i] + to[i]);
}

/// The ends and the middle are known: two more values between them, for those that move the decision most.
void find_curves(const std::vector<WhatIf*>& most, const PlanLevels& middle, const Trial& trial) {
    std::vector<Assumption> between;
    for (const WhatIf* w : most)
        for (const double end : {w->low, w->high}) between.push_back({w->path, 0.5 * (w->value + end)});
    const std::vector<PlanLevels> levels = trial.at(between);
    for (std::size_t i = 0; i < most.size(); ++i) {
        WhatIf& w = *most[i];
        w.curve = {{w.low, w.at[0]},
                   {between[2 * i].value, levels[2 * i]},
                   {w.value, middle},
                   {between[2 * i + 1].value, levels[2 * i + 1]},
                   {w.high, w.at[1]}};
    }
}

}  // namespace

double swing_of(const WhatIf& w, const PlanLevels& middle) {
    const auto [least, most] = std::minmax({w.at[0].decision(), middle.decision(), w.at[1].decision()});
    return most - least;
}

WhatIfs what_ifs(const Study& study, std::size_t leader, std::size_t rival, bool reference_leads, const Doing& doing) {
    WhatIfs out{leader, rival, reference_leads, {}, {}};
    const Trial trial(study, {0, leader, rival}, reference_leads, doing);
    std::vector<Assumption> changes{{"", 0}};
    for (const UncertainParameter& u : uncertain_parameters(study.scenario)) {
        out.each.push_back({u.path, u.field, u.value, u.low, u.high, {}, std::numeric_limits<double>::quiet_NaN()});
        changes.push_back({u.path, u.low});
        changes.push_back({u.path, u.high});
    }
    const std::vector<PlanLevels> levels = trial.at(changes);
    out.middle = levels[0];
    for (std::size_t i = 0; i < out.each.size(); ++i) out.each[i].at = {levels[2 * i + 1], levels[2 * i + 2]};
    std::vector<WhatIf*> order;
    for (WhatIf& w : out.each) order.push_back(&w);
    std::stable_sort(order.begin(), order.end(), [&](const WhatIf* a, const WhatIf* b) {
        return swing_of(*a, out.middle) > swing_of(*b, out.middle);
    });
    find_curves({order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(most_curves, order.size()))},
                out.middle, trial);
    if (leader == rival || !(out.middle.lead > 0)) return out;
    std::vector<WhatIf*> turned;
    for (WhatIf* w : order)
        if (!(w->at[0].lead > 0) || !(w->at[1].lead > 0)) turned.push_back(w);
    turned.resize(std::min(turned.size(), most_switches));
    find_switching_values(turned, trial);
    return out;
}

}  // namespace hubs
