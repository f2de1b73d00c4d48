#pragma once
#include "analysis/results/page.h"

namespace hubs {

/// What a report says first, for other programs: the headline, the decision with its reasons, how far the run is
/// calibrated. Format "hubsim report 1"; numbers are those of data/decision.csv.
std::string report_json(const Page& page);

}  // namespace hubs
