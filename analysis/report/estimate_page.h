#pragma once
#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/read_sample.h"

namespace hubs {

/// What an evaluator looks at first, as a page: answers, balance before and after (love plot), overlap of scores.
std::string estimate_page(const Battery& battery, const ReadSample& read, const std::string& file);

}  // namespace hubs
