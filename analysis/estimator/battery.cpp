#include "analysis/estimator/battery.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <set>

#include "analysis/estimator/least_squares.h"
#include "analysis/estimator/propensity.h"

namespace hubs {
namespace {

void set(Answer& a, double value, double error, double df = not_available) {
    a.value = value;
    a.error = error;
    a.df = df;
    const double z = std::isnan(df) ? boost::math::quantile(boost::math::normal(), 0.975) : boost::math::quantile(boost::math::students_t(df), 0.975);
    a.low = value - z * error;
    a.high = value + z * error;
}

/// The sample with the start among the covariates.
Sample with_before(const Sample& sample) {
    if (sample.before.size() == 0) return sample;
    Sample out = sample;
    out.covariates.resize(sample.covariates.rows(), sample.covariates.cols() + 1);
    out.covariates << sample.before, sample.covariates;
    out.names.insert(out.names.begin(), "benchmarks before");
    return out;
}

class Runner {
public:
    Runner(const Sample& sample, const BatteryOptions& options) : sample_(sample), all_(with_before(sample)), o_(options) {}

    Battery run() {
        out_.treated = sample_.treated_count();
        out_.controls = sample_.size() - out_.treated;
        if (out_.treated < 2 || out_.controls < 2)
            throw EstimationError("Too few rows: " + std::to_string(out_.treated) + " treated and " + std::to_string(out_.controls) +
                                  " controls; every estimator needs at least two of each.");
        const Eigen::VectorXd ones = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(sample_.size()));
        for (Balance b : balance(all_, ones)) out_.raw.push_back(b);
        regressions();
        if (all_.covariates.cols() == 0) return std::move(out_);
        nearest_neighbours();
        scores();
        return std::move(out_);
    }

private:
    /// Runs one estimator; what it refuses is told in its place.
    void answer(const char* id, const std::string& name, const std::string& method, const std::function<void(Answer&)>& work) {
        Answer a{id, name, method, {}, not_available, not_available, not_available, not_available, not_available, not_available, out_.treated, 0, 0, {}};
        try {
            work(a);
        } catch (const EstimationError& e) {
            a = {id, name, method, e.what(), not_available, not_available, not_available, not_available, not_available, not_available, 0, 0, 0, {}};
        }
        out_.answers.push_back(std::move(a));
    }

    void regress(Answer& a, const Eigen::VectorXd& outcome, const Eigen::MatrixXd& covariates, const std::vector<std::string>& names,
                 const Eigen::VectorXd* weights = nullptr) {
        Eigen::MatrixXd X(outcome.size(), 2 + covariates.cols());
        X << Eigen::VectorXd::Ones(outcome.size()), sample_.treatment(), covariates;
        std::vector<std::string> columns{"(constant)", "treated"};
        columns.insert(columns.end(), names.begin(), names.end());
        const LeastSquares fit(X, outcome, columns, weights);
        a.r_squared = fit.r_squared();
        if (sample_.clusters.empty()) return set(a, fit.coefficients()[1], fit.robust_error(1, LeastSquares::Robust::HC3));
        std::set<std::uint32_t> arm[2];
        for (std::size_t i = 0; i < sample_.size(); ++i) arm[sample_.treated[i]].insert(sample_.clusters[i]);
        if (arm[0].size() < 2 || arm[1].size() < 2) throw EstimationError("Errors by cluster need at least two clusters of treated and two of controls.");
        const auto clustered = fit.clustered_error(1, sample_.clusters);
        out_.clusters = clustered.clusters;
        set(a, fit.coefficients()[1], clustered.CR2, clustered.df);
    }

    void regressions() {
        const std::string errors = sample_.clusters.empty() ? "HC3 errors" : "errors by cluster (CR2, Satterthwaite)";
        const Eigen::MatrixXd none(sample_.covariates.rows(), 0);
        answer("difference", "Difference of means", "treated less controls at the end; " + errors, [&](Answer& a) { regress(a, sample_.outcome, none, {}); });
        if (sample_.before.size() > 0)
            answer("difference_in_differences", "Difference in differences", "difference of mean gains; " + errors,
                   [&](Answer& a) { regress(a, sample_.outcome - sample_.before, none, {}); });
        if (all_.covariates.cols() > 0)
            answer("regression", "Multivariate regression", "outcome on treatment and all covariates; " + errors,
                   [&](Answer& a) { regress(a, sample_.outcome, all_.covariates, all_.names); });
    }

