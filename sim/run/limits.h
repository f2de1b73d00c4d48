#pragma once
#include <cstdint>

namespace hubs {

/// A whole number's range, the same for a scenario, the command line and a manifest.
struct WholeRange {
    std::int64_t low, high;
    bool holds(std::int64_t value) const { return value >= low && value <= high; }
};
inline constexpr WholeRange months_range{1, 400}, replicates_range{1, 100'000};
inline constexpr WholeRange seed_range{0, std::int64_t{1} << 53};  ///< what JSON keeps exactly

}  // namespace hubs
