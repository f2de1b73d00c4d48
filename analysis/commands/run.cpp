#include <tbb/global_control.h>
#include <tbb/info.h>

#include <cstdio>
#include <memory>

#include "analysis/commands/command.h"
#include "analysis/commands/device.h"
#include "analysis/commands/progress.h"
#include "analysis/base/files.h"
#include "analysis/base/stop.h"
#include "analysis/results/manifest.h"
#include "analysis/report/save.h"
#include "analysis/results/needs.h"
#include "analysis/results/results_study.h"
#include "analysis/base/table.h"
#include "sim/run/ensemble.h"

namespace hubs {
namespace {

struct RunCommand {
    std::string scenario, output, population, posterior;
    int replicates = 0, threads = 0, months = 0;
    long long seed = -1;
    std::vector<std::string> settings;
    std::string device = "auto";  ///< auto, cpu or card
    bool dry_run = false, force = false, no_live = false;
    double max_memory_gib = 0;
    std::string line;  ///< the command as typed, for the report
};

std::string quantity(double value, const char* small, const char* large, double factor) {
    char buffer[40];
    if (value < factor) std::snprintf(buffer, sizeof buffer, "%.0f %s", value, small);
    else std::snprintf(buffer, sizeof buffer, "%.1f %s", value / factor, large);
    return buffer;
}

std::string two_places(const std::string& cell) {
    if (cell.empty()) return "–";
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.2f", std::stod(cell));
    return buffer;
}

void print_published(const std::string& folder) {
    const auto rows = read_csv(read_kept(folder + "/data/published.csv"));
    if (rows.size() < 2) return;
    std::printf("\nPublished, and predicted, furthest apart first:\n");
    std::printf("  %-6s %-14s %-56s %-26s %9s %9s %20s\n", "id", "plan", "quantity", "group", "published", "predicted",
                "95 % of runs");
    for (std::size_t i = 1; i < rows.size(); ++i)
        std::printf("  %-6s %-14.14s %-56.56s %-26.26s %9s %9s %9s to %8s\n", rows[i][0].c_str(), rows[i][1].c_str(),
                    rows[i][2].c_str(), rows[i][3].c_str(), two_places(rows[i][6]).c_str(),
                    two_places(rows[i][8]).c_str(), two_places(rows[i][9]).c_str(), two_places(rows[i][10]).c_str());
}

int run(const RunCommand& c) {
    Overrides overrides;
    if (c.replicates > 0) overrides.replicates = static_cast<std::uint32_t>(c.replicates);
    if (c.months > 0) overrides.months = static_cast<std::uint16_t>(c.months);
    if (c.seed >= 0) overrides.seed = static_cast<std::uint64_t>(c.seed);
    overrides.population = c.population;
    overrides.posterior = c.posterior;
    const StudyRead read = read_whole_study(c.scenario, overrides, c.settings);
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    const Study& study = *read.study;
    Device device = device_named(c.dry_run ? "cpu" : c.device);  // a dry run opens no card
    const auto threads =
        c.threads > 0 ? static_cast<unsigned>(c.threads) : static_cast<unsigned>(tbb::info::default_concurrency());
    const Needs needs = needs_with_tables(study, threads);
    const std::string named = c.output.empty() ? "out/" + study.scenario.name : c.output;
    std::fprintf(
        stderr,
        "%s: %s x %u replicates x %u months x %u establishments = %.1f million agent-months on %u threads; about %s, %s of memory\n",
        study.scenario.name.c_str(), counted(study.scenario.plans.size(), "plan").c_str(), study.scenario.replicates,
        study.scenario.months, study.population.establishments.count(), needs.agent_months / 1e6, threads,
        quantity(needs.seconds, "s", "min", 60).c_str(),
        quantity(static_cast<double>(needs.bytes) / 1048576.0, "MiB", "GiB", 1024).c_str());
    const std::uint64_t allowed =
        c.max_memory_gib > 0 ? static_cast<std::uint64_t>(c.max_memory_gib * 1073741824.0) : memory_available();
    if (needs.bytes > allowed) {
        std::fprintf(
            stderr,
            "%s needs about %llu MiB of memory; %llu MiB may be used. Fewer replicates, months or plans need less. Nothing was run.\n",
            c.scenario.c_str(), static_cast<unsigned long long>(needs.bytes >> 20),
            static_cast<unsigned long long>(allowed >> 20));
        return limit;
    }
    const FolderIdentity identity = identity_of(study);
    check_folder_place(named, identity, c.force);
    if (c.dry_run) {
        std::fprintf(stderr, "Dry run: nothing was simulated or written.\n");
        return done;
    }
    OutputFolder output(named, identity, c.force);  // cannot be written? then before computing
    const std::string& folder = output.place();
    if (disk_available(folder) < needs.disk_bytes / 4)
        throw StorageError(folder + ": about " + std::to_string(needs.disk_bytes >> 20) + " MiB are needed, " +
                           std::to_string(disk_available(folder) >> 20) + " MiB are free");
    const tbb::global_control threads_of_all(tbb::global_control::max_allowed_parallelism,
                                             threads);  // the evaluation beside the tables, too
    Progress progress(study.scenario.replicates);
    RunOptions options;
    options.threads = threads;
    options.stop = &stop_requested;
    options.device = &device;
    options.progress = [&](std::size_t so_far) { progress.at(so_far); };
    const Finished finished = finish(study, options, c.scenario);
    const SavedRun saved = save_study(output, finished, c.line, !c.no_live);
    for (const std::string& warning : saved.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
    std::printf(
        "%s\n\n  report       %s/report.html\n  tables       %s/data, %s/excel/study.xlsx, %s/study.sqlite\n  fingerprint  %s\n",
        saved.headline.c_str(), folder.c_str(), folder.c_str(), folder.c_str(), folder.c_str(),
        finished.ensemble.fingerprint().text().c_str());
    print_published(folder);
    return done;
}

}  // namespace

Command run_command() {
    const auto c = std::make_shared<RunCommand>();
    return {"run",
            "Simulate every plan and write results, tables and report.html",
            {{"scenario", &c->scenario, "scenario file"},
             {"-o,--output", &c->output, "results folder (default out/NAME)"},
             {"--population", &c->population, "population file, in place of the scenario's"},
             {"--posterior", &c->posterior, "file of parameter draws, or none for the defaults alone"},
             {"--replicates", &c->replicates, "in place of the scenario's", replicates_range},
             {"--months", &c->months, "end earlier", months_range},
             {"--seed", &c->seed, "in place of the scenario's", seed_range},
             settings_option(c->settings),
             {"--threads", &c->threads, "default: all cores; results do not depend on it", threads_range},
             {"--max-memory", &c->max_memory_gib, "GiB that may be used", NumberRange{0.0001, 1e6}},
             device_option(c->device),
             {"--no-live", &c->no_live, "leave out of the report the engine that lets a reader move assumptions"},
             force_option(c->force),
             dry_run_option(c->dry_run, "check and estimate only")},
            [c](const std::string& typed) {
                c->line = typed;
                return run(*c);
            }};
}

}  // namespace hubs
