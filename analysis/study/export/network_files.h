#pragma once
#include "analysis/study/export/agents.h"

namespace hubs {

/// Who knows whom, which hubs there are, and who works with which employer, as edge lists; ties as GraphML too.
/// Establishments are named by their addresses, employers by their number in the population, hubs by their number in
/// the run.
struct NetworkFile {
    const char *name, *heading;
    void (*add)(std::string& csv, const RowOf& of, const World& world);
};
const std::vector<NetworkFile>& network_files();

/// The ties of a world as a directed graph, from the establishment that is learnt from to the one that learns; nodes
/// carry type, status, hub, benchmarks and place, edges their strength (0 to 1) and why they are possible.
std::string graphml(const World& world);

}  // namespace hubs
