#include "analysis/statistics/estimator/estimators.h"

namespace hubs {

void multivariate_regression(const Question& q, Answers& answers) {
    if (q.sample().covariates.cols() == 0) return;
    answers.add({.id = "regression",
                 .name = "Multivariate regression",
                 .method = "outcome on treatment and all covariates",
                 .estimand = "all alike"},
                [&](Answer& a) { regress(q, a, q.sample().outcome, true); });
}

}  // namespace hubs
