#pragma once
#include <functional>

#include "sim/entity/observation.h"
#include "sim/scenario.h"

namespace hubs {

/// The start that all plans of a scenario share.
Start start_of(const Scenario& scenario, const Population& population, const Framework& framework);

/// How many may be admitted to hubs in a run under the world's plan: each once, and again after leaving.
std::size_t most_admissions(const World& world);

/// Gives a copied world the room its months need, so that no step allocates.
void reserve_room(World& world);

/// One replicate under one plan: the world is taken by value, so a start can serve many.
/// `watch` is prepared by the caller; `until` ends early (0 = the scenario's months).
/// `after_month` is shown the world at the start and after every month. Returns the world as it stands at the end.
World simulate(World world, const Scenario& scenario, const Plan& plan, Replicate replicate, Watch* watch, Journal* journal = nullptr, std::uint16_t until = 0,
               const std::function<void(const World&)>& after_month = {});

/// A hash of every state variable of a world.
Fingerprint fingerprint(World& world);

}  // namespace hubs
