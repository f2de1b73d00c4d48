#pragma once
#include <string>

#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {

/// Reads what the scenario says of its population, and lays the population out in `study`. What is wrong with
/// the scenario goes to `problems`; what is wrong with a population file is told in `report` and counted there.
void load_population(ObjectReader& r, const Overrides& overrides, const std::string& file, Study& study, Problems& problems, std::string& report);

}  // namespace hubs
