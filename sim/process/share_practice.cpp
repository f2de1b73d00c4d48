#include "sim/process/share_practice.h"

#include <algorithm>
#include <bit>

namespace hubs {
namespace {

using Parameters = SharePractice::Parameters;
enum Draw : std::uint32_t {  // 0 to 2 and 16 upwards belong to the items
    talk_draw = 3,
    talk_openness_draw = 5,
    visit_draw = 7,
    tie_high_draw = 8,
    tie_low_draw = 9,
    tie_openness_draw = 10,
    pass_on_draw = 11
};

/// Chance that an item passes, by exposures and by whether two sources hold it.
struct Passing {
    std::array<std::array<std::uint64_t, 32>, 2> threshold{};

    Passing(const Parameters& p, double broadcast) {
        for (int twice = 0; twice < 2; ++twice) {
            const double q = std::min(1.0, p.learnt_per_exposure * (twice != 0 ? p.reinforcement : 1.0));
            double fail = 1.0 - broadcast;
            for (auto& t : threshold[static_cast<std::size_t>(twice)]) {
                t = threshold38(1.0 - fail);
                fail *= 1.0 - q;
            }
        }
    }
    std::uint64_t highest(unsigned exposures) const {
        const unsigned x = std::min(exposures, 31u);
        return std::max(threshold[0][x], threshold[1][x]);
    }
};

/// What is the same for every establishment this month.
struct Fixed {
    std::uint64_t layer;                 ///< threshold of contact along layers, for the slot that comes up
    double visits[2];                    ///< coordinator's visits that help: network, hub
    std::uint32_t tie;                   ///< contacts along a full tie, of 65536
    std::array<unsigned, 13> opening{};  ///< openness gained by months in a hub

