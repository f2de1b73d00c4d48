#include "analysis/estimator/estimators.h"
#include "analysis/estimator/weighting.h"

namespace hubs {
namespace {

/// By cluster, the error of the weighted regression that gives the same value: few clusters are then allowed for.
void set_by_cluster(const Question& q, Answer& a, const Eigen::VectorXd& weights) {
    regress(q, a, q.sample().outcome, false, &weights);
    a.r_squared = not_available;
    a.notes.push_back("its error takes the score as known, which makes it too large rather than too small");
}

}  // namespace

void inverse_probability_weighting(const Question& q, Answers& answers) {
    if (q.sample().covariates.cols() == 0) return;
    answers.add({.id = "weighting",
                 .name = "Inverse-probability weighting",
                 .method = "ratio of sums",
                 .estimand = std::string(estimand_names[static_cast<std::size_t>(q.options.estimand)])},
                [&](Answer& a) {
                    const Sample& s = q.scaled();
                    const Eigen::VectorXd weights = score_weights(s, q.score().fitted, q.options.estimand);
                    if (q.clustered()) set_by_cluster(q, a, weights);
                    else {
                        const Weighted w = weighting(s, q.score(), q.options.estimand);
                        const auto [error, df] = error_of(w, s, static_cast<std::size_t>(q.score().X.cols()) + 1);
                        a.errors = "estimating equations";
                        set(a, w.value, error, df);
                    }
                    a.targets = q.aimed_at();
                    if (q.options.with_balance) a.balance = balance(q.sample(), weights);
                    if (q.options.keep_rows) a.weights = weights;
                });
}

}  // namespace hubs
