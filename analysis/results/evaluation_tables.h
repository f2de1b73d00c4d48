#pragma once
#include <vector>

#include "analysis/base/table.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// What an evaluation of the leading plan would find a year after its first hubs, beside what is true
/// ("evaluation"), and how often it would be sure, by size of sample ("power"). Empty of rows where the
/// plan cannot be evaluated so.
std::vector<Table> evaluation_tables(const Study& study, const Ensemble& ensemble);

}  // namespace hubs
