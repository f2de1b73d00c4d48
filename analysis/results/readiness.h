#pragma once
#include "analysis/base/table.h"

namespace hubs {

/// Pupils reached at the end of the run, and what the Future Skills questionnaire would
/// say of as many: activities 61, 52 and 51 %; more aware 76, more motivated 75, clearer
/// 66 % (seed 001 lines 540 to 555; S137; n = 396 in 14 schools, no comparison group).
/// The shares are applied to pupils of establishments that truly achieve benchmark 6.
/// Evidence: one padlock of five. It is an observation, not an effect.
Table readiness_table(const Table& attainment, const std::vector<std::string>& plans);

}  // namespace hubs
