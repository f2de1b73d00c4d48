#include "analysis/statistics/estimator/estimators.h"
#include "analysis/statistics/estimator/weighting.h"

namespace hubs {

void double_robustness(const Question& q, Answers& answers) {
    if (q.sample().covariates.cols() == 0) return;
    answers.add({.id = "doubly_robust",
                 .name = "Doubly robust",
                 .method = "a regression in each arm, corrected by weighting; errors know that both were estimated",
                 .estimand = std::string(estimand_names[static_cast<std::size_t>(q.options.estimand)])},
                [&](Answer& a) {
                    const Sample& s = q.scaled();
                    const Weighted w = doubly_robust(s, q.score(), q.options.estimand);
                    const auto [error, df] =
                        error_of(w, s, static_cast<std::size_t>(q.score().X.cols() + s.covariates.cols()) + 1);
                    a.errors = q.clustered() ? "by cluster" : "estimating equations";
                    a.targets = q.aimed_at();
                    set(a, w.value, error, df);
                });
}

}  // namespace hubs
