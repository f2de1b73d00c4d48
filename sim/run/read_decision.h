#pragma once
#include "sim/run/reader.h"
#include "sim/scenario.h"

namespace hubs {

/// Reads what the scenario's plans are compared by, and how one is chosen; as it stands where nothing is said.
void read_decision(ObjectReader& scenario, DecisionSettings& decision);

}  // namespace hubs
