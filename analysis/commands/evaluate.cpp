#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>

#include "analysis/commands/command.h"
#include "analysis/commands/progress.h"
#include "analysis/study/evaluation/evaluation.h"
#include "analysis/base/output_place.h"
#include "analysis/base/stop.h"
#include "analysis/results/manifest.h"
#include "analysis/results/results_study.h"
#include "analysis/base/table.h"
#include "analysis/base/words.h"

namespace hubs {
namespace {

struct EvaluateCommand {
    std::string source, plan, assignment = "as_planned", output;
    unsigned months = 11;
    double hub_answers = 0.82, other_answers = 0.38;
    int replicates = 0, threads = 0;
    bool force = false;
};

void print(const Evaluation& e) {
    std::printf(
        "\nPlan \"%s\", %s, return after %u months, %zu replicates: %.0f treated and %.0f controls in the sample\n",
        e.plan.c_str(), std::string(assignment_words[static_cast<std::size_t>(e.design.assignment)]).c_str(),
        e.design.months, e.replicates, e.treated, e.controls);
    std::printf(
        "True effect on the treated: %s benchmarks (spread over replicates %.3f); matched estimate as effect size: %s\n\n",
        decimal(e.truth, 3, true).c_str(), e.truth_spread, decimal(e.effect_size, 2).c_str());
    std::printf("%-44s %9s %8s %8s %9s %9s %7s %7s\n", "estimator", "estimate", "bias", "spread", "own error",
                "coverage", "power", "above");
    for (const EstimatorRecord& r : e.estimators) {
        if (r.replicates == 0) {
            std::printf("%-44s refused in every replicate\n", r.name.c_str());
            continue;
        }
        std::printf("%-44s %9s %8s %8.3f %9.3f %7.0f %% %5.0f %% %5.0f %%", r.name.c_str(),
                    decimal(r.mean, 3, true).c_str(), decimal(r.bias, 3, true).c_str(), r.spread, r.mean_error,
                    100 * r.coverage, 100 * r.power, 100 * r.above_truth);
        if (r.refused > 0) std::printf("  refused in %zu", r.refused);
        std::printf("\n");
    }
    std::printf("\n%-44s %12s %12s %12s %12s\n", "where the bias comes from", "misreporting", "non-response",
                "spill-over", "selection");
    for (const EstimatorRecord& r : e.estimators)
        if (r.decomposed)
            std::printf("%-44s %12s %12s %12s %12s\n", r.name.c_str(), decimal(r.misreporting, 3, true).c_str(),
                        decimal(r.non_response, 3, true).c_str(), decimal(r.spill_over, 3, true).c_str(),
                        decimal(r.selection, 3, true).c_str());
    std::printf(
        "\nHolders of an award from outside (%.0f %% of establishments, assumed) in their own returns at the start,\n"
        "by how well the award follows the truth. Published for 2017/18: 2.9 benchmarks, 13.1 points more items than all (W054)\n",
        100 * award_share);
    std::printf("%10s %18s %12s %26s\n", "validity", "reported", "truly", "items over all, points");
    for (const AwardRow& a : e.award)
        std::printf("%10.2f %18.2f %12.2f %26s\n", a.validity, a.reported, a.truly,
                    decimal(a.items_gap, 1, true).c_str());
    if (e.power.empty()) return;
    std::printf(
        "\nWould we know? Share of replicates whose 95 %% interval lies above zero, by schools in the sample\n");
    std::printf("%10s %28s %12s\n", "schools", "difference in differences", "regression");
    for (const PowerRow& row : e.power)
        std::printf("%10zu %26.0f %% %10.0f %%\n", row.schools, 100 * row.difference_in_differences,
                    100 * row.regression);
}

Table table_of(const std::vector<Evaluation>& all) {
    Table t{"evaluation",
            "What each estimator would find, beside what is true",
            {{"plan", "Plan", "", 0},
             {"assignment", "Assignment", "", 0},
             {"months", "Months to the last return", "months", 0},
             {"estimator", "Estimator", "", 0},
             {"name", "Name", "", 0},
             {"replicates", "Replicates", "", 0},
             {"refused", "Replicates refused", "", 0},
             {"truth", "True effect on the treated", "benchmarks", 3},
             {"estimate", "Estimate, mean", "benchmarks", 3},
             {"bias", "Bias", "benchmarks", 3},
             {"bias_error", "Monte-Carlo error of the bias", "benchmarks", 3},
             {"spread", "Spread over replicates", "benchmarks", 3},
             {"own_error", "Its own standard error, mean", "benchmarks", 3},
             {"coverage", "Coverage of 95 % intervals", "share", 3},
             {"power", "Intervals above zero", "share", 3},
             {"above_truth", "Estimates above the truth", "share", 3},
             {"misreporting", "Bias from misreporting", "benchmarks", 3},
             {"non_response", "Bias from non-response", "benchmarks", 3},
             {"spill_over", "Bias from spill-over", "benchmarks", 3},
             {"selection", "Bias from selection", "benchmarks", 3}},
            {}};
    for (const Evaluation& e : all)
        for (const EstimatorRecord& r : e.estimators) {
            const auto part = [&](double x) { return Cell(r.decomposed ? x : not_available); };
            t.rows.push_back({e.plan,
                              std::string(assignment_words[static_cast<std::size_t>(e.design.assignment)]),
                              std::int64_t{e.design.months},
                              r.id,
                              r.name,
                              static_cast<std::int64_t>(r.replicates),
                              static_cast<std::int64_t>(r.refused),
                              e.truth,
                              r.mean,
                              r.bias,
                              r.bias_error,
                              r.spread,
                              r.mean_error,
                              r.coverage,
                              r.power,
                              r.above_truth,
                              part(r.misreporting),
                              part(r.non_response),
                              part(r.spill_over),
                              part(r.selection)});
        }
    return t;
}

int evaluate(const EvaluateCommand& c) {
    std::optional<OutputFile> output;
    if (!c.output.empty()) {
        const std::string heading = csv_text(table_of({}));
        output.emplace(
            c.output, [&](const std::string& beginning) { return beginning.starts_with(heading); },
            std::vector<std::string>{c.source}, c.force);
    }
    const StudyRead read = read_results_or_scenario(c.source, {});
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    const Study& study = *read.study;
    EvaluationDesign design;
    design.months = c.months;
    design.hub_answers = c.hub_answers;
    design.other_answers = c.other_answers;
    for (std::size_t k = 0; k < assignment_words.size(); ++k)
        if (assignment_words[k] == c.assignment) design.assignment = static_cast<Assignment>(k);
    const std::size_t replicates = c.replicates > 0 ? static_cast<std::size_t>(c.replicates)
                                                    : std::min<std::size_t>(study.scenario.replicates, 100);
    std::vector<const Plan*> plans;
    for (const Plan& plan : study.scenario.plans)
        if (c.plan.empty() ? !plan.waves.empty() : plan.name == c.plan) plans.push_back(&plan);
    if (plans.empty()) {
        std::fprintf(stderr, c.plan.empty() ? "%s has no plan with a wave to evaluate.\n" : "%s has no plan \"%s\".\n",
                     c.source.c_str(), c.plan.c_str());
        return invalid;
    }
    std::vector<Evaluation> all;
    for (const Plan* plan : plans) {
        Progress progress(replicates);
        try {
            all.push_back(evaluate_plan(study, *plan, design, replicates, static_cast<unsigned>(c.threads),
                                        &stop_requested, [&](std::size_t d) { progress.at(d); }));
            print(all.back());
        } catch (const EstimationError& problem) {
            if (plans.size() == 1) throw;
            std::fprintf(stderr, "%s\n", problem.what());
        }
    }
    if (all.empty()) return invalid;
    if (output) {
        output->write(csv_text(table_of(all)));
        std::printf("\n%s\n", c.output.c_str());
    }
    return done;
}

}  // namespace

Command evaluate_command() {
    const auto c = std::make_shared<EvaluateCommand>();
    return {"evaluate",
            "What evaluations of a simulated plan would find, beside what is true",
            {{"source", &c->source, "results folder or scenario file"},
             {"--plan", &c->plan, "default: every plan with a wave"},
             {"--assignment", &c->assignment, "", OneOf{"as_planned", "lottery", "stepped"}},
             {"--months", &c->months, "from the first wave to the last return", WholeRange{1, 120}},
             {"--hub-answers", &c->hub_answers, "share of members with both returns", NumberRange{0, 1}},
             {"--other-answers", &c->other_answers, "share of others with both returns", NumberRange{0, 1}},
             {"--replicates", &c->replicates, "", replicates_range},
             {"--threads", &c->threads, "", threads_range},
             {"-o,--output", &c->output, "CSV file to write"},
             force_option(c->force)},
            [c](const std::string&) { return evaluate(*c); }};
}

}  // namespace hubs
