#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/base/exit_codes.h"
#include "analysis/base/words.h"

namespace hubs {

struct RunCommand {
    std::string scenario, output, population, posterior;
    int replicates = 0, threads = 0, months = 0;
    long long seed = -1;
    std::string device = "auto";  ///< auto, cpu or card
    bool dry_run = false, force = false;
    double max_memory_gib = 0;
    std::string line;  ///< the command as typed, for the report
};

struct ImportCommand {
    std::string file, hubs, links, output, account;
    bool from_register = true, dry_run = false, force = false;
};

struct EvaluateCommand {
    std::string source, plan, assignment = "as_planned", output;
    unsigned months = 11;
    double hub_answers = 0.82, other_answers = 0.38;
    int replicates = 0, threads = 0;
    bool force = false;
};

struct CalibrateCommand {
    std::string scenario, targets, file, output, shard;
    int threads = 0, self_test = 0;
    bool second_opinion = false, dry_run = false;
};

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
int run(const RunCommand& c);
int calibrate(const CalibrateCommand& c);
int evaluate(const EvaluateCommand& c);
int check(const std::vector<std::string>& files, const std::string& population, bool json);
int make_new(const std::string& name, const std::string& from, bool dry_run);
int import_population(const ImportCommand& c);
int report(const std::vector<std::string>& results, const std::string& output, bool dry_run, bool force);
int qa_pack(const std::string& results, const std::string& output, bool dry_run, bool force);
int verify(const std::string& results, int threads, bool quick);
int replay(const std::string& scenario, const std::string& population, const std::string& plan, long long replicate,
           long long school, const std::string& until);
/// Writes the workshop page, with a population of the user's own if one is given.
int workshop(const std::string& output, const std::string& preset, bool dry_run, bool force);
int print_schedule(bool json);
int print_schema();
int print_devices();

}  // namespace hubs
