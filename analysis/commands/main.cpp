// hubsim: the program. Commands are in this folder, one file a group.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "analysis/base/stop.h"
#include "analysis/base/version.h"
#include "analysis/commands/commands.h"
#include "analysis/commands/estimate.h"
#include "analysis/commands/estimate_waves.h"
#include "analysis/commands/device.h"
#include "analysis/commands/guard.h"
#include "analysis/results/manifest.h"
#include "sim/run/limits.h"

namespace {

/// "mcse=0.01" or "0.01" as the number alone.
std::string without_key(std::string text) {
    if (text.starts_with("mcse=")) text.erase(0, 5);
    return text;
}

const char* const force_text = "replace what hubsim wrote there, whatever it is; never a file of yours";

/// `hubsim sweep …`: plan, run anywhere, prove, merge.
void add_sweep(CLI::App& app, hubs::SweepCommand& c, int& exit_code) {
    auto* sweep = app.add_subcommand(
        "sweep",
        "Sensitivity sweeps: planned once, run in shards anywhere, resumed after any kill, merged to the same bytes");
    sweep->require_subcommand(1);
    const auto part = [&](const char* name, const char* what, int (*command)(const hubs::SweepCommand&),
                          const char* source) {
        auto* one = sweep->add_subcommand(name, what);
        one->add_option("source", c.source, source)->required();
        one->callback([&exit_code, &c, command] { exit_code = hubs::guarded([&] { return command(c); }); });
        return one;
    };
    const char *study = "study file, or a folder that was planned", *folder = "a folder that was planned";
    auto* plan = part("plan", "Check a study and lay it down in a folder", hubs::sweep_plan, study);
    auto* run = part("run", "Run what is missing; stopped by a signal, it keeps what is finished and exits with 75",
                     hubs::sweep_run, study);
    for (auto* one : {plan, run}) {
        one->add_option("-o,--output", c.output, "folder (default out/NAME)");
        one->add_option("--shards", c.shards, "default: the study's, or from a timed pilot")
            ->check(CLI::Range(1, 100000));
        one->add_option("--replicates", c.replicates, "of every row")->check(hubs::within(hubs::replicates_range));
        one->add_option("--until", c.until_mcse,
                        "stop when the first output's standard error is small enough, as mcse=0.01")
            ->transform(without_key)
            ->check(hubs::number_between(1e-12, 1e12));
    }
    run->add_option("--shard", c.shard,
                    "a part of the work, as 3/64 (default: as the scheduler's task number says, or all)");
    run->add_flag("--all", c.all, "all shards, whatever the environment says");
    run->add_flag("--mpi", c.mpi, "shards are handed out to the ranks of mpirun");
    run->add_option("--threads", c.threads)->check(CLI::Range(1, 1024));
    run->add_option("--device", c.device, hubs::device_text)->check(CLI::IsMember({"auto", "cpu", "card"}));
    run->add_option("--checkpoint-seconds", c.checkpoint_seconds, "how much of a shard may be lost")
        ->check(hubs::number_between(0, 86400));
    part("status", "What is done, and how many runs failed", hubs::sweep_status, folder)->add_flag("--json", c.json);
    part("verify", "Prove every shard whole", hubs::sweep_verify, folder);
    part("missing", "Shards that are not there or not whole, as 3,17,40-44", hubs::sweep_missing, folder)
        ->add_flag("--json", c.json);
    part("merge", "Gather whole shards: tables, indices, database, page", hubs::sweep_merge, folder)
        ->add_flag("--partial", c.partial, "what is there, marked PARTIAL, without indices");
    part("replay", "One run again, with its settings", hubs::sweep_replay, folder)
        ->add_option("--run", c.run)
        ->required()
        ->check(CLI::NonNegativeNumber);
    auto* slurm = part("slurm", "Write array scripts for Slurm", hubs::sweep_slurm, folder);
    slurm->add_flag("--missing", c.only_missing, "only shards that are not whole");
    slurm->add_option("--throttle", c.throttle, "tasks at once");
    slurm->add_option("--max-array", c.max_array, "tasks of one array; clusters often allow 1001")
        ->check(CLI::Range(1, 1000000));
    slurm->add_option("--time", c.time, "limit of a task, as 01:00:00");
    slurm->add_option("--partition", c.partition);
    slurm->add_option("--account", c.account);
    slurm->add_option("--cpus", c.cpus, "threads of a task")->check(CLI::Range(1, 1024));
    slurm->add_option("--memory", c.memory, "of a task, as 2G");
    slurm->add_option("--program", c.program, "path of hubsim as the nodes see it (default: this one)");
}

}  // namespace