    Fixed(const World& world, const Parameters& p)
        : layer(threshold32(p.layer_contacts * Network::most_ties)), visits{std::min(1.0, p.coordinator_visits / world.plan->network_schools_per_coordinator) *
                                                                                p.visit_success,
                                                                            std::min(1.0, p.coordinator_visits / world.plan->schools_per_coordinator) *
                                                                                p.visit_success},
          tie(static_cast<std::uint32_t>(p.tie_contacts * 65536.0)) {
        for (unsigned m = 0; m < opening.size(); ++m) opening[m] = static_cast<unsigned>(255.0 * p.openness_gain * m / 12.0);
    }
};

unsigned byte_of(const Words& words, unsigned slot) { return words[slot / 4] >> 8 * (slot % 4) & 0xffu; }

/// Willingness to share, of 255: as on joining, plus what a year in a hub adds.
unsigned openness(EstablishmentId k, const Moment& now, const World& world, const Fixed& fixed) {
    unsigned open = world.leaders.openness[k];
    if (world.establishments.status[k] == Status::hub) open += fixed.opening[static_cast<unsigned>(std::min(12, world.months_in_status(k, now.month)))];
    return std::min(255u, open);
}

bool opens_up(std::uint32_t word, EstablishmentId k, const Moment& now, const World& world, const Fixed& fixed) {
    return (word & 0xffu) < openness(k, now, world, fixed);
}

void gather_meeting(EstablishmentId e, const Moment& now, const World& world, const Fixed& fixed, const Parameters& p, Contacts& out) {
    const auto& s = world.establishments;
    if (s.attendance[e] != Attendance::engaged) return;
    const MeetingGroup& group = world.hubs.groups[s.group[e]];
    if (!group.host.exists()) return;
    const std::uint32_t agent = world.population->establishments.address[e];
    if (group.host != e) out.add({group.host, s.done[group.host], Cause::meeting_host, static_cast<std::uint8_t>(p.host_exposures)});
    const auto talks = static_cast<unsigned>(p.talks_per_meeting);
    Words who{}, open{};
    for (unsigned t = 0; t < talks; ++t) {
        if (t % 4 == 0) {
            who = now.luck.words(agent, talk_draw + t / 4);
            open = now.luck.words(agent, talk_openness_draw + t / 4);
        }
        const EstablishmentId k = world.hubs.members[group.first + below(who[t % 4], group.count)];
        if (k != e && s.attendance[k] != Attendance::absent && opens_up(open[t % 4], k, now, world, fixed)) out.add({k, s.done[k], Cause::meeting_talk, 1});
    }
}

/// Lead School, buddy, reviewer and coordinator: what a status in the network brings.
void gather_support(EstablishmentId e, const Words& words, const Moment& now, const World& world, const Fixed& fixed, const Parameters& p, Contacts& out) {
    const auto& s = world.establishments;
    if (s.status[e] == Status::none) return;
    const Plan& plan = *world.plan;
    const auto& who = world.population->establishments;
    const std::uint32_t agent = who.address[e];
    double skill = 0.5;
    if (s.status[e] == Status::hub) {
        const HubRow& hub = world.hubs.rows[s.hub[e].index];
        if (!world.supported(hub, now.month)) return;
        if (const EstablishmentId lead = s.lead[e]; lead.exists()) {
            const double days = plan.lead_release_days + plan.lead_allowance_gbp / p.allowance_gbp_per_day;
            const double chance = days * p.visits_per_release_day * hub.leads / (11.0 * hub.count);
            if (words[0] < threshold32(chance)) out.add({lead, s.done[lead], Cause::lead_school, static_cast<std::uint8_t>(p.visit_exposures)});
        }
        if (const EstablishmentId buddy = s.buddy[e]; buddy.exists()) {
            const double open = openness(buddy, now, world, fixed) / 255.0;
            if (plan.buddies && words[1] < threshold32(p.buddy_contacts * open)) out.add({buddy, s.done[buddy], Cause::buddy, 1});
            if (plan.peer_review && agent % 11 + 1 == world.calendar.academic_month(now.month))
                out.add({buddy, s.done[buddy], Cause::review, static_cast<std::uint8_t>(p.review_exposures)});
        }
        skill += hub.coordinator_skill;
    } else {
        skill += world.areas.coordinator_skill[who.area[e]];
    }
    if (words[2] < threshold32(fixed.visits[s.status[e] == Status::hub] * skill)) {
        const Framework& f = *world.framework;
        const Items focus = s.status[e] == Status::hub ? f.all() : f.items_of[4] | f.items_of[5];  // S107: EAN works on B5, B6
        out.add({EstablishmentId::none(), focus, Cause::coordinator, static_cast<std::uint8_t>(p.coordinator_exposures)});
    }
}

Cause cause_of(std::uint8_t layers, bool tied) { return tied ? Cause::tie : (layers & trust_layer) != 0 ? Cause::trust : Cause::neighbour; }

/// Contact with trust mates, near neighbours and like establishments that no tie joins yet:
/// one of sixteen places comes up each month, and contact follows with sixteen times the rate.
void gather_layers(EstablishmentId e, std::uint32_t word, const Moment& now, const World& world, const Fixed& fixed, Contacts& out) {
    if (static_cast<std::uint32_t>(word << 4) >= fixed.layer) return;
    const Network& net = world.population->network;
    const std::uint32_t slot = net.first(e) + (word >> 28);
    if (slot >= net.end(e) || net.layers(slot) == no_layer) return;
    const EstablishmentId k{net.peer(slot)};
    if (world.any_tie[e] != 0 && world.ties[slot] > 0) return;  // met along the tie instead
    if (!opens_up(now.luck.words(world.population->establishments.address[e], tie_openness_draw)[0], k, now, world, fixed)) return;
    out.add({k, world.establishments.done[k], cause_of(net.layers(slot), false), 1});
}

/// Contact along ties, by their strength: sixteen bits of luck for each, the lower eight
/// drawn only where the upper eight leave it open.
void gather_ties(EstablishmentId e, const Moment& now, const World& world, const Fixed& fixed, Contacts& out) {
    if (world.any_tie[e] == 0) return;
    const Network& net = world.population->network;
    const std::uint32_t agent = world.population->establishments.address[e];
    const Words high = now.luck.words(agent, tie_high_draw);
    Words low{}, open{};
    bool drawn = false;
    for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot) {
        const unsigned place = slot - net.first(e), byte = byte_of(high, place);
        const std::uint32_t chance = world.ties[slot] * fixed.tie >> 16;
        if (byte > chance >> 8 || chance == 0) continue;
        if (!drawn) {
            low = now.luck.words(agent, tie_low_draw);
            open = now.luck.words(agent, tie_openness_draw);
            drawn = true;
        }
        if ((byte << 8 | byte_of(low, place)) >= chance) continue;
        const EstablishmentId k{net.peer(slot)};
        if (byte_of(open, place) < openness(k, now, world, fixed)) out.add({k, world.establishments.done[k], cause_of(net.layers(slot), true), 1});
    }
}

/// A colleague may pass on one of its employers.
EmployerId passed_on(EstablishmentId e, const Contacts& contacts, const Moment& now, const World& world, const Parameters& p) {
    unsigned colleagues = 0;
    for (unsigned c = 0; c < contacts.count; ++c) colleagues += contacts.list[c].source.exists();
    if (colleagues == 0) return EmployerId::none();
    const Words words = now.luck.words(world.population->establishments.address[e], pass_on_draw);
    if (words[0] >= threshold32(p.contacts_passed_on * colleagues)) return EmployerId::none();
    const EstablishmentId k = contacts.list[below(words[1], contacts.count)].source;
    if (!k.exists() || world.establishments.link_count[k] == 0) return EmployerId::none();
    return world.establishments.links[k][below(words[2], world.establishments.link_count[k])];
}

/// With rule capacity, the items a leader takes up: those that came easiest.
Items easiest(Items learnt, unsigned most, std::uint32_t agent, const Luck& luck) {
    const std::array<Words, plane_draws> planes{luck.words(agent, 0), luck.words(agent, 1), luck.words(agent, 2)};
    while (static_cast<unsigned>(std::popcount(learnt)) > most) {
        unsigned hardest = 0;
        std::uint64_t worst = 0;
        each_item(learnt, [&](unsigned item) {
            const std::uint64_t u = lane_uniform38(planes, luck, agent, item);
            if (u >= worst) {
                worst = u;
                hardest = item;
            }
        });
        learnt &= ~one_item(hardest);
    }
    return learnt;
}

void note_learnt(EstablishmentId e, Items learnt, const Contacts& contacts, const Moment& now, World& world) {
    each_item(learnt, [&](unsigned item) {
        Cause cause = Cause::broadcast;
        EstablishmentId source = EstablishmentId::none();
        for (unsigned c = contacts.count; c-- > 0;)
            if ((contacts.list[c].offers >> item & 1u) != 0) {
                cause = contacts.list[c].cause;
                source = contacts.list[c].source;
            }
        world.note(now.month, Change::learnt, e, cause, source, item);
    });
}

void learn(EstablishmentId e, const Contacts& contacts, bool hears_broadcast, const Passing& passing, const Moment& now, World& world, const Parameters& p) {
    const auto& who = world.population->establishments;
    const std::uint32_t agent = who.address[e];
    const Items lacks = who.applies[e] & ~world.establishments.know_how[e];
    if (lacks == 0) return;
    ItemCounts exposures;
    Items once = 0, twice = 0;
    unsigned total = 0;
    for (unsigned c = 0; c < contacts.count; ++c) {
        const Contact& contact = contacts.list[c];
        for (unsigned x = 0; x < contact.exposures; ++x) exposures.add(contact.offers);
        total += contact.exposures;
        twice |= once & contact.offers;
        once |= contact.offers;
    }
    Items candidates = lacks & (p.rule == SharingRule::threshold ? twice : once);
    if (hears_broadcast) candidates = lacks;
    const Items learnt_any = draw_items(now.luck, agent, candidates, passing.highest(total),
                                        [&](unsigned item, std::uint64_t u) { return u < passing.threshold[twice >> item & 1u][exposures.of(item)]; });
    const Items learnt = p.rule == SharingRule::capacity ? easiest(learnt_any, static_cast<unsigned>(p.taken_up_a_month), agent, now.luck) : learnt_any;
    if (learnt == 0) return;
    world.establishments.know_how[e] |= learnt;
    world.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
    if (world.journal != nullptr) note_learnt(e, learnt, contacts, now, world);
}

bool in_supported_hub(EstablishmentId e, const Moment& now, const World& world) {
    return world.establishments.status[e] == Status::hub && world.supported(world.hubs.rows[world.establishments.hub[e].index], now.month);
}

/// `visit` is the block of luck drawn for every establishment: Lead School, buddy, coordinator, layers.
void gather_all(EstablishmentId e, const Words& visit, const Moment& now, const World& world, const Fixed& fixed, const Parameters& p, Contacts& out) {
    gather_meeting(e, now, world, fixed, p, out);
    gather_support(e, visit, now, world, fixed, p, out);
    gather_ties(e, now, world, fixed, out);
    gather_layers(e, visit[3], now, world, fixed, out);
}

}  // namespace

