#pragma once
#include "analysis/base/table.h"
#include "sim/run/study.h"

namespace hubs {

/// Areas with the middle of their establishments, for maps: nothing of single establishments.
Table areas_table(const Population& population);

}  // namespace hubs
