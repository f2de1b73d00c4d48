#pragma once
#include "sim/run/ensemble.h"

namespace hubs {

/// Each uncertain parameter at either end of its range, for the reference, the leading plan and its rival; and
/// for the five with the largest swings of the lead, the value at which it passes to the rival.
WhatIfs what_ifs(const Study& study, std::size_t leader, std::size_t rival, const Doing& doing);

}  // namespace hubs
