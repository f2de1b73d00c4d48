#include <sys/stat.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "analysis/commands/commands.h"
#include "analysis/commands/progress.h"
#include "analysis/results/folder.h"
#include "analysis/sweep/farm.h"
#include "analysis/sweep_results/merge.h"
#include "analysis/sweep/runner.h"
#include "analysis/sweep/share.h"
#include "analysis/sweep/slurm.h"

namespace hubs {
namespace {

bool is_folder(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

/// A folder with a manifest is opened; a study is laid down first.
SweepPlan plan_of(const SweepCommand& c) {
    if (is_folder(c.source)) {
        if (c.shards > 0 || c.replicates > 0 || c.until_mcse > 0)
            throw SweepError(usage, c.source + " is planned already: --shards, --replicates and --until belong to a study that is not");
        return open_sweep(c.source);
    }
    SweepOverrides o;
    if (c.shards > 0) o.shards = static_cast<std::uint32_t>(c.shards);
    if (c.replicates > 0) o.replicates = static_cast<std::uint32_t>(c.replicates);
    if (c.until_mcse > 0) o.until_mcse = c.until_mcse;
    const SweepRead read = read_sweep(c.source, o);
    if (!read.sweep) {
        std::string report = read.report;
        while (!report.empty() && report.back() == '\n') report.pop_back();
        throw SweepError(invalid, report);
    }
    return lay_down(*read.sweep, c.output.empty() ? "out/" + read.sweep->name : c.output);
}

std::string described(const SweepPlan& p) {
    return p.sweep.name + ": " + std::to_string(p.sweep.factors.size()) + " settings, " + std::to_string(p.design.rows()) + " rows x " +
           std::to_string(p.sweep.replicates) + " replicates = " + std::to_string(p.runs()) + " runs in " + std::to_string(p.store.shards()) + " shards";
}

/// The program with MPI beside this one, in its place; returns only if there is none.
void become_mpi() {
    char self[4096] = "";
    const ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0) return;
    std::ifstream command("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(command, word, '\0');) words.push_back(word);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv((std::string(self, static_cast<std::size_t>(n)) + "-mpi").c_str(), arguments.data());
}

/// Work of one process: shards from `next`, and what is said of it.
bool work(const SweepPlan& plan, const SweepCommand& c, std::size_t runs, unsigned slots, const std::function<std::optional<std::uint32_t>()>& next,
          bool quiet) {
    Progress progress(quiet ? 0 : runs, "runs");
    std::atomic<std::size_t> so_far{0};
    SweepRun options;
    options.threads = static_cast<unsigned>(c.threads);
    options.stop = &stop_requested;
    options.checkpoint_seconds = c.checkpoint_seconds;
    options.slots = slots;
    options.next = next;
    options.progress = [&](std::size_t done) {
        const std::size_t now = so_far += done;
        if (!quiet) progress.at(now);
    };
    options.notice = [](const std::string& what) { std::fprintf(stderr, "%s\n", what.c_str()); };
    return run_shards(plan, options);
}

int stopped_code(const SweepPlan& plan) {
    std::fprintf(stderr, "Stopped. What is finished is kept in %s; the same command goes on.\n", plan.folder.c_str());
    return stop_signal.load() == SIGINT ? interrupted : goes_on;
}

int say_what_is_left(const SweepPlan& plan) {
    const auto there = plan.store.present();
    const auto left = static_cast<std::size_t>(std::count(there.begin(), there.end(), false));
    Precision precision(plan);
    if (const auto enough = precision.enough()) std::printf("%s: precise enough after %zu of %zu rows\n", plan.folder.c_str(), *enough, plan.design.rows());
    else if (left > 0) std::printf("%s: %zu of %zu shards done\n", plan.folder.c_str(), there.size() - left, there.size());
    else std::printf("%s: all %zu shards done; hubsim sweep merge %s gathers them\n", plan.folder.c_str(), there.size(), plan.folder.c_str());
    return done;
}

int run_farm(const SweepPlan& plan, const SweepCommand& c) {
    if (!has_farm()) {
        become_mpi();
        std::fprintf(stderr,
                     "This program was built without MPI, and hubsim-mpi is not beside it. Install libopenmpi-dev and openmpi-bin and build the target "
                     "hubsim-mpi, or give each process its part with --shard I/N.\n");
        return usage;
    }
    check_program(plan);
    bool first = false;
    Precision precision(plan);
    std::mutex mutex;
    std::uint32_t at = 0;
    const auto hand_out = [&]() -> std::optional<std::uint32_t> {
        const std::lock_guard lock(mutex);
        const auto enough = precision.enough();
        if (at == plan.store.shards() || (enough && plan.store.first_row(at) >= *enough)) return std::nullopt;
        return at++;
    };
    const bool whole = farm(hand_out, [&](const auto& next, unsigned rank) {
        first = rank == 0;
        return work(plan, c, plan.runs(), 1, next, true);
    });
    if (!whole) return stopped_code(plan);
    return first ? say_what_is_left(plan) : done;
}

int run_shards_of(const SweepCommand& c);

}  // namespace

int sweep_plan(const SweepCommand& c) {
    const SweepPlan plan = plan_of(c);
    std::printf("%s\n  folder  %s\n  study   %s\n", described(plan).c_str(), plan.folder.c_str(), plan.study_id.c_str());
    return done;
}

int sweep_run(const SweepCommand& c) {
    try {
        return run_shards_of(c);
    } catch (const StorageError& e) {
        throw SweepError(limit, std::string(e.what()) + "\nShards that are finished are kept; when there is room again, the same command goes on.");
    }
}

namespace {

int run_shards_of(const SweepCommand& c) {
    catch_signals();
    if (c.mpi && !has_farm()) become_mpi();  // before anything is planned twice
    const SweepPlan plan = plan_of(c);
    if (c.mpi) return run_farm(plan, c);
    Share share;
    if (!c.shard.empty()) {
        const auto given = share_of(c.shard);
        if (!given) throw SweepError(usage, "--shard " + c.shard + ": expected as 3/64, the third of 64 parts");
        share = *given;
    } else if (!c.all) {
        share = share_from_environment([](const char* name) { return std::getenv(name); }).value_or(Share{});
    }
    if (!share.because.empty() && share.only) std::fprintf(stderr, "shard %u of %u (%s)\n", *share.only, plan.store.shards(), share.because.c_str());
    else if (!share.because.empty()) std::fprintf(stderr, "part %u of %u (%s)\n", share.part + 1, share.parts, share.because.c_str());
    if (share.only && *share.only >= plan.store.shards())
        throw SweepError(
            usage, "shard " + std::to_string(*share.only) + " (" + share.because + ") of a sweep with " + std::to_string(plan.store.shards()) + ", from 0");
    std::vector<std::uint32_t> own;
    std::size_t runs = 0;
    for (std::uint32_t shard = 0; shard < plan.store.shards(); ++shard)
        if (share.takes(shard)) {
            own.push_back(shard);
            runs += plan.store.runs(shard);
        }
    std::fprintf(stderr, "%s\n", described(plan).c_str());
    make_folder(plan.folder + "/shards");  // cannot be written? then before computing
    check_program(plan);
    Precision precision(plan);
    std::mutex mutex;
    std::size_t at = 0;
    const auto next = [&]() -> std::optional<std::uint32_t> {
        const std::lock_guard lock(mutex);
        const auto enough = precision.enough();
        if (at == own.size() || (enough && plan.store.first_row(own[at]) >= *enough)) return std::nullopt;
        return own[at++];
    };
    const auto threads = c.threads > 0 ? static_cast<unsigned>(c.threads) : static_cast<unsigned>(tbb::info::default_concurrency());
    const tbb::global_control limit_threads(tbb::global_control::max_allowed_parallelism, threads);
    if (!work(plan, c, runs, threads, next, false)) return stopped_code(plan);
    plan.store.sweep_up();
    return say_what_is_left(plan);
}

}  // namespace

int sweep_status(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    const auto there = plan.store.present();
    std::size_t shards = 0, runs = 0;
    for (std::uint32_t s = 0; s < there.size(); ++s)
        if (there[s]) {
            ++shards;
            runs += plan.store.runs(s);
        }
    if (c.json)
        std::printf("{\"name\": \"%s\", \"study\": \"%s\", \"shards\": %zu, \"shards_done\": %zu, \"runs\": %zu, \"runs_done\": %zu}\n",
                    plan.sweep.name.c_str(), plan.study_id.c_str(), there.size(), shards, plan.runs(), runs);
    else
        std::printf("%s\n  done    %zu of %zu shards, %zu of %zu runs (by name; hubsim sweep verify proves them)\n", described(plan).c_str(), shards,
                    there.size(), runs, plan.runs());
    return done;
}

int sweep_verify(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    const Inventory there = take_inventory(plan);
    for (const std::string& d : there.damaged) std::printf("%s\n", d.c_str());
    for (const std::string& f : there.failures) std::printf("  %s\n", f.c_str());
    if (there.failed > there.failures.size()) std::printf("  and %zu more\n", there.failed - there.failures.size());
    if (!there.missing.empty()) {
        std::printf("%zu of %u shards are missing or not whole: %s\n", there.missing.size(), plan.store.shards(), ranges_of(there.missing).c_str());
        return incomplete;
    }
    check_program(plan);
    check_samples(plan, there.rows);
    std::printf("whole: %zu rows x %u replicates of %s, study %s; %zu runs failed\n", there.rows, plan.sweep.replicates, plan.sweep.name.c_str(),
                plan.study_id.c_str(), there.failed);
    return static_cast<double>(there.failed) > plan.sweep.allowed_failures * static_cast<double>(there.rows * plan.sweep.replicates) ? incomplete : done;
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
        throw SweepError(limit, std::string(e.what()) + "\nThe shards are kept; when there is room again, the same command merges them.");
    }
    const std::string out = merged_folder(plan, c.partial);
    if (c.partial) std::printf("PARTIAL: %s holds the runs that are there, without indices\n", out.c_str());
    else std::printf("  report       %s/report.html\n  tables       %s/data, %s/sweep.sqlite\n", out.c_str(), out.c_str(), out.c_str());
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
    std::printf("%zu shards: %s\nTo submit them, and to prove and gather what they make:\n  %s\n", shards.size(), ranges_of(shards).c_str(),
                write_slurm(absolute, shards, o).c_str());
    return done;
}

int sweep_replay(const SweepCommand& c) {
    const SweepPlan plan = open_sweep(c.source);
    if (static_cast<std::size_t>(c.run) >= plan.runs())
        throw SweepError(usage, "--run " + std::to_string(c.run) + ": the sweep has runs 0 to " + std::to_string(plan.runs() - 1));
    const auto run = static_cast<std::size_t>(c.run);
    const auto values = row_values(plan.sweep, plan.design, run / plan.sweep.replicates);
    std::printf("run %zu: row %zu, replicate %zu\n", run, run / plan.sweep.replicates, run % plan.sweep.replicates);
    for (std::size_t k = 0; k < values.size(); ++k) std::printf("  %-48s %s\n", plan.sweep.factors[k].path.c_str(), exact(values[k]).c_str());
    std::printf("%s\n%s\n", run_columns(plan.sweep).c_str(), run_line(plan, run).c_str());
    return done;
}

}  // namespace hubs
