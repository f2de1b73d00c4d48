#pragma once
#include <string>
#include <vector>

#include "analysis/study/sweep/sweep_plan.h"

namespace hubs {

struct SlurmOptions {
    std::string program;             ///< path of hubsim as the nodes see it
    std::string time = "01:00:00";   ///< limit of one task
    std::string partition, account;  ///< left to the cluster's default if empty
    unsigned throttle = 0;           ///< tasks of an array at once; 0: no limit
    unsigned max_array = 1000;       ///< tasks of one array; the usual limit of a cluster is 1001
    unsigned cpus = 1;
    std::string memory = "2G";
};

/// Writes DIR/slurm/*.sh for some shards: arrays, a job that proves and gathers, and submit.sh that submits both.
/// Returns what to type.
std::string write_slurm(const SweepPlan& plan, const std::vector<std::uint32_t>& shards, const SlurmOptions& options);

}  // namespace hubs
