#include "sim/simulate_plans.h"

#include <algorithm>
#include <optional>

namespace hubs {
namespace {

template <class Dated>
std::uint16_t alike_until(const std::vector<Dated>& a, const std::vector<Dated>& b, std::uint16_t months) {
    std::uint16_t until = months;
    const auto differs = [&](const std::vector<Dated>& x, const std::vector<Dated>& y) {
        for (const Dated& one : x)
            if (std::count(x.begin(), x.end(), one) != std::count(y.begin(), y.end(), one))
                until = std::min(until, one.month);
    };
    differs(a, b);
    differs(b, a);
    return until;
}

/// Waves of one month follow one another as the plan lists them.
std::vector<Wave> before(const std::vector<Wave>& waves, std::uint16_t month) {
    std::vector<Wave> out;
    for (const Wave& wave : waves)
        if (wave.month < month) out.push_back(wave);
    return out;
}

/// A world in the midst of a plan, with what was seen so far.
struct Midst {
    World world;
    std::optional<Watch> watch;
    std::uint16_t month = 0;

    void point(const Plan& plan) {
        world.plan = &plan;
        world.watch = watch ? &*watch : nullptr;
    }
    /// How many joined is kept by wave; of those before, the plans have the same in the same order.
    void change_plan(const Plan& from, const Plan& to) {
        if (watch) {
            std::vector<std::uint32_t> placed(to.waves.size(), 0);
            std::size_t t = 0;
            for (std::size_t f = 0; f < from.waves.size(); ++f) {
                if (from.waves[f].month >= month) continue;
                while (to.waves[t].month >= month) ++t;
                placed[t++] = watch->seen.placed[f];
            }
            watch->seen.placed = std::move(placed);
        }
        point(to);
    }
};

/// Which earlier plan a plan is parted from, and after how many months.
struct Parting {
    std::size_t from = 0;
    std::uint16_t month = 0;
};

std::vector<Parting> partings(const Scenario& s, const std::vector<std::size_t>& plans) {
    std::vector<Parting> out(plans.size());
    for (std::size_t k = 0; k < plans.size(); ++k)
        for (std::size_t j = 0; j < k; ++j)  // the earliest of those alike longest
            if (const std::uint16_t month = months_alike(s.plans[plans[j]], s.plans[plans[k]], s.months);
                month > out[k].month)
                out[k] = {j, month};
    return out;
}

Midst begin(const World& start, const Plan& plan, const Watch* watch) {
    Midst midst{start, {}, 0};
    if (watch != nullptr) {
        midst.watch = *watch;
        midst.watch->seen.placed.assign(plan.waves.size(), 0);
    }
    midst.point(plan);
    reserve_room(midst.world);
    if (watch != nullptr) Observe::first(midst.world);
    return midst;
}

}  // namespace

std::uint16_t months_alike(const Plan& a, const Plan& b, std::uint16_t months) {
    Plan levers_a = a, levers_b = b;
    for (Plan* p : {&levers_a, &levers_b}) {
        p->name = p->description = "";
        p->waves.clear();
        p->absences.clear();
    }
    if (!(levers_a == levers_b)) return 0;
    const std::uint16_t until =
        std::min(alike_until(a.waves, b.waves, months), alike_until(a.absences, b.absences, months));
    return before(a.waves, until) == before(b.waves, until) ? until : 0;
}

void simulate_plans(const World& start, const Scenario& scenario, const std::vector<std::size_t>& plans,
                    Replicate replicate, const Watch* watch,
                    const std::function<void(std::size_t, const World&, Observations&&)>& take) {
    const std::vector<Parting> parted = partings(scenario, plans);
    std::vector<std::optional<Midst>> waiting(plans.size());  // parted, to be taken on
    for (std::size_t k = 0; k < plans.size(); ++k) {
        const Plan& plan = scenario.plans[plans[k]];
        Midst midst = waiting[k] ? std::move(*waiting[k]) : begin(start, plan, watch);
        waiting[k].reset();
        midst.point(plan);
        for (;; ++midst.month) {
            for (std::size_t later = k + 1; later < plans.size(); ++later)
                if (parted[later].month > 0 && parted[later].from == k && parted[later].month == midst.month) {
                    waiting[later] = midst;
                    waiting[later]->change_plan(plan, scenario.plans[plans[later]]);
                }
            if (midst.month == scenario.months) break;
            const auto month = static_cast<std::uint16_t>(start.first_month + midst.month);
            Schedule::step(Month{month}, replicate, midst.world, scenario.parameters, scenario.switches);
        }
        Observations seen;
        if (midst.watch) {
            midst.watch->seen.final_state = fingerprint(midst.world);
            seen = std::move(midst.watch->seen);
        }
        midst.world.watch = nullptr;
        take(k, midst.world, std::move(seen));
    }
}

}  // namespace hubs
