#pragma once
#include "sim/base/random.h"

namespace hubs {

/// Probabilities over item lanes have 38 bits: six from planes, which are looked at for all
/// lanes at once, above a word addressed by the item, which is drawn only where it matters.
inline std::uint64_t threshold38(double p) {
    if (!(p > 0.0)) return 0;
    if (p >= 1.0) return std::uint64_t{1} << 38;
    return static_cast<std::uint64_t>(p * 274877906944.0);
}

/// Two planes of 64 lanes from a block of words; three blocks (draws 0, 1, 2) make the six.
struct PlanePair {
    Items high, low;
    explicit PlanePair(const Words& w) : high(Items{w[0]} | Items{w[1]} << 32), low(Items{w[2]} | Items{w[3]} << 32) {}
};

inline constexpr std::uint32_t plane_draws = 3;

/// Narrows lanes down, two planes at a time: `below` are settled, `equal` still open,
/// against the six-bit number `m` (1 to 64), most significant bits first.
struct LaneScreen {
    Items below = 0, equal;

    explicit LaneScreen(Items candidates) : equal(candidates) {}
    void take(const PlanePair& planes, unsigned m, unsigned draw) {
        take(planes.high, m >> (5 - 2 * draw) & 1u);
        take(planes.low, m >> (4 - 2 * draw) & 1u);
    }
    void take(Items plane, unsigned bit) {
        const Items set = Items{0} - Items{bit};
        below |= equal & set & ~plane;
        equal &= ~(set ^ plane);
    }
    bool open() const { return (below | equal) != 0; }
};

/// The six bits of an item's lane.
inline std::uint64_t lane_top(const std::array<Words, plane_draws>& planes, unsigned item) {
    std::uint64_t top = 0;
    for (const Words& w : planes) {
        const PlanePair pair(w);
        top = top << 2 | (pair.high >> item & 1u) << 1 | (pair.low >> item & 1u);
    }
    return top;
}

/// The luck of one item, 38 bits.
inline std::uint64_t lane_uniform38(const std::array<Words, plane_draws>& planes, const Luck& luck, std::uint32_t agent, unsigned item) {
    return lane_top(planes, item) << 32 | luck.words(agent, 16 + item / 4)[item % 4];
}

/// Lanes among `candidates` whose luck may be below `highest`; all others cannot succeed.
inline Items screened(Items candidates, std::uint64_t highest, const std::array<Words, plane_draws>& planes) {
    if (candidates == 0 || highest == 0) return 0;
    const auto m = static_cast<unsigned>((highest - 1) >> 32) + 1;
    if (m >= 64) return candidates;
    if (m == 1) {  // only lanes whose six bits are all zero
        Items any = 0;
        for (const Words& w : planes) any |= Items{w[0] | w[2]} | Items{w[1] | w[3]} << 32;
        return candidates & ~any;
    }
    LaneScreen screen(candidates);
    for (unsigned draw = 0; draw < plane_draws; ++draw) screen.take(PlanePair(planes[draw]), m, draw);
    return screen.below;
}

/// Each candidate item succeeds by itself where its luck u (38 bits) passes
/// `succeeds(item, u)`, which must be false for every u at or above `highest`.
template <class Succeeds>
inline Items draw_items(const std::array<Words, plane_draws>& planes, const Luck& luck, std::uint32_t agent, Items candidates, std::uint64_t highest,
                        Succeeds&& succeeds) {
    Items drawn = 0;
    if (highest == 0) return drawn;
    each_item(screened(candidates, highest, planes), [&](unsigned item) {
        const std::uint64_t u = lane_uniform38(planes, luck, agent, item);
        if (u < highest && succeeds(item, u)) drawn |= one_item(item);
    });
    return drawn;
}

/// The same, drawing planes here, and only as many as leave a lane open: for what happens rarely.
template <class Succeeds>
inline Items draw_items(const Luck& luck, std::uint32_t agent, Items candidates, std::uint64_t highest, Succeeds&& succeeds) {
    if (candidates == 0 || highest == 0) return 0;
    const auto m = static_cast<unsigned>((highest - 1) >> 32) + 1;
    std::array<Words, plane_draws> planes{};
    LaneScreen screen(candidates);
    for (unsigned draw = 0; draw < plane_draws; ++draw) {
        planes[draw] = luck.words(agent, draw);
        if (m < 64) screen.take(PlanePair(planes[draw]), m, draw);
        if (!screen.open()) return 0;
    }
    return draw_items(planes, luck, agent, m < 64 ? screen.below : candidates, highest, succeeds);
}

/// Each candidate succeeds with the same probability.
inline Items draw_items_evenly(const Luck& luck, std::uint32_t agent, Items candidates, double p) {
    const std::uint64_t threshold = threshold38(p);
    return draw_items(luck, agent, candidates, threshold, [&](unsigned, std::uint64_t u) { return u < threshold; });
}

}  // namespace hubs
