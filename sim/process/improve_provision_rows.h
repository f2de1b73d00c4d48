#pragma once
#include <algorithm>
#include <bit>

#include "sim/process/improve_provision_setting.h"

namespace hubs {
namespace improving {

/// What an establishment works with this month.
struct Effort {
    double hours, duty;  ///< hours of work that count; rate of a statutory item from the duty alone
};

/// Senior leaders' support, with what status, adviser and time in them add, times the hours:
/// the leader's, those bought, and the coordinator's. Written without branches.
inline Effort effort_of(EstablishmentId e, const Moment& now, const World& world,
                        const ImproveProvision::Setting& setting) {
    const auto& s = world.establishments;
    const auto status = static_cast<unsigned>(s.status[e]);
    const auto months = static_cast<unsigned>(world.months_in_status(e, now.month));
    const auto backed = static_cast<unsigned>(static_cast<int>(now.month.index) - s.backed_since[e]);
    const auto grown = [&](unsigned since) { return setting.grown[std::min(since, most_lift_months - 1)]; };
    const double lift = setting.network_lift * (status != 0 ? grown(backed) : 0.0) +
                        setting.hub_lift[status] * grown(months) + setting.adviser_lift[s.adviser[e]];
    const double support = s.slt_support[e] + std::min(1.0, lift) * (1.0 - s.slt_support[e]);
    const double* hub_hours = world.scratch.of_hub.data();
    const double grant =
        s.status_since[e] >= static_cast<int>(world.first_month) ? setting.grant_hours : setting.grant_hours_before;
    const double granted = months < 24 ? grant : 0.0;
    double bought = status == 1 ? setting.network_hours * s.reach[e] : 0.0,
           own = world.leaders.hours_per_week[e] * setting.own_hours;
    if (status == 2 && hub_hours[s.hub[e].index] >= 0) {
        bought = hub_hours[s.hub[e].index] * s.reach[e] * world.aimed(e, setting.aim) + setting.fund_hours + granted;
        if (s.leads[e] != 0)  // a Lead School that must also keep its own provision
            own =
                std::max(0.0, own - setting.uncovered * world.plan->own_release_days(world.leaders.hours_per_week[e]));
    }
    const double hours = (own + bought + setting.inspection_hours) * setting.speed[world.leaders.trained[e]];
    return {hours * support * setting.usual, setting.duty * support};
}

/// Providers are harder to reach from a rural school, and fewer come to special schools and alternative provision.
inline double reach(EstablishmentId e, Supply kind, const World& world, const Parameters& p) {
    if (static_cast<unsigned>(kind) < first_provider || kind == Supply::guidance) return 1.0;
    const auto& who = world.population->establishments;
    const bool specialist = who.type[e] == Type::special || who.type[e] == Type::alternative_provision;
    return (who.rural[e] != 0 ? p.rural_travel : 1.0) * (specialist ? p.specialist_providers : 1.0);
}

/// Work to finish an item, against a school of 1,000 pupils.
inline double work_by_size(EstablishmentId e, const World& world, double power) {
    const double pupils = std::max(1u, world.population->establishments.pupils[e]);
    return power > 0 ? exponential(power * natural_log(pupils / 1000.0)) : 1.0;
}

using Pace = Scratch::Pace;

/// The rate of each benchmark's items per hour worked, with know-how and full supply, 0 where
/// none is left, and their sum. Kept until the undone items, the last return, the targets or the status change.
inline void work_out(Pace& pace, EstablishmentId e, const World& world, const ImproveProvision::Setting& setting,
                     const Parameters& p) {
    const auto& s = world.establishments;
    const Items undone = world.population->establishments.applies[e] & ~s.done[e], known = undone & s.know_how[e];
    const Benchmarks nearly = s.nearly[e];
    const auto& weight = setting.weight[static_cast<unsigned>(s.status[e])];
    std::array<double, benchmark_count> of, up_to;  // written to the world at the end: a card waits for what is written
    double weights = 0, sum = 0;
    for (unsigned b = 0; b < benchmark_count; ++b) {  // without a branch: what is left cannot be guessed
        const Items items = undone & world.framework->items_of[b];
        const auto left = static_cast<unsigned>(std::popcount(items));
        const auto with = static_cast<unsigned>(std::popcount(items & known));
        const double w = (weight[nearly >> b & 1u][b] + setting.target_weight * (s.targets[e] >> b & 1u)) * (left != 0);
        weights += w;
        of[b] = w * setting.per_item[b][left];
        up_to[b] = sum += of[b] * (with + (left - with) * p.trial_share);
    }
    if (pace.work == 0) pace.work = work_by_size(e, world, p.size_cost);
    const double scale = weights > 0 ? 1.0 / (weights * pace.work) : 0.0;
    pace.undone = undone;
    pace.known = known;
    pace.nearly = nearly;
    pace.status = s.status[e];
    pace.targets = s.targets[e];
    for (unsigned b = 0; b < benchmark_count; ++b) pace.of[b] = of[b] * scale, pace.up_to[b] = up_to[b] * scale;
}

inline bool stale(const Pace& pace, EstablishmentId e, const World& world) {
    const auto& s = world.establishments;
    const Items undone = world.population->establishments.applies[e] & ~s.done[e];
    return ((pace.undone ^ undone) | (pace.known ^ (undone & s.know_how[e])) |
            static_cast<Items>(pace.nearly ^ s.nearly[e]) | static_cast<Items>(pace.targets ^ s.targets[e]) |
            static_cast<Items>(static_cast<unsigned>(pace.status) ^ static_cast<unsigned>(s.status[e]))) != 0;
}

/// All items' rates together, the highest they can be: with full supply.
inline double rate_of(const Pace& pace, const Effort& effort, const Framework& f) {
    return effort.hours * pace.up_to.back() + effort.duty * std::popcount(pace.undone & f.statutory);
}

/// The share of an item's pace that its supply allows.
inline double supplied(EstablishmentId e, unsigned item, const World& world, const Parameters& p) {
    const Supply kind = world.framework->items[item].supply;
    return world.supply(e, kind) * reach(e, kind, world, p);
}

/// The item an arrival falls on: `at` lies between 0 and the sum of all rates. 64: on none.
struct Finish {
    unsigned item = 64;
    bool duty = false;
};

inline unsigned item_at(double at, Items items, double rate) {
    const auto count = static_cast<unsigned>(std::popcount(items));
    return count == 0 ? 64 : nth_item(items, std::min(count - 1, static_cast<unsigned>(at / rate)));
}

inline Finish fall_on(double at, const Pace& pace, const Effort& effort, const Framework& f, const Parameters& p) {
    const double worked = effort.hours * pace.up_to.back();
    if (at >= worked) return {item_at(at - worked, pace.undone & f.statutory, effort.duty), true};
    at /= effort.hours;
    unsigned b = 0;
    for (unsigned i = 0; i + 1 < benchmark_count; ++i) b += at >= pace.up_to[i] ? 1u : 0u;
    if (b > 0) at -= pace.up_to[b - 1];
    const Items items = pace.undone & f.items_of[b], known = items & pace.known;
    const double known_width = std::popcount(known) * pace.of[b];
    if (at < known_width || known == items) return {item_at(at, known, pace.of[b]), false};
    return {item_at(at - known_width, items & ~known, pace.of[b] * p.trial_share), false};
}

/// Items finished by the work, and those finished by the duty.
struct Finished {
    Items work = 0, duty = 0;
};

inline Finished by_arrivals(EstablishmentId e, const Words& first, double sum, const Pace& pace, const Effort& effort,
                            const Moment& now, const World& world, const Parameters& p) {
    Finished out;
    const unsigned count = arrivals(first[0], sum);
    for (unsigned a = 0; a < count; ++a) {
        const Words words = a == 0 ? first : now.luck.words(world.population->establishments.address[e], a);
        const Finish on = fall_on(unit(words[1]) * sum, pace, effort, *world.framework, p);
        if (on.item >= 64) continue;
        if (on.duty) out.duty |= one_item(on.item);
        else if (unit(words[2]) < supplied(e, on.item, world, p)) out.work |= one_item(on.item);
    }
    return out;
}

/// Each item by itself, for the rare establishment with more than a handful to come in a month.
inline Finished item_by_item(EstablishmentId e, const Pace& pace, const Effort& effort, const Moment& now,
                             const World& world, const Parameters& p) {
    Finished out;
    const Framework& f = *world.framework;
    each_item(pace.undone, [&](unsigned item) {
        double x = pace.of[f.benchmark_of[item]] * effort.hours * supplied(e, item, world, p);
        if ((pace.known >> item & 1u) == 0) x *= p.trial_share;
        const double duty = (f.statutory >> item & 1u) != 0 ? effort.duty : 0.0;
        const double u = unit(now.luck.words(world.population->establishments.address[e], each_item_draw + item)[0]);
        if (u < 1.0 - exponential(-x)) out.work |= one_item(item);
        else if (u < 1.0 - exponential(-x - duty)) out.duty |= one_item(item);
    });
    return out;
}

inline void note_finished(EstablishmentId e, const Finished& finished, const Moment& now, World& world) {
    each_item(finished.work | finished.duty, [&](unsigned item) {
        const bool knows = (world.establishments.know_how[e] >> item & 1u) != 0;
        const bool worked = (finished.work >> item & 1u) != 0;
        world.note(now.month, Change::finished, e,
                   !worked ? Cause::statutory_duty
                   : knows ? Cause::know_how
                           : Cause::trial_and_error,
                   EstablishmentId::none(), item);
    });
}

using T = Turn<ImproveProvision>;

/// Rates are worked out anew where what they rest on has changed.
struct Pacing : RowPass<> {
    static bool due(EstablishmentId e, const T& t) { return stale(t.world.scratch.pace[e.index], e, t.world); }
    static void row(EstablishmentId e, const T& t) {
        work_out(t.world.scratch.pace[e.index], e, t.world, t.setting, t.p);
    }
};

struct Working : RowPass<arrival_draw> {
    static bool due(EstablishmentId e, const Words& words, const T& t) {
        return !no_arrival(words[0], rate_of(t.world.scratch.pace[e.index], effort_of(e, t.now, t.world, t.setting),
                                             *t.world.framework));
    }
    static void row(EstablishmentId e, const Words& words, const T& t) {
        World& world = t.world;
        auto& s = world.establishments;
        const Effort effort = effort_of(e, t.now, world, t.setting);
        const Pace& pace = world.scratch.pace[e.index];
        const double sum = rate_of(pace, effort, *world.framework);
        const Finished finished = sum <= most_arrivals_expected
                                      ? by_arrivals(e, words, sum, pace, effort, t.now, world, t.p)
                                      : item_by_item(e, pace, effort, t.now, world, t.p);
        const Items all = finished.work | finished.duty;
        if (all == 0) return;
        if (world.journal != nullptr) note_finished(e, finished, t.now, world);
        s.done[e] |= all;
        s.know_how[e] |= all;
        s.achieved[e] = world.framework->achieved(s.done[e], world.population->establishments.applies[e]);
        world.did(Activity::items_finished, static_cast<std::uint32_t>(std::popcount(all)));
    }
};

}  // namespace improving

struct ImproveProvision::Passes : PassList<improving::Pacing, improving::Working> {};

}  // namespace hubs
