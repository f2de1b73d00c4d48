#pragma once
#include <string>

#include "analysis/workshop/engine/runs.h"

namespace hubs {

/// JSON for the page: the establishments of a study's population, its ties, benchmarks and items.
std::string study_json(const Study& study);

/// JSON for the page: every setting of a plan and of the processes, with unit, limits, plausible range,
/// default, source and strength of evidence; and the names of outcomes, changes and causes.
std::string settings_json();

/// JSON for the page: what a trace holds beside its bytes.
std::string trace_json(const Trace& trace);

}  // namespace hubs
