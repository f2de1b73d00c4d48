#include <cstdio>
#include <cstdlib>

#include <memory>
#include <optional>

#include "analysis/study/calibration/observables.h"
#include "analysis/study/calibration/fit_tables.h"
#include "analysis/study/calibration/origin.h"
#include "analysis/commands/command.h"
#include "analysis/commands/progress.h"
#include "analysis/base/files.h"
#include "analysis/base/version.h"
#include "analysis/results/manifest.h"
#include "analysis/study/sweep/share.h"
#include "sim/run/embedded.h"
#include "sim/run/ensemble.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

struct CalibrateCommand {
    std::string scenario, targets, file, output, shard, until;
    int threads = 0, self_test = 0;
    bool second_opinion = false, dry_run = false;
};

/// Changes when the model does: what one run at the middle of the priors shows.
std::string model_mark(const Study& study, const CalibrationProblem& p) {
    const Eigen::VectorXd seen = simulate_targets(
        study, p, Eigen::VectorXd::Constant(static_cast<Eigen::Index>(p.dimensions()), 0.5), 0, p.targets.size());
    std::string out;
    for (const double x : seen) out += std::to_string(x) + " ";
    return out;
}

int run_self_test(const CalibrateCommand& c, const Study& study, const CalibrationProblem& p,
                  const CalibrationFolder& folder, const CalibrateOptions& options,
                  std::unique_ptr<Progress>& progress) {
    SelfTestOptions test;
    const auto share =
        c.shard.empty() ? share_from_environment([](const char* name) { return std::getenv(name); }).value_or(Share{})
                        : share_of(c.shard);
    if (!share) {
        std::fprintf(stderr, "--shard %s: expected as 1/8\n", c.shard.c_str());
        return usage;
    }
    test.share = *share;
    test.count = static_cast<unsigned>(c.self_test);
    test.runs = options.runs;
    test.stage = options.stage;
    const SelfTest s = self_test(study, p, folder, test);
    progress.reset();
    write_whole(folder.path() + "/self_test.csv", csv_text(self_test_table(s)));
    std::printf("%zu of %u truths\n%-44s %6s %6s %6s %9s %7s %6s\n", s.finished, test.count, "", "50 %", "90 %", "95 %",
                "recovery", "width", "p");
    for (const SelfTestRow& r : s.rows)
        std::printf("%-44s %6.3f %6.3f %6.3f %9.2f %7.2f %6.3f\n", r.what.c_str(), r.coverage_50, r.coverage_90,
                    r.coverage_95, r.recovery, r.width, r.uniformity);
    return done;
}

int tell_interrupted(const CalibrationFolder& folder) {
    std::fprintf(stderr, "Interrupted. Finished runs are kept in %s; the same command goes on.\n",
                 folder.path().c_str());
    return interrupted;
}

/// After everything else is written: what it cannot say costs nothing.
int ask_second_opinion(const Study& study, const CalibrationFolder& folder, const CalibrateOptions& options,
                       const Calibration& calibration, std::unique_ptr<Progress>& progress) {
    std::fflush(stdout);
    try {
        const SecondOpinion opinion = second_opinion(study, folder, options, calibration);
        progress.reset();
        const std::string text = second_opinion_text(opinion);
        write_whole(folder.path() + "/second_opinion.csv", csv_text(second_opinion_table(opinion)));
        write_whole(folder.path() + "/second_opinion.txt", text);
        std::fputs(text.c_str(), stdout);
        return done;
    } catch (const Interrupted&) {
        progress.reset();
        return tell_interrupted(folder);
    } catch (const std::invalid_argument& e) {
        progress.reset();
        std::fprintf(stderr, "No second opinion: %s. Give more wave_runs.\n", e.what());
        return invalid;
    }
}

/// Holds out the figures of `p` that are later than the month `until`. Returns that month, counted from the first wave;
/// 0 where all are fitted; nothing, having said why, where it is no month that parts them.
std::optional<unsigned> hold_out_after(const std::string& until, const Study& study, CalibrationProblem& p) {
    if (until.empty()) return 0;
    int year = 0, month = 0;
    const bool read = read_year_month(until, year, month);
    const int first = static_cast<int>(first_wave_of(study, p.plan));
    const int months = read ? study.scenario.calendar.step_of(year, month) + 1 - first : 0;
    const std::size_t all = p.fitted;
    if (months > 0 && fit_until(p, static_cast<unsigned>(months)) > 0 && p.fitted < all)
        return static_cast<unsigned>(months);
    std::fprintf(stderr, "--until %s: expected a month with fitted figures before and after it, as 2019-07\n",
                 until.c_str());
    return std::nullopt;
}

