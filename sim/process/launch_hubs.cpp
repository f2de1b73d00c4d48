#include <algorithm>
#include <bit>

#include "sim/entity/observation.h"
#include "sim/process/launch_hubs_ranking.h"

namespace hubs {
namespace launching {

/// Orders members so that neighbours stand together: along the longer side of their box.
void order_by_place(List<EstablishmentId>& members, std::size_t first, std::size_t count, const Establishments& who) {
    std::int32_t west = 2000000, east = -2000000, south = 2000000, north = -2000000;
    for (std::size_t i = first; i < first + count; ++i) {
        west = std::min(west, who.easting[members[i]]);
        east = std::max(east, who.easting[members[i]]);
        south = std::min(south, who.northing[members[i]]);
        north = std::max(north, who.northing[members[i]]);
    }
    const bool wide = east - west >= north - south;
    std::sort(members.begin() + first, members.begin() + first + count, [&](EstablishmentId a, EstablishmentId b) {
        const std::int32_t x = wide ? who.easting[a] : who.northing[a];
        const std::int32_t y = wide ? who.easting[b] : who.northing[b];
        return x != y ? x < y : who.address[a] < who.address[b];
    });
}

unsigned kind_of(Type type) { return type == Type::mainstream ? 0u : type == Type::college ? 2u : 1u; }

/// Divides a hub's members, which stand at [first, first + count), into meeting groups.
void form_groups(HubId hub, World& world) {
    const Plan& plan = *world.plan;
    const auto& who = world.population->establishments;
    auto& hubs = world.hubs;
    const HubRow row = hubs.rows[hub.index];
    const auto add = [&](std::uint32_t first, std::uint32_t count) {
        if (count == 0) return;
        for (std::uint32_t i = first; i < first + count; ++i)
            world.establishments.group[hubs.members[i]] = static_cast<std::uint32_t>(hubs.groups.size());
        hubs.groups.push_back({first, count, hub, EstablishmentId::none()});
    };
    if (plan.format == Format::whole_hub) return add(row.first, row.count);
    if (plan.format == Format::clusters_by_place) {
        const auto clusters =
            std::max<std::uint32_t>(1, static_cast<std::uint32_t>(row.count / plan.cluster_size + 0.5));
        for (std::uint32_t c = 0; c < clusters; ++c) {
            const std::uint32_t from = row.count * c / clusters, to = row.count * (c + 1) / clusters;
            add(row.first + from, to - from);
        }
        return;
    }
    const auto begin = hubs.members.begin() + row.first;
    std::sort(begin, begin + row.count, [&](EstablishmentId a, EstablishmentId b) {
        const unsigned x = kind_of(who.type[a]), y = kind_of(who.type[b]);
        return x != y ? x < y : who.address[a] < who.address[b];
    });
    for (std::uint32_t from = 0; from < row.count;) {
        std::uint32_t to = from;
        while (to < row.count && kind_of(who.type[begin[to]]) == kind_of(who.type[begin[from]])) ++to;
        add(row.first + from, to - from);
        from = to;
    }
}

/// Lead Schools are the members furthest on; each serves an equal share. Buddies pair the
/// furthest on with the furthest back.
void give_roles(HubId hub, World& world) {
    const Plan& plan = *world.plan;
    auto& hubs = world.hubs;
    auto& e = world.establishments;
    HubRow& row = hubs.rows[hub.index];
    auto& best = world.scratch.chosen;
    best.clear();
    best.append(hubs.members.begin() + row.first, row.count);
    const auto& who = world.population->establishments;
    std::sort(best.begin(), best.end(), [&](EstablishmentId a, EstablishmentId b) {
        const int x = std::popcount(e.achieved_reported[a]), y = std::popcount(e.achieved_reported[b]);
        return x != y ? x > y : who.address[a] < who.address[b];
    });
    row.leads = static_cast<std::uint16_t>(std::min<double>(plan.lead_schools_per_hub, row.count));
    for (std::uint32_t i = 0; i < row.count; ++i) {
        e.leads[best[i]] = i < row.leads;
        e.lead[best[i]] = i < row.leads || row.leads == 0 ? EstablishmentId::none() : best[i % row.leads];
        const EstablishmentId other = best[row.count - 1 - i];
        e.buddy[best[i]] = (plan.buddies || plan.peer_review) && other != best[i] ? other : EstablishmentId::none();
    }
}

void admit(EstablishmentId m, HubId hub, const Moment& now, World& world) {
    auto& e = world.establishments;
    const Words words = now.luck.words(world.population->establishments.address[m], support_draw);
    e.status[m] = Status::hub;
    e.status_since[m] = static_cast<std::int16_t>(now.month.index);
    e.hub[m] = hub;
    if (words[0] < threshold32(world.plan->adviser_coverage)) e.adviser[m] = 1;
    e.wallet[m] = words[1] < threshold32(world.plan->wallet_share);
    world.hubs.rows[hub.index].wallets += e.wallet[m];
    world.did(Activity::joined);
    world.note(now.month, Change::joined_hub, m);
}

/// Forms hubs of the chosen establishments of one area: `count` of them, or as the plan's hub size asks.
void form_hubs(AreaId area, const Moment& now, World& world, std::uint32_t count = 0) {
    auto& chosen = world.scratch.chosen;
    auto& hubs = world.hubs;
    const auto total = static_cast<std::uint32_t>(chosen.size());
    if (total == 0) return;
    order_by_place(chosen, 0, total, world.population->establishments);
    if (count == 0) count = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(total / world.plan->hub_size + 0.5));
    const auto start = static_cast<std::uint32_t>(hubs.members.size());
    hubs.members.append(chosen.begin(), total);
    for (std::uint32_t h = 0; h < count; ++h) {
        const std::uint32_t from = total * h / count, to = total * (h + 1) / count;
        const HubId hub{static_cast<std::uint32_t>(hubs.rows.size())};
        HubRow row;
        row.area = area;
        row.first = start + from;
        row.count = to - from;
        row.launched = now.month.index;
        const Words words =
            now.luck.words(world.population->establishments.address[hubs.members[row.first]] | 0x80000000u);
        row.lead_skill = static_cast<float>(unit(words[0]));
        row.coordinator_skill = static_cast<float>(unit(words[1]));
        hubs.rows.push_back(row);
        order_by_place(hubs.members, row.first, row.count, world.population->establishments);
        for (std::uint32_t i = 0; i < row.count; ++i) admit(hubs.members[row.first + i], hub, now, world);
        form_groups(hub, world);
        give_roles(hub, world);
    }
    const AreaRow& a = world.population->areas[area.index];
    const auto firm =
        std::min<std::uint32_t>(a.employers, static_cast<std::uint32_t>(count * world.plan->cornerstones_per_hub));
    for (std::uint32_t i = 0; i < firm; ++i) world.employers.cornerstone[EmployerId{a.first_employer + i}] = 1;
    world.areas.has_hub[area] = 1;
}

/// Members that the population lists by name: one hub a wave.
void admit_listed(const Wave& wave, const Moment& now, World& world) {
    auto& chosen = world.scratch.chosen;
    const auto& who = world.population->establishments;
    chosen.clear();
    each_establishment(world, [&](EstablishmentId e) {
        if (!std::binary_search(wave.addresses.begin(), wave.addresses.end(), who.address[e])) return;
        const bool member = world.establishments.status[e] == Status::hub;
        if (wave.leaving && member) {
            world.establishments.status[e] = Status::network;
            world.establishments.status_since[e] = static_cast<std::int16_t>(now.month.index);
        }
        if (!wave.leaving && !member) chosen.push_back(e);
    });
    if (!chosen.empty()) form_hubs(who.area[chosen.front()], now, world, 1);
}

/// Lets one wave join or leave.
void launch(const Wave& wave, const Moment& now, World& world) {
    if (wave.rule == Allocation::as_listed) return admit_listed(wave, now, world);
    if (wave.rule == Allocation::by_area) {
        for (const AreaShare& share : wave.areas) {
            take_first(AreaId{share.area}, share.members, world);
            form_hubs(AreaId{share.area}, now, world);
        }
        return;
    }
    share_out(wave, world);
    const auto& block = world.scratch.block;
    for (std::uint32_t a = 0; a < world.population->areas.size(); ++a) {
        std::uint32_t members = 0;
        for (std::size_t b = 0; b < block.size(); b += 2)
            if (block[b] == a) members += block[b + 1];
        if (members == 0) continue;
        take_first(AreaId{a}, members, world);
        form_hubs(AreaId{a}, now, world);
    }
}

std::uint32_t members_of(const World& world) {
    const auto& status = world.establishments.status;
    return static_cast<std::uint32_t>(std::count(status.begin(), status.end(), Status::hub));
}

}  // namespace launching

