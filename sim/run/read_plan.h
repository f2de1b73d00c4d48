#pragma once
#include <map>

#include "sim/run/document.h"
#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {

/// Waves that a scenario names once for several plans. A wave "as_listed" stands for as many as the list has months.
using NamedWaves = std::map<std::string, std::vector<Wave>>;
NamedWaves read_named_waves(ObjectReader& scenario, const Study& study, Problems& problems);

/// Reads one plan; the waves' areas must be those of the study's population. A plan may be like an earlier one and say
/// what differs.
Plan read_plan(const Node& node, const std::string& path, const Study& study, const NamedWaves& waves,
               const Document& document, Problems& problems);

}  // namespace hubs
