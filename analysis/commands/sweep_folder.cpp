#include <cstdio>
#include <filesystem>

#include "analysis/base/exit_codes.h"
#include "analysis/base/words.h"
#include "analysis/commands/sweep.h"
#include "analysis/base/files.h"
#include "analysis/study/sweep/slurm.h"
#include "analysis/report/sweep/merge.h"

namespace hubs {

int sweep_status(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    const auto there = plan.store.present();
    std::size_t shards = 0, runs = 0;
    for (std::uint32_t s = 0; s < there.size(); ++s)
        if (there[s]) {
            ++shards;
            runs += plan.store.runs(s);
        }
    const std::size_t failed = plan.store.failed();
    if (c.json)
        std::printf(
            "{\"name\": \"%s\", \"study\": \"%s\", \"shards\": %zu, \"shards_done\": %zu, \"runs\": %zu, \"runs_done\": %zu, "
            "\"runs_failed\": %zu}\n",
            plan.sweep.name.c_str(), plan.study_id.c_str(), there.size(), shards, plan.runs(), runs, failed);
    else
        std::printf(
            "%s\n  done    %zu of %zu shards, %zu of %zu runs (not proved; hubsim sweep verify does)\n  failed  %zu\n",
            described(plan).c_str(), shards, there.size(), runs, plan.runs(), failed);
    return done;
}

int sweep_verify(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    const Inventory there = take_inventory(plan);
    for (const std::string& d : there.damaged) std::printf("%s\n", d.c_str());
    for (const std::string& f : there.failures) std::printf("  %s\n", f.c_str());
    if (there.failed > there.failures.size()) std::printf("  and %zu more\n", there.failed - there.failures.size());
    if (!there.missing.empty()) {
        std::printf("%zu of %u shards are missing or not whole: %s\n", there.missing.size(), plan.store.shards(),
                    ranges_of(there.missing).c_str());
        return incomplete;
    }
    check_program(plan);
    check_samples(plan, there.rows);
    std::printf("whole: %zu rows x %u replicates of %s, study %s; %zu runs failed\n", there.rows, plan.sweep.replicates,
                plan.sweep.name.c_str(), plan.study_id.c_str(), there.failed);
    return static_cast<double>(there.failed) >
                   plan.sweep.allowed_failures * static_cast<double>(there.rows * plan.sweep.replicates)
               ? incomplete
               : done;
}

int sweep_missing(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    const Inventory there = take_inventory(plan);
    if (c.json) {
        std::string list;
        for (const std::uint32_t s : there.missing) list += (list.empty() ? "" : ", ") + std::to_string(s);
        std::printf("[%s]\n", list.c_str());
    } else if (!there.missing.empty()) std::printf("%s\n", ranges_of(there.missing).c_str());
    return there.missing.empty() ? done : incomplete;
}

int sweep_merge(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    std::string fingerprint;
    try {
        fingerprint = merge(plan, c.partial);
    } catch (const StorageError& e) {
        throw SweepError(limit, std::string(e.what()) +
                                    "\nThe shards are kept; when there is room again, the same command merges them.");
    }
    const std::string out = merged_folder(plan, c.partial);
    if (c.partial) std::printf("PARTIAL: %s holds the runs that are there, without indices\n", out.c_str());
    else
        std::printf("  report       %s/report.html\n  tables       %s/data, %s/sweep.sqlite\n", out.c_str(),
                    out.c_str(), out.c_str());
    std::printf("  fingerprint  %s\n", fingerprint.c_str());
    return done;
}

int sweep_slurm(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    std::vector<std::uint32_t> shards;
    if (c.only_missing) shards = take_inventory(plan).missing;
    else
        for (std::uint32_t s = 0; s < plan.store.shards(); ++s) shards.push_back(s);
    if (shards.empty()) {
        std::printf("No shard is missing; hubsim sweep merge %s gathers them\n", plan.folder.c_str());
        return done;
    }
    SweepPlan absolute = plan;
    absolute.folder = std::filesystem::absolute(plan.folder).lexically_normal().string();
    SlurmOptions o{c.program, c.time, c.partition, c.account, c.throttle, c.max_array, c.cpus, c.memory};
    if (o.program.empty()) o.program = std::filesystem::read_symlink("/proc/self/exe").string();
    std::printf("%zu shards: %s\nTo submit them, and to prove and gather what they make:\n  %s\n", shards.size(),
                ranges_of(shards).c_str(), write_slurm(absolute, shards, o).c_str());
    return done;
}

int sweep_replay(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    if (static_cast<std::size_t>(c.run) >= plan.runs())
        throw SweepError(
            usage, "--run " + std::to_string(c.run) + ": the sweep has runs 0 to " + std::to_string(plan.runs() - 1));
    const auto run = static_cast<std::size_t>(c.run);
    const auto values = row_values(plan.sweep, plan.design, run / plan.sweep.replicates);
    std::printf("run %zu: row %zu, replicate %zu\n", run, run / plan.sweep.replicates, run % plan.sweep.replicates);
    for (std::size_t k = 0; k < values.size(); ++k)
        std::printf("  %-48s %s\n", plan.sweep.factors[k].path.c_str(), exact(values[k]).c_str());
    std::printf("%s\n%s\n", run_columns(plan.sweep).c_str(), run_line(plan, run).c_str());
    return done;
}

}  // namespace hubs
