#pragma once
#include <cstdint>
#include <functional>
#include <optional>

namespace hubs {

/// Whether this program was built with MPI.
bool has_farm();

/// Runs `work` on every rank; the first rank hands out the numbers of shards as they are asked for. True if every
/// rank's work returned true. Without MPI it must not be called.
bool farm(std::uint32_t shards, const std::function<bool(const std::function<std::optional<std::uint32_t>()>& next, unsigned rank)>& work);

}  // namespace hubs
