#include <memory>

#include "analysis/commands/command.h"
#include "analysis/commands/device.h"
#include "analysis/commands/sweep.h"

namespace hubs {
namespace {

const char *const of_study = "study file, or a folder that was planned", *const of_folder = "a folder that was planned";

/// A part of `hubsim sweep`: what it works on, then options of its own.
Command part(const char* name, const char* what, int (*does)(const SweepCommand&), const char* source,
             const std::function<std::vector<Option>(SweepCommand&)>& own) {
    const auto c = std::make_shared<SweepCommand>();
    std::vector<Option> options{{"source", &c->source, source}};
    for (Option& o : own(*c)) options.push_back(std::move(o));
    return {name, what, options, [c, does](const std::string&) { return does(*c); }};
}

std::vector<Option> nothing(SweepCommand&) { return {}; }
std::vector<Option> as_json(SweepCommand& c) { return {{"--json", &c.json}}; }

std::vector<Option> planning(SweepCommand& c) {
    return {{"-o,--output", &c.output, "folder (default out/NAME)"},
            {"--shards", &c.shards, "default: the study's, or from a timed pilot", WholeRange{1, 100000}},
            {"--replicates", &c.replicates, "of every row", replicates_range},
            {.names = "--until",
             .to = &c.until_mcse,
             .what = "stop when the first output's standard error is small enough, as mcse=0.01",
             .allowed = NumberRange{1e-12, 1e12},
             .without = "mcse="}};
}

std::vector<Option> running(SweepCommand& c) {
    std::vector<Option> out = planning(c);
    for (Option& o : std::vector<Option>{
             {"--shard", &c.shard,
              "a part of the work, as 3/64 (default: as the scheduler's task number says, or all)"},
             {"--all", &c.all, "all shards, whatever the environment says"},
             {"--mpi", &c.mpi, "shards are handed out to the ranks of mpirun"},
             {"--threads", &c.threads, "", threads_range},
             device_option(c.device),
             {"--checkpoint-seconds", &c.checkpoint_seconds, "how much of a shard may be lost", NumberRange{0, 86400}}})
        out.push_back(std::move(o));
    return out;
}

std::vector<Option> for_slurm(SweepCommand& c) {
    return {{"--missing", &c.only_missing, "only shards that are not whole"},
            {"--throttle", &c.throttle, "tasks at once"},
            {"--max-array", &c.max_array, "tasks of one array; clusters often allow 1001", WholeRange{1, 1000000}},
            {"--time", &c.time, "limit of a task, as 01:00:00"},
            {"--partition", &c.partition},
            {"--account", &c.account},
            {"--cpus", &c.cpus, "threads of a task", threads_range},
            {"--memory", &c.memory, "of a task, as 2G"},
            {"--program", &c.program, "path of hubsim as the nodes see it (default: this one)"}};
}

}  // namespace

/// Plan, run anywhere, prove, merge.
Command sweep_command() {
    return {
        "sweep",
        "Sensitivity sweeps: planned once, run in shards anywhere, resumed after any kill, merged to the same bytes",
        {},
        {},
        {part("plan", "Check a study and lay it down in a folder", sweep_plan, of_study, planning),
         part("run", "Run what is missing; stopped by a signal, it keeps what is finished and exits with 75", sweep_run,
              of_study, running),
         part("status", "What is done, and how many runs failed", sweep_status, of_folder, as_json),
         part("verify", "Prove every shard whole", sweep_verify, of_folder, nothing),
         part("missing", "Shards that are not there or not whole, as 3,17,40-44", sweep_missing, of_folder, as_json),
         part("merge", "Gather whole shards: tables, indices, database, page", sweep_merge, of_folder,
              [](SweepCommand& c) -> std::vector<Option> {
                  return {{"--partial", &c.partial, "what is there, marked PARTIAL, without indices"}};
              }),
         part("replay", "One run again, with its settings", sweep_replay, of_folder,
              [](SweepCommand& c) -> std::vector<Option> {
                  return {needed({"--run", &c.run, "", WholeRange{0, std::int64_t{1} << 53}})};
              }),
         part("slurm", "Write array scripts for Slurm", sweep_slurm, of_folder, for_slurm)}};
}

}  // namespace hubs
