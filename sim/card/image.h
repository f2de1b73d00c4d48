#pragma once
#include <vector>

#include "sim/card/arena.h"
#include "sim/card/machine.h"
#include "sim/entity/observation.h"
#include "sim/scenario.h"

namespace hubs::card {

/// What all worlds of a batch read: the population, the framework, the groups. In a machine's
/// memory as long as this lives.
class Given {
public:
    Given(Machine& machine, const Population& population, const Framework& framework, const Groups& groups);

    const Population* population = nullptr;  ///< addresses there
    const Framework* framework = nullptr;
    const Groups* groups = nullptr;
    const NormalSteps* normal_steps = nullptr;

private:
    Piece memory_;
};

/// One run: a start under a plan, watched or not.
struct Job {
    const World* start;
    const Scenario* scenario;  ///< the replicate's own: its calendar, parameters and switches
    std::size_t plan;          ///< of the scenario's plans
    Replicate replicate;
    const Groups* groups = nullptr;  ///< not watched without
    unsigned every = 12;             ///< months between full tallies
};
/// What a run leaves.
struct Left {
    Observations seen;
    World world;
};

/// Bytes of a job's world in a machine's memory. All jobs of a batch have the same size.
std::size_t size_of(const Job& job);
/// Writes the world at its start, as it will stand at `there`.
void pack(const Job& job, const Given& given, char* here, std::uint64_t there);
/// Reads what a world left from its bytes; the final fingerprint is worked out here.
Left unpack(const Job& job, const char* here);

}  // namespace hubs::card
