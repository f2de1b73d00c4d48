#include "analysis/statistics/estimator/estimators.h"

namespace hubs {

void difference_in_differences(const Question& q, Answers& answers) {
    const Sample& s = q.sample();
    if (s.before.size() == 0) return;
    answers.add({.id = "difference_in_differences",
                 .name = "Difference in differences",
                 .method = "difference of mean gains",
                 .estimand = "treated"},
                [&](Answer& a) { regress(q, a, s.outcome - s.before, false); });
}

}  // namespace hubs
