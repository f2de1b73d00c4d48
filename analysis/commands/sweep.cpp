#include <sys/stat.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>

#include "analysis/base/exit_codes.h"
#include "analysis/base/words.h"
#include "analysis/commands/sweep.h"
#include "analysis/commands/device.h"
#include "analysis/commands/progress.h"
#include "analysis/base/files.h"
#include "analysis/study/sweep/farm.h"
#include "analysis/study/sweep/runner.h"
#include "analysis/study/sweep/share.h"

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
            throw SweepError(
                usage,
                c.source + " is planned already: --shards, --replicates and --until belong to a study that is not");
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
bool work(const SweepPlan& plan, const SweepCommand& c, Device& device, std::size_t runs, unsigned slots,
          const std::function<std::optional<std::uint32_t>()>& next, bool quiet, std::atomic<std::size_t>& failed) {
    Progress progress(quiet ? 0 : runs, "runs");
    std::atomic<std::size_t> so_far{0};
    SweepRun options;
    options.threads = static_cast<unsigned>(c.threads);
    options.stop = &stop_requested;
    options.checkpoint_seconds = c.checkpoint_seconds;
    options.device = &device;
    options.failed = &failed;
    options.most_failed = most_failures(plan);
    options.slots = device.machine() != nullptr ? 1 : slots;
    options.next = next;
    options.progress = [&](std::size_t done) {
        const std::size_t now = so_far += done;
        if (!quiet) progress.at(now);
    };
    options.notice = [](const std::string& what) { std::fprintf(stderr, "%s\n", what.c_str()); };
    return run_shards(plan, options);
}

int stopped_code(const SweepPlan& plan, std::size_t failed) {
    if (failed > most_failures(plan))
        throw SweepError(
            incomplete,
            counted(failed, "run") + " failed, more than the study allows; stopped. hubsim sweep status " +
                plan.folder +
                " counts them, sweep verify names the first. Mend the study, or let it allow more (allowed_failures).");
    std::fprintf(stderr, "Stopped. What is finished is kept in %s; the same command goes on.\n", plan.folder.c_str());
    return stop_signal.load() == SIGINT ? interrupted : goes_on;
}

int say_what_is_left(const SweepPlan& plan) {
    const auto there = plan.store.present();
    const auto left = static_cast<std::size_t>(std::count(there.begin(), there.end(), false));
    Precision precision(plan);
    if (const auto enough = precision.enough())
        std::printf("%s: precise enough after %zu of %zu rows\n", plan.folder.c_str(), *enough, plan.design.rows());
    else if (left > 0)
        std::printf("%s: %zu of %zu shards done\n", plan.folder.c_str(), there.size() - left, there.size());
    else {
        const std::size_t failed = plan.store.failed();
        const bool too_many =
            static_cast<double>(failed) > plan.sweep.allowed_failures * static_cast<double>(plan.runs());
        const std::string told =
            failed == 0 ? ""
                        : ", " + counted(failed, "run") + " failed" + (too_many ? ", more than the study allows" : "");
        std::printf("%s: all %zu shards done%s; hubsim sweep %s %s %s\n", plan.folder.c_str(), there.size(),
                    told.c_str(), too_many ? "verify" : "merge", plan.folder.c_str(),
                    too_many ? "names the first" : "gathers them");
        return too_many ? incomplete : done;
    }
    return done;
}

int run_farm(const SweepPlan& plan, const SweepCommand& c, Device& device) {
    if (!has_farm()) {
        become_mpi();
        std::fprintf(
            stderr,
            "This program was built without MPI, and hubsim-mpi is not beside it. Install libopenmpi-dev and openmpi-bin and build the target "
            "hubsim-mpi, or give each process its part with --shard I/N.\n");
        return usage;
    }
    check_program(plan);
    bool first = false;
    std::atomic<std::size_t> failed{0};
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
        return work(plan, c, device, plan.runs(), 1, next, true, failed);
    });
    if (!whole) return stopped_code(plan, failed);
    return first ? say_what_is_left(plan) : done;
}

int run_shards_of(const SweepCommand& c) {
    if (c.mpi && !has_farm()) become_mpi();  // before anything is planned twice
    Device device = device_named(c.device);  // none where one is wanted? then before anything is planned
    const SweepPlan plan = plan_of(c);
    if (c.mpi) return run_farm(plan, c, device);
    Share share;
    if (!c.shard.empty()) {
        const auto given = share_of(c.shard);
        if (!given) throw SweepError(usage, "--shard " + c.shard + ": expected as 3/64, the third of 64 parts");
        share = *given;
    } else if (!c.all) {
        share = share_from_environment([](const char* name) { return std::getenv(name); }).value_or(Share{});
    }
    if (!share.because.empty() && share.only)
        std::fprintf(stderr, "shard %u of %u (%s)\n", *share.only, plan.store.shards(), share.because.c_str());
    else if (!share.because.empty())
        std::fprintf(stderr, "part %u of %u (%s)\n", share.part + 1, share.parts, share.because.c_str());
    if (share.only && *share.only >= plan.store.shards())
        throw SweepError(usage, "shard " + std::to_string(*share.only) + " (" + share.because + ") of a sweep with " +
                                    std::to_string(plan.store.shards()) + ", from 0");
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
    const auto threads =
        c.threads > 0 ? static_cast<unsigned>(c.threads) : static_cast<unsigned>(tbb::info::default_concurrency());
    const tbb::global_control limit_threads(tbb::global_control::max_allowed_parallelism, threads);
    std::atomic<std::size_t> failed{0};
    if (!work(plan, c, device, runs, threads, next, false, failed)) return stopped_code(plan, failed);
    plan.store.sweep_up();
    return say_what_is_left(plan);
}

}  // namespace

int sweep_plan(const SweepCommand& c) {
    const SweepPlan plan = plan_of(c);
    std::printf("%s\n  folder  %s\n  study   %s\n", described(plan).c_str(), plan.folder.c_str(),
                plan.study_id.c_str());
    return done;
}

int sweep_run(const SweepCommand& c) {
    try {
        return run_shards_of(c);
    } catch (const StorageError& e) {
        throw SweepError(
            limit, std::string(e.what()) +
                       "\nShards that are finished are kept; when there is room again, the same command goes on.");
    }
}

}  // namespace hubs
