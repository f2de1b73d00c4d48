#include "sim/process/engage_employers.h"

#include <algorithm>

#include "sim/base/deterministic_math.h"

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
class Introductions {
public:
    Introductions(const Moment& now, World& world, const Parameters& p) : own_(p.own_links_per_year / 3.0), with_adviser_{0.0, p.adviser_links_per_year / 3.0} {
        const Plan& plan = *world.plan;
        const double per_year = p.coordinator_contacts * p.introduction_success / 3.0;
        auto& by_hub = world.scratch.of_hub;
        by_hub.clear();
        for (const HubRow& hub : world.hubs.rows)
            by_hub.push_back(world.supported(hub, now.month)
                                 ? per_year / plan.schools_per_coordinator * (0.5 + hub.coordinator_skill) * (1.0 + p.alignment_gain * plan.steering_alignment)
                                 : 0.0);
        auto& by_area = world.scratch.area_demand;
        by_area.clear();
        for (const float skill : world.areas.coordinator_skill) by_area.push_back(per_year / plan.network_schools_per_coordinator * (0.5 + skill));
    }
    double expected(EstablishmentId e, const World& world) const {
        const auto& s = world.establishments;
        double brought = 0;
        if (s.status[e] == Status::network) brought = world.scratch.area_demand[world.population->establishments.area[e].index];
        if (s.status[e] == Status::hub) brought = world.scratch.of_hub[s.hub[e].index];
        return own_ + with_adviser_[s.adviser[e]] + brought;
    }

private:
    double own_;
    std::array<double, 2> with_adviser_;
};

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
    const Introductions introductions(now, world, p);
    each_establishment_with_words(world, now.luck, gain_draw, [&](EstablishmentId e, const Words& words) {
        drop_links(e, words[3], now, world, p);
        const double expected = introductions.expected(e, world);
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
    const double year = world.calendar.decimal_year(now.month);
    return year >= p.closure_from && year < p.closure_until ? 1.0 - p.closure_capacity : 0.0;
}

/// What employers and providers can give, against September 2018.
double grown(const Moment& now, const World& world, const Parameters& p) {
    return exponential(std::max(0.0, world.calendar.decimal_year(now.month) - 2018.66) * natural_log(1.0 + p.growth_per_year));
}

/// A place among links that stands empty counts for a row past the employers', so that every
/// establishment has the same number of places and no branch is needed.
std::uint32_t row_of(EmployerId employer, std::uint32_t none) { return std::min(employer.index, none); }

void gather_load(World& world, const Parameters& p) {
    auto& s = world.establishments;
    const auto& who = world.population->establishments;
    auto& load = world.scratch.load;
    const auto none = static_cast<std::uint32_t>(load.size() - most_links);
    std::fill(load.begin(), load.end(), Scratch::Load{0, 0});
    std::array<double, most_links + 1> encounters_each{}, places_each{};
    for (unsigned n = 1; n <= most_links; ++n) {
        encounters_each[n] = p.encounters_per_pupil / n;
        places_each[n] = p.places_per_pupil / n;
    }
    each_establishment(world, [&](EstablishmentId e) {
        const unsigned n = s.link_count[e];
        const auto encounters = static_cast<std::uint32_t>(who.pupils[e] * encounters_each[n]);
        const auto places = static_cast<std::uint32_t>(who.pupils[e] * places_each[n]);
        for (unsigned i = 0; i < most_links; ++i) {  // each place has an empty row of its own: adding to one would wait for the last
            Scratch::Load& of = load[row_of(s.links[e][i], none + i)];
            of.encounters += encounters;
            of.places += places;
        }
    });
    for (std::uint32_t f = 0; f < none; ++f) {
        world.employers.encounter_load[EmployerId{f}] = load[f].encounters;
        world.employers.place_load[EmployerId{f}] = load[f].places;
    }
}

double filled(double capacity, std::uint32_t load) { return load == 0 || capacity >= load ? 1.0 : capacity / load; }

/// What each employer fills of what it is asked for, and from that what each establishment gets.
void share_capacity(const Moment& now, World& world, const Parameters& p) {
    auto& s = world.establishments;
    const auto& who = world.population->establishments;
    const auto& firms = world.population->employers;
    const double shut = closed(now, world, p);
    const double capacity = p.capacity * grown(now, world, p);
    const double encounters_left = capacity * (1.0 - shut * (1.0 - p.closure_online));
    const double places_left = capacity * (1.0 - shut);
    auto& fills = world.scratch.filled;
    const auto none = static_cast<std::uint32_t>(fills.size() - 1);
    for (std::uint32_t i = 0; i < none; ++i) {
        const EmployerId f{i};
        const double more = world.employers.cornerstone[f] ? p.cornerstone_capacity : 1.0;
        fills[i] = {static_cast<float>(filled(firms.encounters_per_year[f] * more * encounters_left, world.employers.encounter_load[f])),
                    static_cast<float>(filled(firms.places_per_year[f] * more * places_left, world.employers.place_load[f]))};
    }
    std::array<double, most_links + 1> one_of{};
    for (unsigned n = 1; n <= most_links; ++n) one_of[n] = 1.0 / n;
    const double alone = p.alone * (1.0 - shut);
    each_establishment(world, [&](EstablishmentId e) {
        double met = 0, placed = 0;
        for (const EmployerId f : s.links[e]) {
            met += fills[row_of(f, none)].encounters;
            placed += fills[row_of(f, none)].places;
        }
        const double each = (1.0 - alone) * one_of[s.link_count[e]];
        double bought = 0;
        if (s.wallet[e] != 0 && world.months_in_status(e, now.month) < 12 && who.pupils[e] > 0)
            bought = world.plan->wallet_gbp / p.gbp_per_encounter / (who.pupils[e] * std::max(p.encounters_per_pupil, 1e-9));
        s.encounters[e] = static_cast<float>(std::min(1.0, alone + met * each + bought));
        s.places[e] = static_cast<float>(std::min(1.0, alone + placed * each + 0.25 * bought));
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
    const double open = (1.0 - closed(now, world, p) * (1.0 - p.closure_online)) * grown(now, world, p);
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
