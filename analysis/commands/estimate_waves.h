#pragma once
#include <string>

#include "analysis/statistics/estimator/read_panel.h"

namespace hubs {

struct EstimateWavesCommand {
    std::string file;
    PanelColumns columns;
    std::string covariates, missing;  ///< lists with commas
    WaveOptions options;
    std::string report;  ///< page to write; empty: none
    bool json = false, force = false;
};

int estimate_waves(const EstimateWavesCommand& c);

}  // namespace hubs
