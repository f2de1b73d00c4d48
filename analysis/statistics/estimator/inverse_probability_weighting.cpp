#include "analysis/statistics/estimator/estimators.h"
#include "analysis/statistics/estimator/weighting.h"

namespace hubs {
namespace {

/// Errors know that the score was estimated. By cluster there are two: that one, rough where clusters are few, and CR2
/// of the weighted regression, which allows for few clusters and takes the score as known. Either may be too small, so
/// the larger is given.
void set_error(const Question& q, Answer& a, const Eigen::VectorXd& weights) {
    const Sample& s = q.scaled();
    const Weighted w = weighting(s, q.score(), q.options.estimand);
    const auto [error, df] = error_of(w, s, static_cast<std::size_t>(q.score().X.cols()) + 1);
    if (q.clustered()) {
        regress(q, a, s.outcome, false, &weights);
        a.r_squared = not_available;
        a.notes.push_back(
            "the larger of two errors by cluster: one takes the score as known, the other few clusters as many");
        if (a.error >= error) return;
    }
    a.errors = q.clustered() ? "by cluster" : "estimating equations";
    set(a, w.value, error, df);
}

}  // namespace

void inverse_probability_weighting(const Question& q, Answers& answers) {
    if (q.sample().covariates.cols() == 0) return;
    answers.add({.id = "weighting",
                 .name = "Inverse-probability weighting",
                 .method = "ratio of sums",
                 .estimand = std::string(estimand_names[static_cast<std::size_t>(q.options.estimand)])},
                [&](Answer& a) {
                    const Eigen::VectorXd weights = score_weights(q.sample(), q.score().fitted, q.options.estimand);
                    set_error(q, a, weights);
                    a.targets = q.aimed_at();
                    if (q.options.with_balance) a.balance = balance(q.sample(), weights);
                    if (q.options.keep_rows) a.weights = weights;
                });
}

}  // namespace hubs
