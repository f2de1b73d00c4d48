#pragma once
#include <vector>

#include "sim/run/ensemble.h"

namespace hubs {

/// Fewest establishments of a group whose figures are published: below that a figure would speak of single schools.
inline constexpr unsigned fewest_establishments = 5;

/// Whether a tally of the ensemble's layout is of too few establishments, under any plan in any replicate. Empty
/// groups are not among them: they have no figure.
std::vector<bool> too_few(const Ensemble& ensemble);

}  // namespace hubs
