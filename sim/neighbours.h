#pragma once
#include <vector>

#include "sim/entity/population.h"

namespace hubs {

/// Adds a possible tie from each of `among` to its `most` nearest others in `among`
/// (metres; equal distances by address).
void add_nearest(const Establishments& who, const std::vector<std::uint32_t>& among, unsigned most, Layer layer, std::vector<PossibleTie>& ties);

}  // namespace hubs
