#pragma once
#include <algorithm>
#include <bit>

#include "sim/base/deterministic_math.h"
#include "sim/process/launch_hubs.h"

namespace hubs::launching {

enum Draw : std::uint32_t { order_draw = 0, support_draw = 1 };

/// Lower comes first.
inline double rank_of(EstablishmentId e, Allocation rule, const Moment& now, const World& world,
                      const LaunchHubs::Parameters& p) {
    const Establishments& who = world.population->establishments;
    const double chance = unit(now.luck.words(who.address[e], order_draw)[0]);
    const int reported = std::popcount(world.establishments.achieved_reported[e]);
    const double fsm = who.fsm_permille[e] == unknown_fsm ? 0.0 : who.fsm_permille[e] / 100.0;
    switch (rule) {
        case Allocation::lowest_attainment:
            return reported + chance;
        case Allocation::highest_fsm:
            return -fsm + 1e-6 * chance;
        case Allocation::rural:
            return (who.rural[e] ? 0.0 : 1.0) + 0.5 * chance;
        case Allocation::lottery:
            return chance;
        case Allocation::by_area:
        case Allocation::volunteers:
        case Allocation::as_listed:
            break;
    }
    const bool not_good = who.ofsted[e] == Ofsted::requires_improvement || who.ofsted[e] == Ofsted::inadequate;
    const double keen = p.level * reported + (world.establishments.status[e] == Status::network ? p.network : 0.0) +
                        p.fsm * fsm + (not_good ? p.ofsted : 0.0) + p.support * world.establishments.slt_support[e];
    return natural_log(1.0 / chance - 1.0) - keen;
}

/// Fills the area's part of the ranking with its establishments outside hubs, best first.
inline void rank_area(AreaId area, const Wave& wave, const Moment& now, World& world, const LaunchHubs::Parameters& p) {
    const auto& who = world.population->establishments;
    const AreaRow& row = world.population->areas[area.index];
    Scratch::Ranked* const ranking = world.scratch.ranking.data() + row.first;
    std::uint32_t count = 0;
    for (std::uint32_t i = row.first; i < row.first + row.establishments; ++i) {
        const EstablishmentId e{i};
        if (world.establishments.status[e] != Status::hub &&
            static_cast<unsigned>(std::popcount(world.establishments.achieved_reported[e])) <= wave.at_most)
            ranking[count++] = {rank_of(e, wave.rule == Allocation::by_area ? wave.within : wave.rule, now, world, p),
                                e.index};
    }
    world.scratch.ranked[area.index] = count;
    std::sort(ranking, ranking + count, [&](const auto& a, const auto& b) {
        return a.rank != b.rank ? a.rank < b.rank
                                : who.address[EstablishmentId{a.row}] < who.address[EstablishmentId{b.row}];
    });
}

/// Chooses so many of the area, in the order of its ranking; who has joined a hub since is passed over.
inline void take_first(AreaId area, std::uint32_t count, World& world) {
    auto& chosen = world.scratch.chosen;
    const Scratch::Ranked* const ranking = world.scratch.ranking.data() + world.population->areas[area.index].first;
    chosen.clear();
    for (std::uint32_t i = 0; chosen.size() < count && i < world.scratch.ranked[area.index]; ++i)
        if (const EstablishmentId e{ranking[i].row}; world.establishments.status[e] != Status::hub) chosen.push_back(e);
}

/// Whether the wave asks for the area's ranking.
inline bool concerns(const Wave& wave, std::uint32_t area) {
    if (!wave.joins()) return false;
    if (wave.rule != Allocation::by_area) return wave.rule != Allocation::as_listed;
    bool named = false;
    for (const AreaShare& share : wave.areas) named |= share.area == area;
    return named;
}

/// How many each area gets under a national rule: blocks of a hub's size, in rank order
/// within areas, are taken best mean rank first until the wave is full.
inline void share_out(const Wave& wave, World& world) {
    auto& order = world.scratch.order;
    auto& demand = world.scratch.block_rank;  // mean rank of each block
    auto& block = world.scratch.block;        // area and size of each block
    const auto areas = static_cast<std::uint32_t>(world.population->areas.size());
    order.clear();
    demand.clear();
    block.clear();
    const auto size = static_cast<std::uint32_t>(world.plan->hub_size);
    for (std::uint32_t a = 0; a < areas; ++a) {
        const Scratch::Ranked* const ranking = world.scratch.ranking.data() + world.population->areas[a].first;
        const std::uint32_t n = world.scratch.ranked[a];
        for (std::uint32_t from = 0; from < n;) {
            const std::uint32_t to = n - from < size + size / 2 ? n : from + size;
            double sum = 0;
            for (std::uint32_t i = from; i < to; ++i) sum += ranking[i].rank;
            order.push_back(static_cast<std::uint32_t>(demand.size()));
            demand.push_back(sum / (to - from));
            block.push_back(a);
            block.push_back(to - from);
            from = to;
        }
    }
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return demand[a] != demand[b] ? demand[a] < demand[b] : a < b; });
    std::uint32_t left = wave.members;
    for (const std::uint32_t b : order) {  // keep the sizes that fit; the rest become zero
        block[2 * b + 1] = std::min(block[2 * b + 1], left);
        left -= block[2 * b + 1];
    }
}

}  // namespace hubs::launching
