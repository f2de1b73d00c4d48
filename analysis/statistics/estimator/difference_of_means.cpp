#include "analysis/statistics/estimator/estimators.h"

namespace hubs {

void difference_of_means(const Question& q, Answers& answers) {
    answers.add({.id = "difference",
                 .name = "Difference of means",
                 .method = "treated less controls at the end",
                 .estimand = "all alike"},
                [&](Answer& a) { regress(q, a, q.sample().outcome, false); });
}

}  // namespace hubs
