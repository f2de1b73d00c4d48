#pragma once
#include <string>
#include <utility>
#include <vector>

#include "analysis/base/table.h"
#include "sim/run/study.h"

namespace hubs {

/// The Department's open-data pair: yearly attainment by plan, region and type; file names and texts. A complete
/// matrix: z where a figure does not apply, such as a type within a region.
std::vector<std::pair<std::string, std::string>> open_data(const Study& study, const std::vector<Table>& tables);

}  // namespace hubs
