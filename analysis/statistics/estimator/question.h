#pragma once
#include <functional>
#include <optional>

#include "analysis/statistics/estimator/answer.h"
#include "analysis/statistics/estimator/logit.h"

namespace hubs {

/// What every estimator is asked: one sample, made ready once.
class Question {
public:
    Question(const Sample& sample, const BatteryOptions& options);

    const BatteryOptions& options;
    /// Covariates that stand alone, the start first; and the same in standard deviations, for regressions and the
    /// score.
    const Sample& sample() const { return sample_; }
    const Sample& scaled() const { return scaled_; }
    const std::vector<std::string>& left_out() const { return left_out_; }
    bool clustered() const { return !sample_.clusters.empty(); }
    std::size_t aimed_at() const;  ///< rows whose effect is averaged

    /// The propensity score. Throws EstimationError where none can be fitted.
    const Logit& score() const;
    const std::vector<std::string>& left_out_of_score() const { return left_out_of_score_; }
    /// Whether leaving columns out of the score would help, or has helped.
    bool separated() const { return separated_; }
    /// Calipers of covariates in their own units.
    MatchLimits limits() const;

    /// The sample with the arms exchanged: the effect on controls is less the effect on the treated there.
    Sample exchanged() const;

private:
    void fit_score();

    Sample sample_, scaled_;
    Eigen::MatrixXd given_;  ///< start and covariates before any were left out
    std::vector<std::string> given_names_;
    std::vector<std::string> left_out_, left_out_of_score_;
    std::optional<Logit> score_;
    std::string no_score_;
    bool separated_ = false;
};

/// Answers, as estimators add them.
class Answers {
public:
    /// Runs one estimator; what it refuses is told in its place.
    void add(Answer about, const std::function<void(Answer&)>& work);
    std::vector<Answer> list;
};

/// With fewer matched rows, intervals hold the truth less often than they say: tests/estimator/coverage_test.cpp.
inline constexpr std::size_t few_matched = 40;

/// Value, error and 95 % interval: of t with `df` degrees of freedom, or normal.
void set(Answer& a, double value, double error, double df = not_available);
/// Treatment's coefficient in a regression of `outcome`, without or with all covariates; `weights`: else the sample's.
void regress(const Question& q, Answer& a, const Eigen::VectorXd& outcome, bool with_covariates,
             const Eigen::VectorXd* weights = nullptr);
/// What matching found, with its balance.
void set_matching(const Question& q, Answer& a, const MatchingEstimate& m);
/// Options of matching that every matching estimator shares.
MatchingOptions matching_options(const Question& q);

}  // namespace hubs