    void match(Answer& a, const Eigen::MatrixXd& X, const std::vector<std::string>& names, const MatchingOptions& options) {
        keep(a, matching(sample_, X, names, options));
    }
    void keep(Answer& a, const MatchingEstimate& m) {
        set(a, m.value, m.error);
        a.targets = m.targets;
        a.dropped = m.dropped;
        a.pairs = m.pairs();
        if (o_.with_balance) a.balance = balance(all_, weights_of(m.matched, sample_.size()));
    }

    void nearest_neighbours() {
        MatchingOptions options;
        options.variance_matches = 2;
        const std::string method = "effect on the treated; one nearest neighbour with replacement, ties kept; Abadie-Imbens errors, J = 2";
        answer("nearest_neighbour", "Nearest neighbour, all covariates", "Mahalanobis; " + method,
               [&](Answer& a) { match(a, all_.covariates, all_.names, options); });
        answer("nearest_neighbour_adjusted", "Nearest neighbour, bias adjusted", "Mahalanobis, regression within the matched arm; " + method, [&](Answer& a) {
            MatchingOptions adjusted = options;
            adjusted.bias_adjusted = true;
            match(a, all_.covariates, all_.names, adjusted);
        });
        if (!o_.single) return;
        for (Eigen::Index k = 0; k < all_.covariates.cols(); ++k)
            answer("nearest_neighbour_single", "Nearest neighbour, " + all_.names[static_cast<std::size_t>(k)] + " alone", method,
                   [&](Answer& a) { match(a, all_.covariates.col(k), {all_.names[static_cast<std::size_t>(k)]}, options); });
    }

    void scores() {
        Logit model;
        std::string refusal;
        try {
            model = logit(all_.covariates, sample_.treated, all_.names);
            out_.overlap = overlap(sample_, model.fitted);
        } catch (const EstimationError& e) {
            refusal = e.what();
        }
        const auto with_model = [&](const std::function<void(Answer&)>& work) {
            return [&refusal, work](Answer& a) {
                if (!refusal.empty()) throw EstimationError(refusal);
                work(a);
            };
        };
        char text[160];
        std::snprintf(text, sizeof text, "effect on the treated; %u to one on the estimated score, caliper %g standard deviations; Abadie-Imbens (2016) errors",
                      o_.matches, o_.caliper);
        answer("propensity", "Multi-match propensity score", text, with_model([&](Answer& a) {
                   MatchingOptions options;
                   options.matches = o_.matches;
                   options.caliper = o_.caliper;
                   options.variance_matches = 2;
                   const PropensityMatch m = propensity_matching(all_, model, options, 20);
                   keep(a, m.matching);
                   if (std::isfinite(m.corrected_error)) set(a, m.matching.value, m.corrected_error);
                   else a.method += ", not corrected for the estimated score here";
               }));
        answer("weighting", "Inverse-probability weighting", "effect on the treated; ratio of sums; robust errors that take the score as known",
               with_model([&](Answer& a) {
                   const Eigen::VectorXd w = treated_weights(sample_, model.fitted);
                   regress(a, sample_.outcome, Eigen::MatrixXd(w.size(), 0), {}, &w);
                   if (o_.with_balance) a.balance = balance(all_, w);
               }));
        answer("doubly_robust", "Doubly robust", "effect on the treated; regression of the controls corrected by weighting; influence-function errors",
               with_model([&](Answer& a) {
                   Sample full = all_;
                   const DoublyRobust d = doubly_robust(full, model.fitted);
                   set(a, d.value, d.error);
               }));
    }

    const Sample& sample_;
    const Sample all_;
    const BatteryOptions& o_;
    Battery out_;
};

}  // namespace

const Answer* Battery::find(const std::string& id) const {
    for (const Answer& a : answers)
        if (a.id == id) return &a;
    return nullptr;
}

Battery run_battery(const Sample& sample, const BatteryOptions& options) { return Runner(sample, options).run(); }

double effect_size(const Sample& sample, double effect) {
    double n[2]{}, sum[2]{}, squares = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        ++n[sample.treated[i]];
        sum[sample.treated[i]] += sample.outcome[static_cast<Eigen::Index>(i)];
    }
    for (std::size_t i = 0; i < sample.size(); ++i)
        squares += std::pow(sample.outcome[static_cast<Eigen::Index>(i)] - sum[sample.treated[i]] / n[sample.treated[i]], 2);
    return effect / std::sqrt(squares / (n[0] + n[1] - 2.0));
}

}  // namespace hubs
