#pragma once
#include <algorithm>
#include <bit>

#include "sim/process/share_practice_learning.h"

namespace hubs {
namespace sharing {

using Parameters = SharePractice::Parameters;
enum Draw : std::uint32_t {
    visit_draw = 0,  // for every establishment: Lead School, buddy, coordinator, layers
    layer_draw = 1,
    pass_on_draw = 2,
    talk_draw = 3,  // and 4
    tie_draw = 64   // and up: arrivals along ties; those of learning begin at 128
};

constexpr double most_skill = 1.5;  // of a coordinator, against the average

/// What is the same for every establishment this month.
struct Fixed {
    std::uint64_t layer = 0;                         ///< threshold of contact along layers, for the slot that comes up
    std::array<double, 3> visits{};                  ///< coordinator's visits that help, by status
    std::array<std::uint64_t, 3> visited_at_most{};  ///< the same as thresholds, for the best of coordinators
    double tie = 0;                                  ///< contacts a month along a tie of strength 1 of 65535
    std::array<unsigned, 25> opening{};              ///< openness gained by meetings engaged in
    double visiting = 1;                             ///< share of visits that take place
    double bought_days = 0;                          ///< of a Lead School with the allowance, a year

    Fixed() = default;
    Fixed(const Moment& now, const World& world, const Parameters& p)
        : layer(threshold32(p.layer_contacts * Network::most_ties)),
          visits{0.0,
                 std::min(1.0, p.coordinator_visits / world.plan->network_schools_per_coordinator) * p.visit_success,
                 std::min(1.0, p.coordinator_visits / world.plan->schools_per_coordinator) * p.visit_success},
          visited_at_most{0, threshold32(visits[1] * most_skill), threshold32(visits[2] * most_skill)},
          tie(p.tie_contacts / 65535.0), visiting(world.calendar.disrupted(now.month) ? p.online_visits : 1.0),
          bought_days(world.plan->lead_allowance_gbp / p.allowance_gbp_per_day) {
        for (unsigned m = 0; m < opening.size(); ++m)
            opening[m] = static_cast<unsigned>(255.0 * p.openness_gain * std::min(1.0, m / p.openness_meetings));
        for (double& v : visits) v *= visiting;
    }
};

/// Willingness to share, of 255: as on taking the post, plus what good meetings have added.
inline unsigned openness(EstablishmentId k, const World& world, const Fixed& fixed) {
    const unsigned meetings = std::min<unsigned>(world.leaders.meetings[k], fixed.opening.size() - 1);
    return std::min(255u, world.leaders.openness[k] + fixed.opening[meetings]);
}

/// Decided by the low byte; the word's high bits may decide who.
inline bool opens_up(std::uint32_t word, EstablishmentId k, const World& world, const Fixed& fixed) {
    return (word & 0xffu) < openness(k, world, fixed);
}

inline void gather_meeting(EstablishmentId e, const Moment& now, const World& world, const Fixed& fixed,
                           const Parameters& p, Contacts& out) {
    const auto& s = world.establishments;
    if (s.attendance[e] != Attendance::engaged) return;
    const MeetingGroup& group = world.hubs.groups[s.group[e]];
    if (!group.host.exists()) return;
    const std::uint32_t agent = world.population->establishments.address[e];
    if (group.host != e)
        out.add({group.host, s.done[group.host], Cause::meeting_host, static_cast<float>(p.host_exposures)});
    const auto talks = static_cast<unsigned>(p.talks_per_meeting);
    Words words{};
    for (unsigned t = 0; t < talks; ++t) {
        if (t % 4 == 0) words = now.luck.words(agent, talk_draw + t / 4);
        const EstablishmentId k = world.hubs.members[group.first + below(words[t % 4], group.count)];
        if (k != e && s.attendance[k] != Attendance::absent && opens_up(words[t % 4], k, world, fixed))
            out.add({k, s.done[k], Cause::meeting_talk, 1});
    }
}

/// Lead School, buddy, reviewer and coordinator: what a status in the network brings.
inline void gather_support(EstablishmentId e, const Words& words, const Moment& now, const World& world,
                           const Fixed& fixed, const Parameters& p, Contacts& out) {
    const auto& s = world.establishments;
    if (s.status[e] == Status::none) return;
    const Plan& plan = *world.plan;
    const auto& who = world.population->establishments;
    const std::uint32_t agent = who.address[e];
    const double skill = 0.5 + world.hubs.coordinators[s.coordinator[e]].skill;
    if (s.status[e] == Status::hub) {
        const HubRow& hub = world.hubs.rows[s.hub[e].index];
        if (!world.supported(hub, now.month)) return;
        if (const EstablishmentId lead = s.lead[e]; lead.exists()) {
            const double days = plan.own_release_days(world.leaders.hours_per_week[lead]) + fixed.bought_days;
            const double chance = days * p.visits_per_release_day * fixed.visiting / (11.0 * s.leads[lead]);
            if (words[0] < threshold32(chance))
                out.add({lead, s.done[lead], Cause::lead_school, static_cast<float>(p.visit_exposures)});
        }
        if (const EstablishmentId buddy = s.buddy[e]; buddy.exists()) {
            const double open = openness(buddy, world, fixed) / 255.0;
            if (plan.buddies && words[1] < threshold32(p.buddy_contacts * open))
                out.add({buddy, s.done[buddy], Cause::buddy, 1});
            if (plan.peer_review && agent % 11 + 1 == world.calendar.academic_month(now.month))
                out.add({buddy, s.done[buddy], Cause::review, static_cast<float>(p.review_exposures)});
        }
    }
    if (words[2] < threshold32(fixed.visits[static_cast<unsigned>(s.status[e])] * skill * s.reach[e])) {
        const Framework& f = *world.framework;
        const Items focus =
            s.status[e] == Status::hub ? f.all() : f.items_of[4] | f.items_of[5];  // S107: EAN works on B5, B6
        out.add({EstablishmentId::none(), focus, Cause::coordinator, static_cast<float>(p.coordinator_exposures)});
    }
}

inline Cause cause_of(std::uint8_t layers, bool tied) {
    return tied ? Cause::tie : (layers & trust_layer) != 0 ? Cause::trust : Cause::neighbour;
}

/// Contact with trust mates, near neighbours and like establishments that no tie joins yet:
/// one of sixteen places comes up each month, and contact follows with sixteen times the rate.
inline void gather_layers(EstablishmentId e, std::uint32_t word, const Moment& now, const World& world,
                          const Fixed& fixed, Contacts& out) {
    if (static_cast<std::uint32_t>(word << 4) >= fixed.layer) return;
    const Network& net = world.population->network;
    const std::uint32_t slot = net.first(e) + (word >> 28);
    if (slot >= net.end(e) || net.layers(slot) == no_layer) return;
    const EstablishmentId k{net.peer(slot)};
    if (world.tied[e] != 0 && world.ties[slot] > 0) return;  // met along the tie instead
    if (!opens_up(now.luck.words(world.population->establishments.address[e], layer_draw)[0], k, world, fixed)) return;
    out.add({k, world.establishments.done[k], cause_of(net.layers(slot), false), 1});
}

/// Contact along ties, at rates that follow their strength.
inline void gather_ties(EstablishmentId e, const Moment& now, const World& world, const Fixed& fixed, Contacts& out) {
    const std::uint32_t total = world.tied[e];
    if (total == 0) return;
    const Network& net = world.population->network;
    const std::uint32_t agent = world.population->establishments.address[e];
    Words words = now.luck.words(agent, tie_draw);
    const double sum = total * fixed.tie;
    if (no_arrival(words[0], sum)) return;
    const unsigned count = arrivals(words[0], sum);
    for (unsigned a = 0; a < count; ++a) {
        if (a > 0) words = now.luck.words(agent, tie_draw + a);
        std::uint32_t at = below(words[1], total), slot = net.first(e);
        for (; at >= world.ties[slot]; ++slot) at -= world.ties[slot];
        const EstablishmentId k{net.peer(slot)};
        if (opens_up(words[2], k, world, fixed))
            out.add({k, world.establishments.done[k], cause_of(net.layers(slot), true), 1});
    }
}

/// A colleague may pass on one of its employers.
inline EmployerId passed_on(EstablishmentId e, const Contacts& contacts, std::uint32_t word, const Moment& now,
                            const World& world, const Parameters& p) {
    unsigned colleagues = 0;
    for (unsigned c = 0; c < contacts.count; ++c) colleagues += contacts.list[c].source.exists();
    if (word >= threshold32(p.contacts_passed_on * colleagues)) return EmployerId::none();
    const Words words = now.luck.words(world.population->establishments.address[e], pass_on_draw);
    const EstablishmentId k = contacts.list[below(words[0], contacts.count)].source;
    if (!k.exists() || world.establishments.link_count[k] == 0) return EmployerId::none();
    return world.establishments.links[k][below(words[1], world.establishments.link_count[k])];
}

inline void learn(EstablishmentId e, const Contacts& contacts, bool hears_broadcast, const Words& words,
                  const Passing& passing, const Moment& now, World& world, const Parameters& p) {
    const Items lacks = world.population->establishments.applies[e] & ~world.establishments.know_how[e];
    const unsigned most = p.rule == SharingRule::capacity ? static_cast<unsigned>(p.taken_up_a_month) : 64u;
    const Learning learning(e, lacks, contacts, hears_broadcast, passing, most);
    if (no_arrival(words[0], learning.sum())) return;
    const Items learnt = learning.sum() <= most_arrivals_expected ? learning.by_arrivals(words, now, world)
                                                                  : learning.item_by_item(now, world);
    world.establishments.know_how[e] |= learnt;
    world.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
}

/// `visit` is the block of luck drawn for every establishment: Lead School, buddy, coordinator, layers.
inline void gather_all(EstablishmentId e, const Words& visit, const Moment& now, const World& world, const Fixed& fixed,
                       const Parameters& p, Contacts& out) {
    gather_meeting(e, now, world, fixed, p, out);
    gather_support(e, visit, now, world, fixed, p, out);
    gather_ties(e, now, world, fixed, out);
    gather_layers(e, visit[3], now, world, fixed, out);
}

}  // namespace sharing

/// What is the same for all rows this month.
struct SharePractice::Setting {
    Passing passing;
    sharing::Fixed fixed;

