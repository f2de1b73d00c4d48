#pragma once
#include <algorithm>
#include <bit>

#include "sim/process/launch_hubs.h"

// Within a hub: who sits with whom, who leads, who looks after whom. Done when a hub is formed, and anew when
// its members change.
namespace hubs::launching {

/// Orders members so that neighbours stand together: along the longer side of their box.
inline void order_by_place(List<EstablishmentId>& members, std::size_t first, std::size_t count,
                           const Establishments& who) {
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

inline constexpr unsigned kinds = 3;        // of establishments that learn from their like
inline constexpr unsigned most_leads = 10;  // the greatest value of the lever lead_schools_per_hub

inline unsigned kind_of(Type type) { return type == Type::mainstream ? 0u : type == Type::college ? 2u : 1u; }

/// Divides a hub's members, which stand at [first, first + count), into meeting groups.
inline void form_groups(HubId hub, World& world) {
    const Plan& plan = *world.plan;
    const auto& who = world.population->establishments;
    auto& hubs = world.hubs;
    const HubRow& row = hubs.rows[hub.index];
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

/// Chooses `wanted` Lead Schools of the hub: who leads already goes on; the others are the furthest on, taken from the
/// kinds of establishment (mainstream, special, college) in turn by how many members each has for a Lead School.
/// Example: of 20 schools, 8 special schools and 4 colleges three Lead Schools are two schools and a special school,
/// since 20, 20/2 and 8 are the greatest in turn.
inline void choose_leads(const List<EstablishmentId>& furthest_first, unsigned wanted, World& world) {
    auto& leads = world.establishments.leads;
    const auto& type = world.population->establishments.type;
    std::array<unsigned, kinds> members{}, leading{};
    unsigned chosen = 0;
    for (const EstablishmentId m : furthest_first) {
        ++members[kind_of(type[m])];
        leads[m] = leads[m] != 0 && chosen < wanted;
        leading[kind_of(type[m])] += leads[m];
        chosen += leads[m];
    }
    for (; chosen < wanted; ++chosen) {
        unsigned kind = kinds;
        for (unsigned k = 0; k < kinds; ++k)
            if (members[k] > leading[k] &&
                (kind == kinds || members[k] * (leading[kind] + 1) > members[kind] * (leading[k] + 1)))
                kind = k;
        for (const EstablishmentId m : furthest_first)
            if (kind_of(type[m]) == kind && leads[m] == 0) {
                leads[m] = 1;
                break;
            }
        ++leading[kind];
    }
}

/// Each other member is served by a Lead School of its own kind, or of any where none of its kind leads: by the one
/// that serves fewest so far.
inline void serve(const List<EstablishmentId>& furthest_first, World& world) {
    auto& e = world.establishments;
    const auto& type = world.population->establishments.type;
    std::array<EstablishmentId, most_leads> lead{};
    std::array<unsigned, most_leads> served{};
    unsigned count = 0;
    for (const EstablishmentId m : furthest_first)
        if (e.leads[m] != 0) lead[count++] = m;
    for (const EstablishmentId m : furthest_first) {
        e.lead[m] = EstablishmentId::none();
        if (e.leads[m] != 0) continue;
        bool own = false;
        for (unsigned l = 0; l < count; ++l) own |= kind_of(type[lead[l]]) == kind_of(type[m]);
        unsigned by = count;
        for (unsigned l = 0; l < count; ++l)
            if ((!own || kind_of(type[lead[l]]) == kind_of(type[m])) && (by == count || served[l] < served[by])) by = l;
        if (by == count) continue;
        e.lead[m] = lead[by];
        ++served[by];
    }
    for (unsigned l = 0; l < count; ++l) e.leads[lead[l]] = static_cast<std::uint16_t>(served[l] + 1);
}

/// Lead Schools and whom they serve. Buddies pair the furthest on with the furthest back.
inline void give_roles(HubId hub, World& world) {
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
    choose_leads(best, row.leads, world);
    serve(best, world);
    for (std::uint32_t i = 0; i < row.count; ++i) {
        const EstablishmentId other = best[row.count - 1 - i];
        e.buddy[best[i]] = (plan.buddies || plan.peer_review) && other != best[i] ? other : EstablishmentId::none();
    }
}

/// Each Enterprise Coordinator looks after members that stand together; posts are added as a hub grows, and stay.
inline void give_posts(HubId hub, const Moment& now, World& world, const LaunchHubs::Parameters& p) {
    const HubRow& row = world.hubs.rows[hub.index];
    auto& all = world.hubs.coordinators;
    auto& posts = world.scratch.order;
    posts.clear();
    for (std::uint32_t k = 0; k < all.size(); ++k)
        if (all[k].hub == hub) posts.push_back(k);
    const std::uint32_t wanted = posts_for(row.count, world.plan->schools_per_coordinator);
    while (posts.size() < wanted) {
        Coordinator post;
        post.hub = hub;
        post.agent = row.founder | 0x80000000u;
        post.number = static_cast<std::uint16_t>(posts.size());
        post.skill = static_cast<float>(unit(now.luck.words(post.agent, post.number)[1]));
        posts.push_back(static_cast<std::uint32_t>(all.size()));
        all.push_back(post);
    }
    const auto first_of = [&](std::uint32_t post) { return (std::uint64_t{post} * row.count + wanted - 1) / wanted; };
    for (std::uint32_t k = 0; k < wanted; ++k) {
        const auto from = static_cast<std::uint32_t>(first_of(k)), to = static_cast<std::uint32_t>(first_of(k + 1));
        const EstablishmentId* const of = world.hubs.members.begin() + row.first + from;
        place_post(posts[k], of, to - from, world);
        for (std::uint32_t i = 0; i < to - from; ++i) {
            world.establishments.coordinator[of[i]] = posts[k];
            world.establishments.reach[of[i]] = reach_of(of[i], world, p.reach_km);
        }
    }
}

}  // namespace hubs::launching
