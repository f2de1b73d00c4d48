#pragma once
#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {

/// Reads one plan of a scenario whose calendar and population have been read.
Plan read_plan(const Node& node, const std::string& path, const Study& study, const Document& document, Problems& problems);

}  // namespace hubs
