#pragma once
#include <functional>
#include <vector>

#include "sim/simulate.h"

namespace hubs {

/// Months from the start in which two plans ask for the same: none if a lever differs, else up to the first wave or
/// absence that only one of them has.
///
///     waves in months 0 and 12, and in months 0 and 24, levers alike: 12
std::uint16_t months_alike(const Plan& a, const Plan& b, std::uint16_t months);

/// One start under several plans with the same luck, to the same bytes as `simulate` for each: months in which plans
/// are alike are simulated once, and the world parted where they first differ. `watch`: prepared, or null where nobody
/// watches. `take(k, world, seen)` is given the end of the k-th of `plans`, which are places in the scenario's plans.
void simulate_plans(const World& start, const Scenario& scenario, const std::vector<std::size_t>& plans,
                    Replicate replicate, const Watch* watch,
                    const std::function<void(std::size_t, const World&, Observations&&)>& take);

}  // namespace hubs
