#pragma once
#include "analysis/study/sweep/sweep.h"
#include "sim/run/reader.h"

/// Parts of reading a study file.
namespace hubs {

/// What is watched; the scenario has been read.
void read_outputs(ObjectReader& r, Sweep& sweep);

/// What is varied; the design has been read. A table of points is sought in `folder` unless `table_file` is given.
void read_factors(ObjectReader& r, Sweep& sweep, const std::string& folder, const std::string& table_file);

}  // namespace hubs
