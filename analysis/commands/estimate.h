#pragma once
#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/read_sample.h"

namespace hubs {

struct EstimateCommand {
    std::string file, estimand = "att";
    SampleColumns columns;
    std::string covariates, exact, missing, calipers;  ///< lists with commas; calipers as "fsm=5,pupils=200"
    BatteryOptions options;
    std::string pairs, weights_out, report;  ///< files to write; empty: none
    bool json = false, force = false;
};

int estimate(const EstimateCommand& c);

}  // namespace hubs
