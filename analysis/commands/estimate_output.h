#pragma once
#include <nlohmann/json_fwd.hpp>

#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/read_sample.h"

namespace hubs {

/// What `hubsim estimate` prints.
std::string estimate_text(const Battery& battery, const ReadSample& read);
/// The same with full precision.
nlohmann::ordered_json estimate_json(const Battery& battery, const ReadSample& read);
/// CSV: one row for each pair of every matching estimator: estimator, both rows, weight.
std::string pairs_csv(const Battery& battery, const ReadSample& read);
/// CSV: one row for each row used: arm, propensity score, and its weight with every estimator that has weights.
std::string weights_csv(const Battery& battery, const ReadSample& read);

}  // namespace hubs