int main(int argc, char** argv) {
    std::set_terminate(hubs::end_at_limit);
    hubs::catch_signals();
    CLI::App app{"hubsim simulates Careers Hubs: which plan of expansion buys most, for whom, at what cost.", "hubsim"};
    app.set_version_flag("--version", std::string("hubsim ") + hubs::version_text);
    app.require_subcommand(1);
    int exit_code = 0;
    hubs::RunCommand run;
    for (int i = 0; i < argc; ++i) {
        std::string word = i == 0 ? "hubsim" : argv[i];
        if (word.find(' ') != std::string::npos) word = "\"" + word + "\"";
        run.line += (i == 0 ? "" : " ") + word;
    }
    auto* r = app.add_subcommand("run", "Simulate every plan and write results, tables and report.html");
    r->add_option("scenario", run.scenario, "scenario file")->required();
    r->add_option("-o,--output", run.output, "results folder (default out/NAME)");
    r->add_option("--population", run.population, "population file, in place of the scenario's");
    r->add_option("--posterior", run.posterior, "file of parameter draws, or none for the defaults alone");
    r->add_option("--replicates", run.replicates, "in place of the scenario's")
        ->check(hubs::within(hubs::replicates_range));
    r->add_option("--months", run.months, "end earlier")->check(hubs::within(hubs::months_range));
    r->add_option("--seed", run.seed, "in place of the scenario's")->check(hubs::within(hubs::seed_range));
    r->add_option("--threads", run.threads, "default: all cores; results do not depend on it")
        ->check(CLI::Range(1, 1024));
    r->add_option("--max-memory", run.max_memory_gib, "GiB that may be used")->check(hubs::number_between(0.0001, 1e6));
    r->add_option("--device", run.device, hubs::device_text)->check(CLI::IsMember({"auto", "cpu", "card"}));
    r->add_flag("--force", run.force, force_text);
    r->add_flag("--dry-run", run.dry_run, "check and estimate only");
    r->callback([&] { exit_code = hubs::guarded([&] { return hubs::run(run); }); });

    std::vector<std::string> files;
    std::string population, name, from, source, output, results, plan, until, shell;
    bool json = false, dry = false, force = false, quick = false;
    int threads = 0;
    long long replicate = 0, school = -1;
    auto* c =
        app.add_subcommand("check", "Report every problem of scenario files at once; estimate time, memory and disk");
    c->add_option("files", files)->required();
    c->add_option("--population", population);
    c->add_flag("--json", json);
    c->callback([&] { exit_code = hubs::guarded([&] { return hubs::check(files, population, json); }); });

    auto* n = app.add_subcommand("new", "Write a starting scenario");
    n->add_option("name", name)->required();
    n->add_option("--from", from, "scenario to start from");
    n->add_flag("--dry-run", dry);
    n->callback([&] { exit_code = hubs::guarded([&] { return hubs::make_new(name, from, dry); }); });

    auto* i = app.add_subcommand("import", "Make a population of real schools");
    i->require_subcommand(1);
    hubs::ImportCommand import;
    for (const bool gias : {true, false}) {
        auto* one = i->add_subcommand(gias ? "gias" : "table", gias ? "from the official register (edubasealldata….csv)"
                                                                    : "from a plain table (columns: docs/data.md)");
        one->add_option("file", import.file)->required();
        one->add_option("--hubs", import.hubs, "hub membership: urn,hub,joined,left");
        one->add_option("--links", import.links, "the register's links: who came after closed establishments");
        one->add_option("-o,--output", import.output, "population file to write");
        one->add_option("--account", import.account, "CSV to write: every row and what became of it");
        one->add_flag("--force", import.force, force_text);
        one->add_flag("--dry-run", import.dry_run);
        one->callback([&, gias] {
            import.from_register = gias;
            exit_code = hubs::guarded([&] { return hubs::import_population(import); });
        });
    }
    auto* p = app.add_subcommand("report", "Rebuild charts and report from results alone");
    p->add_option("results", files)->required();
    p->add_option("-o,--output", output)->required();
    p->add_flag("--force", force, force_text);
    p->add_flag("--dry-run", dry);
    p->callback([&] { exit_code = hubs::guarded([&] { return hubs::report(files, output, dry, force); }); });

    auto* q = app.add_subcommand("qa-pack", "Fill in a quality-assurance pack from a results folder");
    q->add_option("results", results)->required();
    q->add_option("-o,--output", output, "folder (default RESULTS-qa)");
    q->add_flag("--force", force, force_text);
    q->add_flag("--dry-run", dry);
    q->callback([&] { exit_code = hubs::guarded([&] { return hubs::qa_pack(results, output, dry, force); }); });

    auto* v = app.add_subcommand("verify", "Run a results folder again, make every file anew and compare bytes");
    v->add_option("results", results)->required();
    v->add_option("--threads", threads)->check(CLI::Range(1, 1024));
    v->add_flag("--quick", quick, "only check the seals of the files, without running");
    v->callback([&] { exit_code = hubs::guarded([&] { return hubs::verify(results, threads, quick); }); });

    auto* y = app.add_subcommand("replay", "One world month by month; for a school, why it changed");
    y->add_option("scenario", source)->required();
    y->add_option("--plan", plan)->required();
    y->add_option("--replicate", replicate)
        ->required()
        ->check(CLI::Range(0LL, static_cast<long long>(hubs::replicates_range.high - 1)));
    y->add_option("--school", school, "URN, or number in a synthetic population")->check(CLI::Range(1LL, 2147483647LL));
    y->add_option("--until", until, "last month, as 2020-07");
    y->add_option("--population", population);
    y->callback([&] {
        exit_code = hubs::guarded([&] { return hubs::replay(source, population, plan, replicate, school, until); });
    });

    hubs::EstimateCommand estimate;
    auto* e = app.add_subcommand("estimate", "The evaluation's estimators on a table of your own");
    e->add_option("file", estimate.file, "CSV, one row for each school")->required();
    e->add_option("--outcome", estimate.columns.outcome, "column: benchmarks at the end")->required();
    e->add_option("--treated", estimate.columns.treated, "column: 1 or yes in a hub, 0 or no not")->required();
    e->add_option("--treated-is", estimate.columns.arms.treated, "the value of --treated that means treated");
    e->add_option("--control-is", estimate.columns.arms.control,
                  "the value that means not treated, if there are others");
    e->add_option("--before", estimate.columns.before, "column: benchmarks at the start");
    e->add_option("--covariates", estimate.covariates,
                  "columns, with commas between; a name with a comma in double quotes");
    e->add_option("--clusters", estimate.columns.clusters, "column: hub or area, for errors by cluster");
    e->add_option("--weights", estimate.columns.weights, "column: weights of sampling or non-response");
    e->add_option("--exact", estimate.exact, "columns that must agree for rows to be matched");
    e->add_option("--calipers", estimate.calipers, "widest differences of matched rows, as fsm=5,pupils=200");
    e->add_option("--missing", estimate.missing, "codes for missing values, beside NA, c, z and the like");
    e->add_option("--estimand", estimate.estimand, "effect on the treated, all or controls")
        ->check(CLI::IsMember({"att", "ate", "atc"}));
    e->add_option("--matches", estimate.options.matches,
                  "to one on the propensity score; a row with fewer inside the caliper is left out")
        ->check(CLI::Range(1, 50))
        ->capture_default_str();
    e->add_option("--caliper", estimate.options.caliper, "in standard deviations of the score; 0: none")
        ->check(hubs::number_between(0, 10))
        ->capture_default_str();
    e->add_flag("--drop-separating", estimate.options.drop_separating,
                "leave out of the score the columns that tell the arms apart");
    e->add_option("--id", estimate.columns.id, "column: names rows in the files written; else their line");
    e->add_option("--pairs", estimate.pairs, "CSV to write: who was matched with whom");
    e->add_option("--weights-out", estimate.weights_out, "CSV to write: score and weights of each row");
    e->add_option("--report", estimate.report, "page to write: answers, balance and overlap as pictures");
    e->add_flag("--json", estimate.json, "full precision and balance");
    e->add_flag("--force", estimate.force, force_text);
    e->callback([&] { exit_code = hubs::guarded([&] { return hubs::estimate(estimate); }); });

    hubs::EstimateWavesCommand joining;
    auto* j = app.add_subcommand("estimate-waves",
                                 "Effects where units join at different times: event study on a table of your own");
    j->add_option("file", joining.file, "CSV, one row for each school and year")->required();
    j->add_option("--outcome", joining.columns.outcome, "column: benchmarks")->required();
    j->add_option("--unit", joining.columns.unit, "column: the school")->required();
    j->add_option("--time", joining.columns.time, "column: the year, a whole number")->required();
    j->add_option("--joined", joining.columns.joined, "column: the first year as a member; nothing, 0 or never if none")
        ->required();
    j->add_option("--covariates", joining.covariates, "columns, with commas between; as first seen of each school");
    j->add_option("--clusters", joining.columns.clusters,
                  "column: hub or area, for errors by cluster; default: the school");
    j->add_option("--missing", joining.missing, "codes for missing values, beside NA, c, z and the like");
    j->add_option("--draws", joining.options.draws, "of the bootstrap behind the bands")
        ->check(CLI::Range(99, 100000))
        ->capture_default_str();
    j->add_option("--seed", joining.options.seed, "of the bootstrap")
        ->check(hubs::within({0, hubs::seed_range.high}))
        ->capture_default_str();
    j->add_option("--report", joining.report, "page to write: the event study as a picture");
    j->add_flag("--json", joining.json, "full precision");
    j->add_flag("--force", joining.force, force_text);
    j->callback([&] { exit_code = hubs::guarded([&] { return hubs::estimate_waves(joining); }); });

    hubs::EvaluateCommand evaluate;
    auto* w = app.add_subcommand("evaluate", "What evaluations of a simulated plan would find, beside what is true");
    w->add_option("source", evaluate.source, "results folder or scenario file")->required();
    w->add_option("--plan", evaluate.plan, "default: every plan with a wave");
    w->add_option("--assignment", evaluate.assignment)->check(CLI::IsMember({"as_planned", "lottery", "stepped"}));
    w->add_option("--months", evaluate.months, "from the first wave to the last return")->check(CLI::Range(1, 120));
    w->add_option("--hub-answers", evaluate.hub_answers, "share of members with both returns")
        ->check(hubs::number_between(0, 1));
    w->add_option("--other-answers", evaluate.other_answers, "share of others with both returns")
        ->check(hubs::number_between(0, 1));
    w->add_option("--replicates", evaluate.replicates)->check(hubs::within(hubs::replicates_range));
    w->add_option("--threads", evaluate.threads)->check(CLI::Range(1, 1024));
    w->add_option("-o,--output", evaluate.output, "CSV file to write");
    w->add_flag("--force", evaluate.force, force_text);
    w->callback([&] { exit_code = hubs::guarded([&] { return hubs::evaluate(evaluate); }); });

    hubs::CalibrateCommand calibrate;
    auto* f = app.add_subcommand("calibrate", "Fit parameters to published figures; resumes after a kill");
    f->add_option("scenario", calibrate.scenario)->required();
    f->add_option("--targets", calibrate.targets, "published figures (default: those inside the program)");
    f->add_option("--calibration", calibrate.file,
                  "parameters, priors and targets (default: scenarios/calibration/history-2018-2023.json)");
    f->add_option("-o,--output", calibrate.output, "folder (default out/calibration-NAME)");
    auto* opinion =
        f->add_flag("--second-opinion", calibrate.second_opinion, "ask two other methods too; some minutes more");
    auto* test =
        f->add_option("--sbc", calibrate.self_test, "self-test: so many truths from the priors instead of the targets")
            ->check(CLI::Range(2, 10000));
    test->excludes(opinion);
    f->add_option("--shard", calibrate.shard,
                  "of the self-test, as 1/8: every eighth truth (default: as the scheduler says, or all)");
    f->add_option("--threads", calibrate.threads)->check(CLI::Range(1, 1024));
    f->add_flag("--dry-run", calibrate.dry_run, "check only");
    f->callback([&] { exit_code = hubs::guarded([&] { return hubs::calibrate(calibrate); }); });

    hubs::SweepCommand sweep;
    add_sweep(app, sweep, exit_code);

    std::string page = "workshop.html", preset;
    auto* t = app.add_subcommand(
        "workshop", "Write the teaching page: the model in one HTML file, for a browser without a network");
    t->add_option("-o,--output", page, "HTML file to write")->capture_default_str();
    t->add_option("--preset", preset, "population file of your own area, as hubsim import wrote it");
    t->add_flag("--force", force, force_text);
    t->add_flag("--dry-run", dry);
    t->callback([&] { exit_code = hubs::guarded([&] { return hubs::workshop(page, preset, dry, force); }); });

    app.add_subcommand("devices", "Graphics cards of this machine, and whether they can be used")->callback([&] {
        exit_code = hubs::guarded(hubs::print_devices);
    });
    auto* s = app.add_subcommand("schedule", "The model's page: its processes in order");
    s->add_flag("--json", json);
    s->callback([&] { exit_code = hubs::print_schedule(json); });
    app.add_subcommand("schema", "JSON Schema of a scenario")->callback([&] { exit_code = hubs::print_schema(); });
    auto* k = app.add_subcommand("completions", "Shell completion for bash, zsh or fish");
    k->add_option("shell", shell)->required();
    k->callback([&] { exit_code = hubs::print_completions(app, shell); });

    hubs::take_digits_only(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? hubs::finished(hubs::done) : hubs::usage;
    }
    return hubs::finished(exit_code);
}