    Setting() = default;
    Setting(const Moment& now, const World& world, const Parameters& p)
        : passing(p, world.plan->broadcast), fixed(now, world, p) {}
};

namespace sharing {

struct Meeting : RowPass<visit_draw, learn_draw> {
    using T = Turn<SharePractice>;
    /// Not quiet for certain.
    static unsigned due(EstablishmentId e, const Words& visit, const T& t) {
        const Fixed& fixed = t.setting.fixed;
        const auto status = static_cast<unsigned>(t.world.establishments.status[e]);
        const bool visited = visit[2] < fixed.visited_at_most[status],
                   near = static_cast<std::uint32_t>(visit[3] << 4) < fixed.layer;
        return static_cast<unsigned>(visited) | static_cast<unsigned>(near) | (t.world.tied[e] != 0 ? 1u : 0u) |
               (status == 2 ? 1u : 0u);
    }
    static void row(EstablishmentId e, const Words& visit, const Words& words, const T& t) {
        World& world = t.world;
        Contacts contacts;
        gather_all(e, visit, t.now, world, t.setting.fixed, t.p, contacts);
        const bool hears = world.plan->broadcast > 0 && world.in_supported_hub(e, t.now.month);
        if (contacts.count == 0 && !hears) return;
        world.did(Activity::contacts, contacts.count);
        for (unsigned c = 0; c < contacts.count; ++c)
            if (contacts.list[c].cause == Cause::lead_school) world.did(Activity::lead_visits);
        if (const EmployerId employer = passed_on(e, contacts, words[3], t.now, world, t.p);
            employer.exists() && !world.establishments.offer[e].exists())
            world.establishments.offer[e] = employer;
        learn(e, contacts, hears, words, t.setting.passing, t.now, world, t.p);
    }
};

}  // namespace sharing

struct SharePractice::Passes : PassList<sharing::Meeting> {};

}  // namespace hubs
