#pragma once
#include <cstdint>
#include <functional>
#include <optional>

namespace hubs {

/// Whether this program was built with MPI.
bool has_farm();

/// Runs `work` on every rank; the first rank hands out the shards that `first` names (asked from two threads). True
/// if every rank's work returned true. What a rank throws is thrown when all are done. Needs MPI.
bool farm(const std::function<std::optional<std::uint32_t>()>& first,
          const std::function<bool(const std::function<std::optional<std::uint32_t>()>& next, unsigned rank)>& work);

}  // namespace hubs