std::uint32_t LaunchHubs::first_due(const Moment& now, const World& world) {
    std::uint32_t w = 0;
    while (w < world.plan->waves.size() && world.plan->waves[w].month != now.month.index) ++w;
    return w;
}

void LaunchHubs::rank(std::uint32_t area, std::uint32_t wave, const Moment& now, World& world, const Parameters& p) {
    const Wave& of = world.plan->waves[wave];
    if (launching::concerns(of, area)) launching::rank_area(AreaId{area}, of, now, world, p);
}

void LaunchHubs::launch_all(std::uint32_t first, const Moment& now, World& world, const Parameters& p) {
    using namespace launching;
    const auto& waves = world.plan->waves;
    const bool counted = world.watch != nullptr && world.watch->seen.placed.size() == waves.size();
    for (std::uint32_t w = first; w < waves.size(); ++w) {
        if (waves[w].month != now.month.index) continue;
        for (std::uint32_t a = 0; w != first && a < world.population->areas.size(); ++a)
            rank(a, w, now, world, p);  // the first's are ranked
        const std::uint32_t before = counted ? members_of(world) : 0;
        launch(waves[w], now, world);
        if (!counted) continue;
        const std::uint32_t after = members_of(world);
        world.watch->seen.placed[w] = after > before ? after - before : before - after;
    }
}

}  // namespace hubs
