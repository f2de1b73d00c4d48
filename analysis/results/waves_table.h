#pragma once
#include <string>
#include <vector>

#include "analysis/base/table.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// How many each wave of each plan asked for, and how many were placed over the replicates. `seen[plan][replicate]`.
Table waves_table(const Study& study, const std::vector<std::vector<Observations>>& seen);

/// Each wave that did not place as many as it asked for, in a sentence.
std::vector<std::string> shortfalls(const Table& waves);

/// The same table from the first replicate alone, run no further than the last wave. Plans beyond the first fifty
/// are left out: they would take more than a few seconds.
Table waves_tried(const Study& study);

}  // namespace hubs
