#pragma once
#include <string>
#include <utility>
#include <vector>

#include "analysis/results/results.h"

namespace hubs {

/// The Department's open-data pair: yearly attainment by plan, region and type; file names and texts. A complete
/// matrix: z where a figure does not apply, such as a type within a region.
std::vector<std::pair<std::string, std::string>> open_data(const Results& results,
                                                           const std::vector<std::string>& plans);

}  // namespace hubs
