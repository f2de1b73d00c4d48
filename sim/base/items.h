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

}  // namespace hubs
