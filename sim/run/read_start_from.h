#pragma once
#include <string>

#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {

/// Reads what a run starts from, if the scenario says so, and lays it out in `study`; its population, framework, draws
/// and calendar are read before. What is wrong in the history's own file is told in `report`.
/// A late start without a history is a problem: it would begin with the published shares of another year.
///
///     "start_from": {"run": "history-2018-2025.json", "plan": "as it was"}
///
/// `run`: a scenario file, or the results folder of one. `carry`: where in their ranges the shares lie by which a
/// stricter framework carries on what was met: "low", "middle" (default) or "high".
void read_start_from(ObjectReader& r, const Overrides& overrides, Study& study, std::string& report);

}  // namespace hubs
