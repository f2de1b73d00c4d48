#pragma once
#include <array>

#include "sim/entity/framework.h"
#include "sim/entity/population.h"
#include "sim/initial_state.h"

namespace hubs {

/// What is added to the thresholds of each benchmark's items (probit scale) so that the share *reporting*
/// the benchmark at the start is the published one, whatever the readings of the questions (ODD 5).
/// 0 where the framework gives no published share. Let A(x) be the chance that all items are met, K(x) that all are
/// met or known but for one at most, at a latent level x; then
///
///     reported(x) = (1 - claimed - withheld) A(x) + claimed K(x)
///     published   = sum over network and others of share * E[reported(level of school and benchmark - level_b)]
std::array<double, benchmark_count> start_levels(const Framework& framework, const Population& population,
                                                 const InitialState::Parameters& initial,
                                                 const CompleteCompass::Parameters& compass);

}  // namespace hubs
