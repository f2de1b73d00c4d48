#pragma once
#include <string>
#include <vector>

#include "sim/entity/world.h"

namespace hubs {

/// One column of an establishment's row: its name in files, its unit, what it is, and how it is read off a world.
struct AgentColumn {
    const char *name, *unit, *meaning;
    std::string (*of)(const World&, EstablishmentId);
};

/// Everything a world knows of an establishment and its Careers Leader, in the order of the file.
const std::vector<AgentColumn>& agent_columns();

/// Which run and month a row belongs to, as CSV cells: "plan,replicate,date".
struct RowOf {
    std::string plan, replicate, date;
    std::string cells() const { return plan + "," + replicate + "," + date; }
};

std::string agents_heading();
/// A row for every establishment of the world, in the population's order.
void add_agents(std::string& csv, const RowOf& of, const World& world);

}  // namespace hubs
