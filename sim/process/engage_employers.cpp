#include "sim/process/engage_employers.h"

#include <algorithm>

namespace hubs {
namespace {

using Parameters = EngageEmployers::Parameters;
enum Draw : std::uint32_t { gain_draw = 0, leader_draw = 1, more_draw = 16 };

void add_link(EstablishmentId e, EmployerId employer, World& world) {
    auto& links = world.establishments.links[e];
    auto& count = world.establishments.link_count[e];
    if (count == most_links || !employer.exists()) return;
    for (unsigned i = 0; i < count; ++i)
        if (links[i] == employer) return;
    links[count++] = employer;
    world.did(Activity::links_made);
}

void drop_link(EstablishmentId e, unsigned which, World& world) {
    auto& links = world.establishments.links[e];
    auto& count = world.establishments.link_count[e];
    links[which] = links[--count];
    links[count] = EmployerId::none();
}

/// Introductions a term that become links, by the establishment's place in the network.
double links_per_term(EstablishmentId e, const Moment& now, const World& world, const Parameters& p) {
    const auto& s = world.establishments;
    double yearly = p.own_links_per_year;
    if (s.adviser[e] != 0) yearly += p.adviser_links_per_year;
    if (s.status[e] == Status::network) {
        const double skill = 0.5 + world.areas.coordinator_skill[world.population->establishments.area[e]];
        yearly += p.coordinator_contacts / world.plan->network_schools_per_coordinator * p.introduction_success * skill;
    }
    if (s.status[e] == Status::hub) {
        const HubRow& hub = world.hubs.rows[s.hub[e].index];
        if (world.supported(hub, now.month)) {
            const double skill = 0.5 + hub.coordinator_skill;
            yearly += p.coordinator_contacts / world.plan->schools_per_coordinator * p.introduction_success * skill *
                      (1.0 + p.alignment_gain * world.plan->steering_alignment);
        }
    }
    return yearly / 3.0;
}

/// An employer of the area; in a hub half of the introductions are to its Cornerstone Employers.
EmployerId pick(EstablishmentId e, std::uint32_t which, bool cornerstone, const World& world) {
    const AreaRow& area = world.population->areas[world.population->establishments.area[e].index];
    if (area.employers == 0) return EmployerId::none();
    std::uint32_t among = area.employers;
    if (world.establishments.status[e] == Status::hub && cornerstone) {
        const auto cornerstones = static_cast<std::uint32_t>(world.plan->cornerstones_per_hub);
        if (cornerstones > 0) among = std::min(among, cornerstones);
    }
    return EmployerId{area.first_employer + below(which, among)};
}

/// One of eight links comes up for renewal each term and goes with eight times the rate. A
/// leader who left since the last term has taken some of the others along.
void drop_links(EstablishmentId e, std::uint32_t word, const Moment& now, World& world, const Parameters& p) {
    auto& count = world.establishments.link_count[e];
    const unsigned academic = world.calendar.academic_month(now.month);
    const int months = academic == 1 ? 5 : academic == 5 ? 4 : 3;  // since the last term opened: April, September, January
    if (static_cast<int>(now.month.index) - world.leaders.since[e] < months) {
        const std::uint64_t goes = threshold32(p.lost_with_leader);
        const std::uint32_t agent = world.population->establishments.address[e];
        for (unsigned i = count; i-- > 0;)
            if (now.luck.words(agent, leader_draw + i)[0] < goes) drop_link(e, i, world);
    }
    const unsigned slot = word >> 29;
    if (slot < count && static_cast<std::uint32_t>(word << 3) < threshold32(p.links_lost_per_year * 8.0 / 3.0)) drop_link(e, slot, world);
}

void change_links(const Moment& now, World& world, const Parameters& p) {
    auto& s = world.establishments;
    each_establishment_with_words(world, now.luck, gain_draw, [&](EstablishmentId e, const Words& words) {
        drop_links(e, words[3], now, world, p);
        const double expected = links_per_term(e, now, world, p);
        auto gained = static_cast<unsigned>(expected);
        if (words[0] < threshold32(expected - gained)) ++gained;
        for (unsigned g = 0; g < gained && g < most_links; ++g) {
            const Words w = g == 0 ? words : now.luck.words(world.population->establishments.address[e], more_draw + g);
            add_link(e, pick(e, w[1], w[2] < 0x80000000u, world), world);
        }
        if (s.offer[e].exists()) add_link(e, s.offer[e], world);
        s.offer[e] = EmployerId::none();
    });
}

double closed(const Moment& now, const World& world, const Parameters& p) {
    const double year = world.calendar.year_of(now.month) + (world.calendar.month_of(now.month) - 1) / 12.0;
    return year >= p.closure_from && year < p.closure_until ? 1.0 - p.closure_capacity : 0.0;
}

void gather_load(World& world, const Parameters& p) {
    auto& s = world.establishments;
    const auto& who = world.population->establishments;
    std::fill(world.employers.encounter_load.begin(), world.employers.encounter_load.end(), 0u);
    std::fill(world.employers.place_load.begin(), world.employers.place_load.end(), 0u);
    each_establishment(world, [&](EstablishmentId e) {
        const unsigned n = s.link_count[e];
        if (n == 0) return;
        const auto encounters = static_cast<std::uint32_t>(who.pupils[e] * p.encounters_per_pupil / n);
        const auto places = static_cast<std::uint32_t>(who.pupils[e] * p.places_per_pupil / n);
        for (unsigned i = 0; i < n; ++i) {
            world.employers.encounter_load[s.links[e][i]] += encounters;
            world.employers.place_load[s.links[e][i]] += places;
        }
    });
}

double filled(double capacity, std::uint32_t load) { return load == 0 || capacity >= load ? 1.0 : capacity / load; }

void share_capacity(const Moment& now, World& world, const Parameters& p) {
    auto& s = world.establishments;
    const auto& who = world.population->establishments;
    const auto& firms = world.population->employers;
    const double shut = closed(now, world, p);
    const double encounters_left = p.capacity * (1.0 - shut * (1.0 - p.closure_online));
    const double places_left = p.capacity * (1.0 - shut);
    each_establishment(world, [&](EstablishmentId e) {
        const unsigned n = s.link_count[e];
        double met = 0, placed = 0;
        for (unsigned i = 0; i < n; ++i) {
            const EmployerId f = s.links[e][i];
            const double more = world.employers.cornerstone[f] ? p.cornerstone_capacity : 1.0;
            met += filled(firms.encounters_per_year[f] * more * encounters_left, world.employers.encounter_load[f]);
            placed += filled(firms.places_per_year[f] * more * places_left, world.employers.place_load[f]);
        }
        if (n > 0) {
            met /= n;
            placed /= n;
        }
        double bought = 0;
        if (s.wallet[e] != 0 && world.months_in_status(e, now.month) < 12 && who.pupils[e] > 0)
            bought = world.plan->wallet_gbp / p.gbp_per_encounter / (who.pupils[e] * std::max(p.encounters_per_pupil, 1e-9));
        const double alone = p.alone * (1.0 - shut);
        s.encounters[e] = static_cast<float>(std::min(1.0, alone + (1.0 - alone) * met + bought));
        s.places[e] = static_cast<float>(std::min(1.0, alone + (1.0 - alone) * placed + 0.25 * bought));
    });
}

/// Providers' and advisers' capacity by area against the pupils of establishments that meet
/// or know how to meet the items they serve. Sums are of whole pupils, so order does not matter.
void share_providers(const Moment& now, World& world, const Parameters& p) {
    const auto& who = world.population->establishments;
    const auto areas = world.population->areas.size();
    auto& demand = world.scratch.area_demand;
    demand.assign(areas * provider_kinds, 0.0);
    each_establishment(world, [&](EstablishmentId e) {
        const Items wanted = (world.establishments.know_how[e] | world.establishments.done[e]) & who.applies[e];
        const double pupils = who.pupils[e];
        double* of = &demand[who.area[e].index * provider_kinds];
        for (unsigned k = 0; k < provider_kinds; ++k) of[k] += (wanted & world.framework->items_needing[first_provider + k]) != 0 ? pupils : 0.0;
    });
    const double open = 1.0 - closed(now, world, p) * (1.0 - p.closure_online);
    for (std::size_t a = 0; a < areas; ++a) {
        const AreaId id{static_cast<std::uint32_t>(a)};
        const double aligned = world.areas.has_hub[id] ? 1.0 + p.alignment_gain * world.plan->steering_alignment : 1.0;
        for (unsigned k = 0; k < provider_kinds; ++k) {
            const bool adviser = k + 1 == provider_kinds;
            const double capacity = (adviser ? p.guidance_capacity : p.provider_capacity * aligned) * open * world.population->areas[a].pupils;
            const double asked = demand[a * provider_kinds + k];
            world.areas.provision[id][k] = static_cast<float>(asked <= capacity ? 1.0 : capacity / asked);
        }
    }
}

}  // namespace

void EngageEmployers::step(const Moment& now, World& world, const Parameters& p) {
    const bool term = world.calendar.opens_term(now.month) || now.month.index == 0;
    if (term) change_links(now, world, p);
    const Moment before{{static_cast<std::uint16_t>(now.month.index - 1)}, now.luck};
    if (!term && closed(now, world, p) == closed(before, world, p)) return;
    gather_load(world, p);
    share_capacity(now, world, p);
    share_providers(now, world, p);
}

}  // namespace hubs
