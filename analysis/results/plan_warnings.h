#pragma once
#include <string>
#include <vector>

#include "sim/run/study.h"

namespace hubs {

/// Levers that do nothing beside others, and waves that find no hub to join, merge or close: each in a sentence
/// without its full stop, with what will happen. Such plans are valid; `check` says it before anything is run.
std::vector<std::string> plan_warnings(const Study& study);

}  // namespace hubs
