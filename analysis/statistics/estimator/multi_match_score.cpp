#include <cmath>
#include <cstdio>

#include "analysis/statistics/estimator/estimators.h"
#include "analysis/statistics/estimator/propensity.h"

namespace hubs {
namespace {

/// The score with the arms exchanged.
Logit exchanged(const Logit& model) {
    Logit out = model;
    out.coefficients = -model.coefficients;
    out.linear = -model.linear;
    out.fitted = 1.0 - model.fitted.array();
    return out;
}

/// Matching on the score is worked out for the treated or for all; controls are the treated of the arms exchanged.
PropensityMatch matched_on_score(const Question& q, MatchingOptions options) {
    constexpr unsigned covariance_rows = 20;
    if (options.estimand != Estimand::controls)
        return propensity_matching(q.sample(), q.score(), options, covariance_rows);
    options.estimand = Estimand::treated;
    PropensityMatch m = propensity_matching(q.exchanged(), exchanged(q.score()), options, covariance_rows);
    m.matching.value = -m.matching.value;
    return m;
}

}  // namespace

void multi_match_score(const Question& q, Answers& answers) {
    if (q.sample().covariates.cols() == 0) return;
    char method[160];
    std::snprintf(method, sizeof method, "%u to one on the estimated score, caliper %g standard deviations",
                  q.options.matches, q.options.caliper);
    answers.add(
        {.id = "propensity",
         .name = "Multi-match propensity score",
         .method = method,
         .estimand = std::string(estimand_names[static_cast<std::size_t>(q.options.estimand)]),
         .errors = "Abadie-Imbens"},
        [&](Answer& a) {
            MatchingOptions options = matching_options(q);
            options.matches = q.options.matches;
            options.caliper = q.options.caliper;
            const PropensityMatch m = matched_on_score(q, options);
            const bool many_dropped = 20 * m.matching.dropped > m.matching.targets + m.matching.dropped;
            const bool corrected = std::isfinite(m.corrected_error) && q.sample().weights.size() == 0 && !many_dropped;
            if (corrected) a.errors += " 2016";
            set_matching(q, a, m.matching);
            if (corrected) return set(a, m.matching.value, m.corrected_error);
            a.notes.push_back(
                many_dropped
                    ? "its error takes the score as known: with so many rows outside the caliper it cannot be corrected"
                    : "its error takes the score as known: the correction for estimating it is not available here");
        });
}

}  // namespace hubs
