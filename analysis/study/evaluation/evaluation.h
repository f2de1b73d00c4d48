#pragma once
#include <atomic>
#include <functional>

#include "analysis/statistics/estimator/battery.h"
#include "analysis/study/evaluation/award.h"
#include "analysis/study/evaluation/returns.h"

namespace hubs {

/// What an estimator finds over replicates, beside what is true in each.
struct EstimatorRecord {
    std::string id, name;
    std::size_t replicates = 0, refused = 0;
    double mean = 0, spread = 0;  ///< of its estimates
    double bias = 0;              ///< mean of estimate less true effect
    double bias_error = 0;        ///< Monte-Carlo standard error of the bias
    double mean_error = 0;        ///< mean of its standard errors
    double coverage = 0;          ///< share of 95 % intervals that hold the truth
    double power = 0;             ///< share of 95 % intervals above zero
    double above_truth = 0;       ///< share of replicates above the truth
    bool decomposed = false;
    double misreporting = 0, non_response = 0, spill_over = 0, selection = 0;  ///< parts of the bias; they add up to it
};

/// Power of two estimators with a smaller sample.
struct PowerRow {
    std::size_t schools = 0;
    double difference_in_differences = 0, regression = 0;
};

struct Evaluation {
    std::string plan;
    EvaluationDesign design;
    std::size_t replicates = 0;
    double truth = 0, truth_spread = 0;  ///< effect on the treated: mean and spread over replicates
    double treated = 0, controls = 0;    ///< mean sizes of the sample
    double effect_size = 0;              ///< of the matched estimate, in pooled standard deviations
    std::vector<EstimatorRecord> estimators;
    std::vector<PowerRow> power;
    std::vector<AwardRow> award;  ///< means over replicates
};

/// Draws the sample, runs the estimators on the reports and sets the truth beside them, over
/// replicates of one plan. Results do not depend on the number of threads. Errors of
/// estimators are those of published practice: schools as independent.
Evaluation evaluate_plan(const Study& study, const Plan& plan, const EvaluationDesign& design, std::size_t replicates, unsigned threads,
                         const std::atomic<bool>* stop = nullptr, const std::function<void(std::size_t)>& progress = {});

}  // namespace hubs