void SharePractice::gather(EstablishmentId e, const Moment& now, const World& world, const Parameters& p, Contacts& out) {
    if (world.calendar.is_august(now.month)) return;
    gather_all(e, now.luck.words(world.population->establishments.address[e], visit_draw), now, world, Fixed(world, p), p, out);
}

void SharePractice::step(const Moment& now, World& world, const Parameters& p) {
    if (world.calendar.is_august(now.month)) return;
    const Passing quiet(p, 0.0), loud(p, world.plan->broadcast);
    const Fixed fixed(world, p);
    Contacts contacts;
    each_establishment_with_words(world, now.luck, visit_draw, [&](EstablishmentId e, const Words& visit) {
        contacts.count = 0;
        gather_all(e, visit, now, world, fixed, p, contacts);
        const bool hears = world.plan->broadcast > 0 && in_supported_hub(e, now, world);
        if (contacts.count == 0 && !hears) return;
        world.did(Activity::contacts, contacts.count);
        for (unsigned c = 0; c < contacts.count; ++c)
            if (contacts.list[c].cause == Cause::lead_school) world.did(Activity::lead_visits);
        if (const EmployerId employer = passed_on(e, contacts, now, world, p); employer.exists()) world.establishments.offer[e] = employer;
        learn(e, contacts, hears, hears ? loud : quiet, now, world, p);
    });
}

}  // namespace hubs
