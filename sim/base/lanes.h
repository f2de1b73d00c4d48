#pragma once
#include "sim/base/random.h"

namespace hubs {

/// Four bits of luck for each of 64 item lanes, most significant plane first.
struct LanePlanes {
    std::array<Items, 4> plane;
};

/// Planes from two blocks of words (draws 0 and 1 of the stream).
inline LanePlanes lane_planes(const Words& a, const Words& b) {
    const auto join = [](std::uint32_t low, std::uint32_t high) { return Items{low} | Items{high} << 32; };
    return {{join(a[0], a[1]), join(a[2], a[3]), join(b[0], b[1]), join(b[2], b[3])}};
}

/// Lanes whose four bits, read as a number 0 to 15, are below `m` (0 to 16).
inline Items lanes_below(const LanePlanes& luck, unsigned m) {
    if (m >= 16) return ~Items{0};
    Items below = 0, equal = ~Items{0};
    for (unsigned p = 0; p < 4; ++p) {
        const Items bit = Items{0} - Items{m >> (3 - p) & 1u};  // all ones where the bit of m is set
        below |= equal & bit & ~luck.plane[p];
        equal &= ~(bit ^ luck.plane[p]);
    }
    return below;
}

/// The luck of one item: 36 bits, the lane's four above a word addressed by the item.
inline std::uint64_t lane_uniform36(const LanePlanes& luck, const Luck& address, std::uint32_t agent, unsigned item) {
    std::uint64_t top = 0;
    for (unsigned p = 0; p < 4; ++p) top = top << 1 | (luck.plane[p] >> item & 1u);
    return top << 32 | address.words(agent, 16 + item / 4)[item % 4];
}

/// Each candidate item succeeds by itself with its own probability. `highest` bounds
/// every `threshold(item)`, both from threshold36. Only lanes that could succeed are looked at.
template <class Threshold>
inline Items draw_items(const LanePlanes& luck, const Luck& address, std::uint32_t agent, Items candidates,
                        std::uint64_t highest, Threshold&& threshold) {
    Items drawn = 0;
    if (highest == 0) return drawn;
    const unsigned m = static_cast<unsigned>((highest - 1) >> 32) + 1;
    each_item(candidates & lanes_below(luck, m), [&](unsigned item) {
        if (lane_uniform36(luck, address, agent, item) < threshold(item)) drawn |= one_item(item);
    });
    return drawn;
}

/// The same, drawing the planes here: for what happens rarely.
template <class Threshold>
inline Items draw_items(const Luck& address, std::uint32_t agent, Items candidates, std::uint64_t highest,
                        Threshold&& threshold) {
    if (candidates == 0 || highest == 0) return 0;
    const LanePlanes luck = lane_planes(address.words(agent, 0), address.words(agent, 1));
    return draw_items(luck, address, agent, candidates, highest, threshold);
}

}  // namespace hubs