int calibrate(const CalibrateCommand& c) {
    StudyRead read = read_study(c.scenario, {}, "Nothing was calibrated.");
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    Study& study = *read.study;
    if (study.scenario.history) {
        std::fprintf(stderr, "%s starts from another run: calibrate that one. Nothing was calibrated.\n",
                     c.scenario.c_str());
        return invalid;
    }
    const std::string text = c.file.empty() ? std::string(embedded::calibration) : read_input(c.file);
    const std::string targets = c.targets.empty() ? std::string(embedded::targets) : read_input(c.targets);
    const CalibrationRead problem =
        read_calibration(c.file.empty() ? "scenarios/calibration/history-2018-2023.json" : c.file, text,
                         c.targets.empty() ? "targets.json" : c.targets, targets, study);
    if (!problem.report.empty()) {
        std::fputs(problem.report.c_str(), stderr);
        return invalid;
    }
    CalibrationProblem p = problem.problem;
    const auto origin = hold_out_after(c.until, study, p);
    if (!origin) return usage;
    std::fprintf(
        stderr,
        "%zu parameters, %zu targets to fit and %zu held out; %u waves of %u runs, then %u draws x %u replicates\n",
        p.dimensions(), p.fitted, p.targets.size() - p.fitted, p.waves, p.wave_runs, p.draws, p.check_replicates);
    if (c.dry_run) return done;
    std::string inputs;
    for (const InputFile& i : study.inputs)
        if (i.role != "posterior") inputs += i.text;
    const std::string key = sha256(inputs + text + targets + version_text + model_mark(study, p) + c.until);
    const CalibrationFolder folder(c.output.empty() ? "out/calibration-" + study.scenario.name : c.output, key);
    CalibrateOptions options;
    options.runs.threads = static_cast<unsigned>(c.threads);
    options.runs.stop = &stop_requested;
    std::unique_ptr<Progress> progress;
    std::size_t so_far = 0;
    options.stage = [&](const std::string& name, std::size_t total) {
        progress.reset();
        std::fprintf(stderr, "%s: %zu runs\n", name.c_str(), total);
        progress = std::make_unique<Progress>(total);
        so_far = 0;
    };
    options.runs.progress = [&](std::size_t rows) { progress->at(so_far += rows); };
    Calibration result;
    try {
        if (c.self_test > 0) return run_self_test(c, study, p, folder, options, progress);
        result = calibrate(study, p, folder, options);
    } catch (const Interrupted&) {
        progress.reset();
        return tell_interrupted(folder);
    } catch (const EmptyRegion& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return invalid;
    }
    progress.reset();
    const std::string posterior = posterior_text(result);
    write_whole(folder.path() + "/posterior.csv", posterior);
    for (const Table& t : {fit_table(result), identified_table(result), waves_table(result)})
        write_whole(folder.path() + "/" + t.name + ".csv", csv_text(t));
    std::string found = findings(result);
    if (!c.until.empty()) {
        const auto later = later_figures(result, *origin);
        write_whole(folder.path() + "/origin.csv", csv_text(origin_table(later)));
        found += origin_text(later);
    }
    write_whole(folder.path() + "/findings.txt", found);
    std::printf("%s\n  draws        %s/posterior.csv\n  fingerprint  %s\n", found.c_str(), folder.path().c_str(),
                sha256(posterior).substr(0, 32).c_str());
    return c.second_opinion ? ask_second_opinion(study, folder, options, result, progress) : done;
}

}  // namespace

Command calibrate_command() {
    const auto c = std::make_shared<CalibrateCommand>();
    return {"calibrate",
            "Fit parameters to published figures; resumes after a kill",
            {{"scenario", &c->scenario},
             {"--targets", &c->targets, "published figures (default: those inside the program)"},
             {"--calibration", &c->file,
              "parameters, priors and targets (default: scenarios/calibration/history-2018-2023.json)"},
             {"-o,--output", &c->output, "folder (default out/calibration-NAME)"},
             {"--second-opinion", &c->second_opinion, "ask two other methods too; some minutes more"},
             {.names = "--until",
              .to = &c->until,
              .what = "fit figures up to this month alone, as 2019-07, and predict those published later"},
             {.names = "--sbc",
              .to = &c->self_test,
              .what = "self-test: so many truths from the priors instead of the targets",
              .allowed = WholeRange{2, 10000},
              .not_with = "--second-opinion"},
             {"--shard", &c->shard,
              "of the self-test, as 1/8: every eighth truth (default: as the scheduler says, or all)"},
             {"--threads", &c->threads, "", threads_range},
             dry_run_option(c->dry_run, "check only")},
            [c](const std::string&) { return calibrate(*c); }};
}

}  // namespace hubs
