#pragma once
#include "analysis/statistics/estimator/read_panel.h"

namespace hubs {

/// Whether a file is a page that an estimate command wrote, by its beginning.
bool is_estimate_page(const std::string& beginning);

/// The event study as a page: effects by time since joining, before and after, with the band for all at once.
std::string waves_page(const WaveEstimates& waves, const ReadPanel& read, const std::string& file);

}  // namespace hubs
