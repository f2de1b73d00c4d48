#pragma once
#include "sim/run/ensemble.h"
#include "sim/run/study.h"

namespace hubs {

/// Mean benchmarks truly achieved, of a world.
double mean_benchmarks(const World& world);

/// The plans that a change of assumptions is tried on: the two highest by the end, and the reference.
WhatIfs what_ifs(const Study& study, std::size_t leader, std::size_t rival, const RunOptions& options);

}  // namespace hubs
