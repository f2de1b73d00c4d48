#include "analysis/statistics/estimator/battery.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/base/words.h"
#include "analysis/statistics/estimator/estimators.h"
#include "analysis/statistics/estimator/weighting.h"

namespace hubs {
namespace {

constexpr double bad_balance = 0.1;  // of a standard deviation (Austin 2009)

/// What a careful reader would ask about first.
std::vector<std::string> warnings_of(const Question& q, const Battery& b) {
    std::vector<std::string> out;
    for (const char* id : {"nearest_neighbour", "propensity", "weighting"}) {
        const Answer* a = b.find(id);
        if (a == nullptr || a->refused()) continue;
        if (10 * a->dropped > a->targets + a->dropped)
            out.push_back(a->name + ": " + counted(a->dropped, "row") + " of " +
                          std::to_string(a->targets + a->dropped) + " had too few matches near enough" +
                          (std::string(id) == "propensity" ? " (--matches, --caliper)" : "") +
                          ", so the answer is about the others only.");
        const Balance* worst = nullptr;
        for (const Balance& one : a->balance)
            if (std::fabs(one.after) > bad_balance &&
                (worst == nullptr || std::fabs(one.after) > std::fabs(worst->after)))
                worst = &one;
        if (worst != nullptr)
            out.push_back(a->name + ": \"" + worst->covariate + "\" still differs by " + decimal(worst->after, 2) +
                          " standard deviations; above 0.1 balance is held to be bad.");
    }
    if (b.overlap < 0.9)
        out.push_back("Only " + decimal(100 * b.overlap, 0) + " % of " + aimed_in_words(q.options.estimand) +
                      " lie inside the range of the other arm's scores.");
    if (b.score.size() > 0) {
        const Eigen::VectorXd w = score_weights(q.sample(), b.score, q.options.estimand);
        for (const bool arm : {false, true}) {
            const double effective = effective_rows(q.sample(), w, arm),
                         n = static_cast<double>(arm ? b.treated : b.controls);
            if (effective < 0.3 * n || effective < 10)
                out.push_back("Weighting uses " + std::string(arm ? "the treated" : "controls") + " as if they were " +
                              decimal(effective, 1) + " of " + decimal(n, 0) + " rows.");
        }
    }
    if (std::any_of(b.answers.begin(), b.answers.end(), [](const Answer& a) { return a.errors.ends_with("few rows"); }))
        out.push_back("Errors of matching are for many rows: with fewer than " + std::to_string(few_matched) +
                      " matched rows intervals are too narrow.");
    if (b.clusters > 0)
        out.push_back(
            "Errors of matching are not by cluster: they count schools as independent, and are too small where they are not.");
    if (b.clusters > 0 && b.clusters < 20)
        out.push_back("Only " + std::to_string(b.clusters) + " clusters: errors by cluster are rough below 20 or so.");
    return out;
}

void set_e_values(const Sample& sample, Battery& b) {
    const double level = deviation_within(sample, sample.outcome, {false, true});
    for (Answer& a : b.answers) {
        const bool of_gain = a.id == "difference_in_differences";
        const double sd = of_gain ? deviation_within(sample, sample.outcome - sample.before, {false, true}) : level;
        if (a.refused() || !(sd > 0)) continue;
        a.e_value = e_value(a.value / sd);
        const bool holds_zero = a.low <= 0 && a.high >= 0;
        a.e_value_of_interval = holds_zero ? 1.0 : e_value((a.value > 0 ? a.low : a.high) / sd);
    }
}

}  // namespace

const Answer* Battery::find(const std::string& id) const {
    for (const Answer& a : answers)
        if (a.id == id) return &a;
    return nullptr;
}

const Answer* Battery::first() const {
    for (const char* id : {clusters > 0 ? "regression" : "nearest_neighbour_adjusted", "regression", "difference"})
        if (const Answer* a = find(id); a != nullptr && !a->refused()) return a;
    return nullptr;
}

Battery run_battery(const Sample& sample, const BatteryOptions& options) {
    Battery out;
    out.treated = sample.treated_count();
    out.controls = sample.size() - out.treated;
    if (out.treated < 2 || out.controls < 2)
        throw EstimationError("Too few rows: " + std::to_string(out.treated) + " treated and " +
                              counted(out.controls, "control") + "; every estimator needs at least two of each.");
    out.estimand = options.estimand;
    const Question question(sample, options);
    out.left_out = question.left_out();
    out.separated = question.separated();
    for (const std::string& name : question.left_out_of_score())
        out.left_out.push_back('"' + name +
                               "\" tells treated and control rows apart, so it is not in the propensity score");
    out.clusters = std::set<std::uint32_t>(sample.clusters.begin(), sample.clusters.end()).size();
    Answers answers;
    for (const auto estimator : estimators) estimator(question, answers);
    out.answers = std::move(answers.list);
    try {
        out.score = question.score().fitted;
        out.overlap = overlap(sample, out.score, options.estimand);
    } catch (const EstimationError&) {
        out.overlap = not_available;  // told where the score is used
    }
    if (!options.with_balance) return out;
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(sample.size()));
    out.raw = balance(question.sample(), sample.weights.size() > 0 ? sample.weights : ones);
    if (sample.weights.size() > 0)
        for (Balance& b : out.raw) b.before = b.after;
    out.warnings = warnings_of(question, out);
    set_e_values(sample, out);
    return out;
}

std::string aimed_in_words(Estimand estimand) {
    return estimand == Estimand::all ? "all rows"
                                     : "the " + std::string(estimand_names[static_cast<std::size_t>(estimand)]);
}

double effect_size(const Sample& sample, double effect) {
    double n[2]{}, sum[2]{}, squares = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        ++n[sample.treated[i]];
        sum[sample.treated[i]] += sample.outcome[static_cast<Eigen::Index>(i)];
    }
    for (std::size_t i = 0; i < sample.size(); ++i)
        squares +=
            std::pow(sample.outcome[static_cast<Eigen::Index>(i)] - sum[sample.treated[i]] / n[sample.treated[i]], 2);
    return effect / std::sqrt(squares / (n[0] + n[1] - 2.0));
}

double e_value(double d) {
    const double ratio = std::exp(0.91 * std::fabs(d));
    return ratio + std::sqrt(ratio * (ratio - 1.0));
}

}  // namespace hubs
