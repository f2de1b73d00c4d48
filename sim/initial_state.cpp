#include "sim/initial_state.h"

#include <algorithm>
#include <cmath>

#include "sim/base/deterministic_math.h"

namespace hubs {
namespace {

enum Draw : std::uint32_t {  // items take 64 upwards, four to a draw
    factor_draw = 0,
    benchmark_draw = 1,
    leader_draw = 3,
    support_draw = 4,
    status_draw = 5,
    link_draw = 6,
    known_draw = 96,
    report_draw = 97
};

double normal(std::uint32_t word) { return normal_quantile(unit(word)); }

struct Factors {
    double school;
    std::array<double, benchmark_count> benchmark;
};

Factors draw_factors(const Luck& luck, std::uint32_t agent, double shift) {
    Factors f{};
    f.school = normal(luck.words(agent, factor_draw)[0]) + shift;
    for (unsigned b = 0; b < benchmark_count; ++b) f.benchmark[b] = normal(luck.words(agent, benchmark_draw + b / 4)[b % 4]);
    return f;
}

Items draw_items_met(const Luck& luck, std::uint32_t agent, Items applies, const Factors& factors, const Framework& f) {
    Items met = 0;
    for (unsigned b = 0; b < benchmark_count; ++b) {
        const double common = std::sqrt(f.school_factor) * factors.school + std::sqrt(f.benchmark_factor[b]) * factors.benchmark[b];
        const double own = std::sqrt(std::max(0.0, 1.0 - f.school_factor - f.benchmark_factor[b]));
        each_item(f.items_of[b] & applies, [&](unsigned item) {
            if (common + own * normal(luck.words(agent, 64 + item / 4)[item % 4]) > f.items[item].threshold) met |= one_item(item);
        });
    }
    return met;
}

/// Network membership: likelier for mainstream schools, at the stated share in all.
bool in_network(EstablishmentId e, std::uint32_t word, const Establishments& who, const InitialState::Parameters& p, double mainstream_share) {
    if (p.network_share <= 0) return false;
    if (p.network_share >= 1) return true;
    const double odds = natural_log(p.network_share / (1.0 - p.network_share));
    const double tilt = who.type[e] == Type::mainstream ? 1.0 - mainstream_share : -mainstream_share;
    const double other = exponential(odds + tilt * p.network_mainstream);
    return word < threshold32(other / (1.0 + other));
}

void draw_links(EstablishmentId e, const Luck& luck, World& world, const InitialState::Parameters& p) {
    const AreaRow& area = world.population->areas[world.population->establishments.area[e].index];
    auto& s = world.establishments;
    s.links[e].fill(EmployerId::none());
    if (area.employers == 0) return;
    const double expected = std::min<double>(most_links, p.links_base + ((s.achieved[e] >> 4 & 1u) != 0 ? p.links_if_achieved : 0.0));
    const std::uint32_t agent = world.population->establishments.address[e];
    for (unsigned i = 0; i < most_links; ++i) {
        const Words words = luck.words(agent, link_draw + i);
        if (words[0] >= threshold32(expected / most_links)) continue;
        const EmployerId employer{area.first_employer + below(words[1], area.employers)};
        auto& links = s.links[e];
        if (std::find(links.begin(), links.end(), employer) == links.end()) links[s.link_count[e]++] = employer;
    }
}

void draw_establishment(EstablishmentId e, const Luck& luck, const Start& start, const CompleteCompass::Misreading& misreading, World& world,
                        double mainstream_share) {
    const auto& who = start.population->establishments;
    const Framework& f = *start.framework;
    auto& s = world.establishments;
    const std::uint32_t agent = who.address[e];
    const Words status_words = luck.words(agent, status_draw);
    const bool network = in_network(e, status_words[0], who, start.initial, mainstream_share);
    s.status[e] = network ? Status::network : Status::none;
    s.status_since[e] = before_start;
    s.adviser[e] = network && status_words[1] < threshold32(start.initial.adviser_share);
    const Factors factors = draw_factors(luck, agent, network ? start.initial.network_shift : start.initial.outside_shift);
    s.done[e] = draw_items_met(luck, agent, who.applies[e], factors, f);
    s.achieved[e] = f.achieved(s.done[e], who.applies[e]);
    Luck knowing = luck;
    knowing.moment ^= known_draw;
    s.know_how[e] = s.done[e] | draw_items_evenly(knowing, agent, who.applies[e] & ~s.done[e], start.initial.known_share);

    const double r = start.initial.support_correlation;
    const double z = r * factors.school + std::sqrt(1.0 - r * r) * normal(luck.words(agent, support_draw)[0]);
    s.slt_support[e] = static_cast<float>(TurnOverStaff::support_from(z, start.staff));
    const Words leader = luck.words(agent, leader_draw);
    world.leaders.hours_per_week[e] = TurnOverStaff::draw_hours(leader[0], leader[1], start.staff);
    world.leaders.openness[e] = TurnOverStaff::draw_openness(leader[2], start.staff);
    world.leaders.since[e] = before_start;
    draw_links(e, luck, world, start.initial);

    Luck reporting = luck;
    reporting.moment ^= report_draw;
    s.reported[e] = CompleteCompass::report(e, reporting.words(agent), reporting, world, misreading, 0.0);
    s.achieved_reported[e] = f.achieved(s.reported[e], who.applies[e]);
    s.achieved_first[e] = s.achieved_reported[e];
    s.nearly[e] = f.nearly(s.reported[e], who.applies[e]);
    s.returned[e] = -1;
}

void make_room(World& world, const Population& population) {
    const std::uint32_t n = population.establishments.count();
    const auto areas = population.areas.size();
    auto& s = world.establishments;
    for (auto* column : {&s.done, &s.know_how, &s.reported}) column->assign(n, 0);
    for (auto* column : {&s.achieved, &s.achieved_reported, &s.achieved_first, &s.nearly, &s.leads, &s.adviser, &s.wallet, &s.link_count}) column->assign(n, 0);
    s.returned.assign(n, -1);
    s.slt_support.assign(n, 0);
    s.status.assign(n, Status::none);
    s.status_since.assign(n, before_start);
    s.hub.assign(n, HubId::none());
    s.group.assign(n, HubId::none_index);
    s.lead.assign(n, EstablishmentId::none());
    s.buddy.assign(n, EstablishmentId::none());
    s.attendance.assign(n, Attendance::absent);
    s.links.assign(n, {});
    s.offer.assign(n, EmployerId::none());
    s.encounters.assign(n, 1.0f);
    s.places.assign(n, 1.0f);
    auto& l = world.leaders;
    l.hours_per_week.assign(n, 0);
    l.openness.assign(n, 0);
    l.since.assign(n, before_start);
    l.leaves_in.assign(n, 0);
    l.senior_leaves_in.assign(n, 0);
    l.trained.assign(n, 0);
    l.training_left.assign(n, 0);
    world.employers.cornerstone.assign(population.employers.count(), 0);
    world.employers.encounter_load.assign(population.employers.count(), 0);
    world.employers.place_load.assign(population.employers.count(), 0);
    world.areas.coordinator_skill.assign(areas, 0.5f);
    world.areas.has_hub.assign(areas, 0);
    world.areas.provision.assign(areas, {1, 1, 1, 1, 1, 1});
    world.ties.assign(population.network.slots(), 0);
    world.tied.assign(n, 0);
}

}  // namespace

void reserve_room(World& world) {
    const std::size_t n = world.count();
    world.hubs.rows.reserve(n / 2 + 1);
    world.hubs.groups.reserve(n + 1);
    world.hubs.members.reserve(2 * n);
    world.scratch.pace.assign(n, {});
    world.scratch.load.assign(world.employers.encounter_load.count() + most_links, {0, 0});
    world.scratch.filled.assign(world.employers.encounter_load.count() + 1, {0, 0});
    world.scratch.of_hub.reserve(n / 2 + 1);
    world.scratch.ranking.reserve(n);
    world.scratch.chosen.reserve(n);
    world.scratch.order.reserve(n);
    world.scratch.block.reserve(2 * n);
    world.scratch.area_demand.reserve(std::max(n, world.population->areas.size() * provider_kinds));
}

World start_world(const Start& start, Replicate replicate) {
    World world;
    world.population = start.population;
    world.framework = start.framework;
    world.calendar = start.calendar;
    make_room(world, *start.population);
    const auto& who = start.population->establishments;
    double mainstream = 0;
    for (const Type t : who.type) mainstream += t == Type::mainstream;
    const double share = world.count() == 0 ? 1.0 : mainstream / world.count();
    const Luck luck(replicate, Month{0}, stream_of("initial_state", 13));
    const CompleteCompass::Misreading misreading(start.compass);
    each_establishment(world, [&](EstablishmentId e) { draw_establishment(e, luck, start, misreading, world, share); });
    for (std::uint32_t a = 0; a < start.population->areas.size(); ++a)
        world.areas.coordinator_skill[AreaId{a}] = static_cast<float>(unit(luck.words(a | 0xC0000000u)[0]));
    return world;
}

}  // namespace hubs
