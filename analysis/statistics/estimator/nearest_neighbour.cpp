#include "analysis/statistics/estimator/estimators.h"

namespace hubs {
namespace {

const std::string with_replacement = "one nearest neighbour with replacement, ties kept; Abadie-Imbens errors, J = 2";

Answer about(const Question& q, const char* id, const std::string& name, const std::string& metric) {
    return {.id = id,
            .name = name,
            .method = metric + with_replacement,
            .estimand = std::string(estimand_names[static_cast<std::size_t>(q.options.estimand)]),
            .errors = "Abadie-Imbens"};
}

}  // namespace

void nearest_neighbour(const Question& q, Answers& answers) {
    const Sample& s = q.sample();
    if (s.covariates.cols() == 0) return;
    MatchingOptions options = matching_options(q);
    answers.add(about(q, "nearest_neighbour", "Nearest neighbour, all covariates", "Mahalanobis; "),
                [&](Answer& a) { set_matching(q, a, matching(s, s.covariates, s.names, options)); });
    options.bias_adjusted = true;
    answers.add(about(q, "nearest_neighbour_adjusted", "Nearest neighbour, bias adjusted",
                      "Mahalanobis, regression within the matched arm; "),
                [&](Answer& a) { set_matching(q, a, matching(s, s.covariates, s.names, options)); });
}

void nearest_neighbour_single(const Question& q, Answers& answers) {
    const Sample& s = q.sample();
    if (!q.options.single) return;
    const MatchingOptions options = matching_options(q);
    for (Eigen::Index k = 0; k < s.covariates.cols(); ++k) {
        const std::string& name = s.names[static_cast<std::size_t>(k)];
        answers.add(about(q, "nearest_neighbour_single", "Nearest neighbour, " + name + " alone", ""),
                    [&](Answer& a) { set_matching(q, a, matching(s, s.covariates.col(k), {name}, options)); });
    }
}

}  // namespace hubs
