#pragma once
#include "sim/run/ensemble.h"

namespace hubs {

/// Each uncertain parameter at either end of its range, for the reference, the leading alternative and its rival; and
/// for the five with the largest swings of the gain, the value at which the choice passes from one to the other.
WhatIfs what_ifs(const Study& study, std::size_t leader, std::size_t rival, bool reference_leads, const Doing& doing);

}  // namespace hubs
