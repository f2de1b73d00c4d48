#pragma once
#include "analysis/statistics/estimator/question.h"

namespace hubs {

/// One estimator, or a family of them, adds its answers. One file each.
void difference_of_means(const Question& question, Answers& answers);
void difference_in_differences(const Question& question, Answers& answers);
void multivariate_regression(const Question& question, Answers& answers);
void nearest_neighbour(const Question& question, Answers& answers);
void nearest_neighbour_single(const Question& question, Answers& answers);
void multi_match_score(const Question& question, Answers& answers);
void inverse_probability_weighting(const Question& question, Answers& answers);
void double_robustness(const Question& question, Answers& answers);

/// In the order in which they are told.
inline constexpr void (*estimators[])(const Question&, Answers&) = {
    difference_of_means,      difference_in_differences, multivariate_regression,       nearest_neighbour,
    nearest_neighbour_single, multi_match_score,         inverse_probability_weighting, double_robustness,
};

}  // namespace hubs
