#pragma once
#include <string>
#include <vector>

#include "analysis/base/table.h"
#include "analysis/study/sweep/sweep_plan.h"

namespace hubs {

/// The study to run after a screening: Sobol' indices of the settings that stood above the floor of luck, the
/// strongest first, sixteen at most. Empty for other designs, or if nothing stood out.
std::string next_study(const SweepPlan& plan, const std::vector<Table>& tables);

}  // namespace hubs
