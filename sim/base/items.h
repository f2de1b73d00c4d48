#pragma once
#include <array>
#include <bit>
#include <cstdint>

namespace hubs {

/// A set of sub-benchmark items, one bit each. A framework has at most 64 items.
using Items = std::uint64_t;

inline constexpr unsigned benchmark_count = 8;

/// A set of the eight benchmarks, one bit each.
using Benchmarks = std::uint8_t;

inline constexpr Items one_item(unsigned item) { return Items{1} << item; }

/// Calls `f(item)` for each item in the set, lowest first.
template <class F>
inline void each_item(Items set, F&& f) {
    for (; set != 0; set &= set - 1) f(static_cast<unsigned>(std::countr_zero(set)));
}

/// How many contacts hold each item, for all items at once: five bit planes, counts 0 to 31.
class ItemCounts {
public:
    /// One more contact holds `set`; counts stop at 31.
    void add(Items set) {
        const Items full = planes_[0] & planes_[1] & planes_[2] & planes_[3] & planes_[4];
        Items carry = set & ~full;
        for (Items& plane : planes_) {
            const Items next = plane & carry;
            plane ^= carry;
            carry = next;
        }
    }
    unsigned of(unsigned item) const {
        unsigned count = 0;
        for (unsigned p = 0; p < planes_.size(); ++p) count |= static_cast<unsigned>(planes_[p] >> item & 1u) << p;
        return count;
    }

private:
    std::array<Items, 5> planes_{};
};

}  // namespace hubs
