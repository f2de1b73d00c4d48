#include <algorithm>

#include "sim/entity/observation.h"
#include "sim/process/launch_hubs_ranking.h"
#include "sim/process/launch_hubs_roles.h"

namespace hubs {
namespace launching {

using Parameters = LaunchHubs::Parameters;

void admit(EstablishmentId m, HubId hub, const Moment& now, World& world) {
    auto& e = world.establishments;
    HubRow& row = world.hubs.rows[hub.index];
    const Words words = now.luck.words(world.population->establishments.address[m], support_draw);
    if (e.status[m] == Status::none) e.backed_since[m] = static_cast<std::int16_t>(now.month.index);
    e.status[m] = Status::hub;
    e.status_since[m] = static_cast<std::int16_t>(now.month.index);
    e.hub[m] = hub;
    if (e.adviser[m] == 0 && words[0] < threshold32(world.plan->adviser_coverage)) e.adviser[m] = 1;
    e.wallet[m] = words[1] < threshold32(world.plan->wallet_share);
    if (row.joined != now.month.index) row.wallets = 0;
    row.joined = now.month.index;
    row.wallets += e.wallet[m];
    world.did(Activity::joined);
    world.note(now.month, Change::joined_hub, m);
}

/// Back to the Enterprise Adviser Network; lists and roles are settled when all of the wave have left.
void dismiss(EstablishmentId m, const Moment& now, World& world, const Parameters& p) {
    auto& e = world.establishments;
    e.status[m] = Status::network;
    e.status_since[m] = static_cast<std::int16_t>(now.month.index);
    e.hub[m] = HubId::none();
    e.group[m] = HubId::none_index;
    e.lead[m] = e.buddy[m] = EstablishmentId::none();
    e.leads[m] = 0;
    e.wallet[m] = 0;
    e.targets[m] = 0;
    e.coordinator[m] = post_of_area(m, *world.population);
    e.reach[m] = reach_of(m, world, p.reach_km);
    world.note(now.month, Change::left_hub, m);
}

/// Cornerstone Employers of an area whose hubs have become fewer: as many as the hubs that are left have.
void count_cornerstones(AreaId area, World& world) {
    std::uint32_t hubs = 0;
    for (const HubRow& row : world.hubs.rows) hubs += row.area == area && row.count > 0 ? 1u : 0u;
    const AreaRow& a = world.population->areas[area.index];
    const auto firm = static_cast<std::uint32_t>(hubs * world.plan->cornerstones_per_hub);
    for (std::uint32_t i = 0; i < a.employers; ++i)
        world.employers.cornerstone[EmployerId{a.first_employer + i}] = i < firm ? 1 : 0;
    world.areas.has_hub[area] = hubs > 0 ? 1 : 0;
}

/// Members stand by hub and place in one list; groups follow. Where members have come or gone, roles and
/// coordinators are given anew.
void settle(const Moment& now, World& world, const Parameters& p) {
    auto& hubs = world.hubs;
    const auto& e = world.establishments;
    auto& count = world.scratch.block;  // of members, by hub; then where its next member stands
    count.resize(hubs.rows.size());
    std::fill(count.begin(), count.end(), 0u);
    std::uint32_t total = 0;
    each_establishment(world, [&](EstablishmentId m) {
        if (e.status[m] == Status::hub) ++count[e.hub[m].index], ++total;
    });
    hubs.members.resize(total);
    hubs.groups.clear();
    std::uint32_t first = 0;
    auto& changed = world.scratch.of_hub;
    changed.resize(hubs.rows.size());
    for (std::uint32_t h = 0; h < hubs.rows.size(); ++h) {
        HubRow& row = hubs.rows[h];
        changed[h] = row.count != count[h] || row.joined == now.month.index ? 1 : 0;
        if (changed[h] != 0) row.changed = now.month.index;
        row.first = first;
        row.count = count[h];
        first += count[h];
        count[h] = row.first;
    }
    each_establishment(world, [&](EstablishmentId m) {
        if (e.status[m] == Status::hub) hubs.members[count[e.hub[m].index]++] = m;
    });
    for (std::uint32_t h = 0; h < hubs.rows.size(); ++h) {
        HubRow& row = hubs.rows[h];
        if (row.count == 0) {
            row.leads = 0;
            if (changed[h] != 0) count_cornerstones(row.area, world);
            continue;
        }
        order_by_place(hubs.members, row.first, row.count, world.population->establishments);
        if (changed[h] != 0) give_posts(HubId{h}, now, world, p);  // by place: groups may sort by type
        form_groups(HubId{h}, world);
        if (changed[h] != 0) give_roles(HubId{h}, world);
    }
}

/// Forms hubs of the chosen establishments of one area: `count` of them, or as the plan's hub size asks.
void form_hubs(AreaId area, const Moment& now, World& world, const Parameters& p, std::uint32_t count = 0,
               std::uint32_t listed = 0) {
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
        row.changed = now.month.index;
        row.lead_since = static_cast<std::int16_t>(now.month.index);
        row.founder = world.population->establishments.address[hubs.members[row.first]];
        row.lead_skill = static_cast<float>(unit(now.luck.words(row.founder | 0x80000000u)[0]));
        row.listed = listed;
        hubs.rows.push_back(row);
        order_by_place(hubs.members, row.first, row.count, world.population->establishments);
        for (std::uint32_t i = 0; i < row.count; ++i) admit(hubs.members[row.first + i], hub, now, world);
        give_posts(hub, now, world, p);  // by place: groups may sort by type
        form_groups(hub, world);
        give_roles(hub, world);
    }
    const AreaRow& a = world.population->areas[area.index];
    const auto firm =
        std::min<std::uint32_t>(a.employers, static_cast<std::uint32_t>(count * world.plan->cornerstones_per_hub));
    for (std::uint32_t i = 0; i < firm; ++i) world.employers.cornerstone[EmployerId{a.first_employer + i}] = 1;
    world.areas.has_hub[area] = 1;
}

/// The supported hub of the area whose middle is nearest; none where it has none.
HubId nearest_hub(EstablishmentId m, AreaId area, const Moment& now, const World& world) {
    const auto& who = world.population->establishments;
    HubId out = HubId::none();
    std::int64_t nearest = 0;
    for (std::uint32_t h = 0; h < world.hubs.rows.size(); ++h) {
        const HubRow& row = world.hubs.rows[h];
        if (row.area != area || !world.supported(row, now.month)) continue;
        std::int64_t x = 0, y = 0;
        for (std::uint32_t i = row.first; i < row.first + row.count; ++i) {
            x += who.easting[world.hubs.members[i]];
            y += who.northing[world.hubs.members[i]];
        }
        const std::int64_t dx = who.easting[m] - x / row.count, dy = who.northing[m] - y / row.count;
        const std::int64_t distance = dx * dx + dy * dy;
        if (out == HubId::none() || distance < nearest) out = HubId{h}, nearest = distance;
    }
    return out;
}

/// Lets those chosen of the area into hubs: into new ones, or into those there are.
void place_chosen(AreaId area, const Wave& wave, const Moment& now, World& world, const Parameters& p) {
    auto& chosen = world.scratch.chosen;
    if (wave.action != WaveAction::join_hubs || chosen.empty() ||
        nearest_hub(chosen.front(), area, now, world) == HubId::none())
        return form_hubs(area, now, world, p);
    for (const EstablishmentId m : chosen) world.establishments.hub[m] = nearest_hub(m, area, now, world);
    for (const EstablishmentId m : chosen) admit(m, world.establishments.hub[m], now, world);
}

/// The hub of a list's number, or the one that it was merged into; none where it is not there or not supported.
HubId listed_hub(std::uint32_t listed, const Moment& now, const World& world) {
    for (std::uint32_t h = 0; h < world.hubs.rows.size() && listed != 0; ++h) {
        if (world.hubs.rows[h].listed != listed) continue;
        HubId hub{h};
        while (world.hubs.rows[hub.index].merged_into != HubId::none()) hub = world.hubs.rows[hub.index].merged_into;
        if (world.supported(world.hubs.rows[hub.index], now.month)) return hub;
    }
    return HubId::none();
}

/// Members that the population lists by name: those of one hub that come, or leave, in one month.
void move_listed(const Wave& wave, const Moment& now, World& world, const Parameters& p) {
    auto& chosen = world.scratch.chosen;
    const auto& who = world.population->establishments;
    chosen.clear();
    each_establishment(world, [&](EstablishmentId e) {
        if (!std::binary_search(wave.addresses.begin(), wave.addresses.end(), who.address[e])) return;
        const bool member = world.establishments.status[e] == Status::hub;
        if (wave.leaving() && member) dismiss(e, now, world, p);
        if (!wave.leaving() && !member) chosen.push_back(e);
    });
    if (wave.leaving()) return settle(now, world, p);
    if (chosen.empty()) return;
    if (const HubId hub = listed_hub(wave.listed, now, world); hub != HubId::none()) {
        for (const EstablishmentId m : chosen) admit(m, hub, now, world);
        return settle(now, world, p);
    }
    form_hubs(who.area[chosen.front()], now, world, p, 1, wave.listed);
}

/// The supported hubs of an area become the oldest of them.
void merge_hubs(AreaId area, const Moment& now, World& world) {
    HubId oldest = HubId::none();
    const auto& rows = world.hubs.rows;
    for (std::uint32_t h = 0; h < rows.size() && oldest == HubId::none(); ++h)
        if (rows[h].area == area && world.supported(rows[h], now.month)) oldest = HubId{h};
    each_establishment(world, [&](EstablishmentId e) {
        if (world.establishments.status[e] != Status::hub) return;
        HubId& hub = world.establishments.hub[e];
        HubRow& from = world.hubs.rows[hub.index];
        if (hub == oldest || from.area != area || !world.supported(from, now.month)) return;
        from.merged_into = oldest;
        hub = oldest;
    });
}

/// All members of an area's hubs go back to the network.
void close_hubs(AreaId area, const Moment& now, World& world, const Parameters& p) {
    each_establishment(world, [&](EstablishmentId e) {
        if (world.establishments.status[e] == Status::hub &&
            world.hubs.rows[world.establishments.hub[e].index].area == area)
            dismiss(e, now, world, p);
    });
}

/// Who joins, where a rule chooses.
void let_in(const Wave& wave, const Moment& now, World& world, const Parameters& p) {
    if (wave.rule == Allocation::by_area) {
        for (const AreaShare& share : wave.areas) {
            take_first(AreaId{share.area}, share.members, world);
            place_chosen(AreaId{share.area}, wave, now, world, p);
        }
        return;
    }
    share_out(wave, world);
    auto& asked = world.scratch.asked;
    std::fill(asked.begin(), asked.end(), 0u);
    const auto& block = world.scratch.block;
    for (std::size_t b = 0; b < block.size(); b += 2) asked[block[b]] += block[b + 1];
    for (std::uint32_t a = 0; a < world.population->areas.size(); ++a) {
        if (asked[a] == 0) continue;
        take_first(AreaId{a}, asked[a], world);
        place_chosen(AreaId{a}, wave, now, world, p);
    }
}

/// One wave: who joins or leaves, and which hubs become one or close.
void launch(const Wave& wave, const Moment& now, World& world, const Parameters& p) {
    if (wave.rule == Allocation::as_listed) return move_listed(wave, now, world, p);
    if (wave.joins()) let_in(wave, now, world, p);
    else
        for (const AreaShare& share : wave.areas)
            wave.action == WaveAction::merge_hubs ? merge_hubs(AreaId{share.area}, now, world)
                                                  : close_hubs(AreaId{share.area}, now, world, p);
    if (wave.action != WaveAction::form_hubs) settle(now, world, p);
}

std::uint32_t members_of(const World& world) {
    const auto& status = world.establishments.status;
    return static_cast<std::uint32_t>(std::count(status.begin(), status.end(), Status::hub));
}

}  // namespace launching

std::uint32_t LaunchHubs::first_due(const Moment& now, const World& world) {
    std::uint32_t w = 0;
    while (w < world.plan->waves.size() && world.plan->waves[w].month != world.since_start(now.month).index) ++w;
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
        if (waves[w].month != world.since_start(now.month).index) continue;
        for (std::uint32_t a = 0; w != first && a < world.population->areas.size(); ++a)
            rank(a, w, now, world, p);  // the first's are ranked
        const std::uint32_t before = counted ? members_of(world) : 0;
        launch(waves[w], now, world, p);
        if (!counted) continue;
        const std::uint32_t after = members_of(world);
        world.watch->seen.placed[w] = after > before ? after - before : before - after;
    }
}

}  // namespace hubs
