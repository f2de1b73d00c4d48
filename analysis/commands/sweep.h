#pragma once
#include <string>

namespace hubs {

/// What the parts of `hubsim sweep` are told.
struct SweepCommand {
    std::string source, output, shard;  ///< a study or a planned folder; where it is planned; "3/64"
    int threads = 0, shards = 0, replicates = 0;
    double until_mcse = 0, checkpoint_seconds = 30;
    bool force = false, mpi = false, all = false, partial = false, json = false, only_missing = false;
    long long run = -1;
    unsigned throttle = 0, max_array = 1000, cpus = 1;
    std::string time = "01:00:00", partition, account, memory = "2G", program, device = "auto";
};

int sweep_plan(const SweepCommand& c);
int sweep_run(const SweepCommand& c);
int sweep_status(const SweepCommand& c);
int sweep_verify(const SweepCommand& c);
int sweep_missing(const SweepCommand& c);
int sweep_merge(const SweepCommand& c);
int sweep_slurm(const SweepCommand& c);
int sweep_replay(const SweepCommand& c);

}  // namespace hubs
