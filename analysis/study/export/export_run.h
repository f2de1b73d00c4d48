#pragma once
#include <set>

#include "analysis/study/export/network_files.h"
#include "sim/run/study.h"

namespace hubs {

/// What is wanted of each run, and at the end of which of its months (0: the start).
struct ExportWish {
    bool agents = false, network = false, series = false, events = false;
    std::set<unsigned> months;
};

/// What one run adds to the files, as CSV rows; graphs by month, as GraphML.
struct ExportedRun {
    std::string agents, series, events;
    std::vector<std::string> network;  ///< by file of network_files()
    std::vector<std::pair<std::string, std::string>> graphs;
};

std::string series_heading();
std::string events_heading();

/// Simulates one replicate under one plan again, from `start`, the start that all plans of the replicate share, with
/// `own`, the replicate's own parameters; the first replicate leaves graphs.
ExportedRun export_run(const Study& study, const Scenario& own, const World& start, std::uint32_t replicate,
                       std::size_t plan, const ExportWish& wish);

}  // namespace hubs
