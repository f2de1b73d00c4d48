#include "analysis/study/calibration/observables.h"

#include <algorithm>

#include "analysis/study/calibration/group_figures.h"
#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/least_squares.h"
#include "analysis/statistics/estimator/weighting.h"

namespace hubs {
namespace {

const std::vector<std::string> estimator_words{"regression",
                                               "regression_r2",
                                               "regression_r2_of_gain",
                                               "doubly_robust",
                                               "nearest_neighbour",
                                               "nearest_neighbour_least",
                                               "nearest_neighbour_most",
                                               "propensity",
                                               "difference_in_differences",
                                               "effect_size",
                                               "outcome_sd",
                                               "growth_ratio"};

/// The evaluation's estimators, each worked out once and only when asked for.
class Estimates {
public:
    Estimates(const Study& study, const Returns& returns) : study_(study), returns_(returns) {}

    double of(const std::string& word) {
        if (word == "none") return not_available;
        if (!sample_) prepare();
        if (word == "regression") return regression(all_.outcome).coefficients()[1];
        if (word == "regression_r2") return regression(all_.outcome).r_squared();
        if (word == "regression_r2_of_gain") return regression(all_.outcome - all_.before).r_squared();
        if (word == "doubly_robust") return doubly_robust_value(all_, score().fitted);
        if (word == "nearest_neighbour") return matching(all_, all_.covariates, all_.names, {}).value;
        if (word == "nearest_neighbour_least") return single().first;
        if (word == "nearest_neighbour_most") return single().second;
        if (word == "difference_in_differences") return gain(1) - gain(0);
        if (word == "growth_ratio") return gain(1) / gain(0);
        if (word == "outcome_sd") return 1.0 / effect_size(all_, 1.0);
        if (word == "effect_size") return effect_size(all_, matching(all_, all_.covariates, all_.names, {}).value);
        MatchingOptions options;
        options.matches = 3;
        options.caliper = 0.2;
        return matching(all_, score().fitted, {"score"}, options).value;
    }

private:
    void prepare() {
        const Sample s = sample_of(study_, returns_, Outcome::reported);
        all_ = s;
        all_.covariates.resize(s.covariates.rows(), s.covariates.cols() + 1);
        all_.covariates << s.before, s.covariates;
        all_.names.insert(all_.names.begin(), "benchmarks before");
        sample_ = true;
    }
    /// Of the treatment and all covariates, benchmarks before among them.
    LeastSquares regression(const Eigen::VectorXd& outcome) const {
        Eigen::MatrixXd X(all_.covariates.rows(), all_.covariates.cols() + 2);
        X << Eigen::VectorXd::Ones(all_.covariates.rows()), all_.treatment(), all_.covariates;
        std::vector<std::string> names{"(constant)", "treated"};
        names.insert(names.end(), all_.names.begin(), all_.names.end());
        return LeastSquares(X, outcome, names);
    }
    const Logit& score() {
        if (!model_) model_ = logit(all_.covariates, all_.treated, all_.names);
        return *model_;
    }
    /// The least and the most that matching on one covariate alone finds.
    std::pair<double, double> single() {
        if (!single_) {
            std::vector<double> found;
            for (Eigen::Index k = 0; k < all_.covariates.cols(); ++k)
                found.push_back(
                    matching(all_, all_.covariates.col(k), {all_.names[static_cast<std::size_t>(k)]}, {}).value);
            single_ = {*std::min_element(found.begin(), found.end()), *std::max_element(found.begin(), found.end())};
        }
        return *single_;
    }
    /// Mean gain since the start of the treated, or of the others.
    double gain(std::uint8_t treated) const {
        double sum = 0, n = 0;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (all_.treated[i] != treated) continue;
            sum += all_.outcome[static_cast<Eigen::Index>(i)] - all_.before[static_cast<Eigen::Index>(i)];
            ++n;
        }
        return sum / n;
    }

    const Study& study_;
    const Returns& returns_;
    bool sample_ = false;
    Sample all_;
    std::optional<Logit> model_;
    std::optional<std::pair<double, double>> single_;
};

}  // namespace

bool can_observe(const std::string& observe, const std::string& group, const Framework& f) {
    for (const auto& word : estimator_words)
        if (observe == word) return group.empty();
    return GroupFigures::knows(observe, group, f);
}

Eigen::VectorXd observed(const Study& study, const CalibrationProblem& problem, const std::vector<Returns>& returns,
                         std::size_t count) {
    const auto dates = problem.dates();
    std::vector<GroupFigures> figures;
    std::vector<Estimates> estimates;
    for (const Returns& r : returns) {
        figures.emplace_back(study, r);
        estimates.emplace_back(study, r);
    }
    Eigen::VectorXd out(static_cast<Eigen::Index>(count));
    for (std::size_t j = 0; j < count; ++j) {
        const CalibrationTarget& t = problem.targets[j];
        const auto date = static_cast<std::size_t>(std::find(dates.begin(), dates.end(), t.months) - dates.begin());
        double& value = out[static_cast<Eigen::Index>(j)];
        if (!t.group.empty()) {
            value = figures[date].of(t.observe, t.group);
            continue;
        }
        try {
            value = estimates[date].of(t.observe);
        } catch (const EstimationError&) {
            value = not_available;
        }
    }
    return out;
}

Eigen::VectorXd simulate_targets(const Study& study, const CalibrationProblem& problem, const Eigen::VectorXd& u,
                                 std::uint32_t number, std::size_t count) {
    const Scenario scenario = scenario_at(study, problem, u);
    const Plan* plan = nullptr;
    for (const Plan& p : study.scenario.plans)
        if (p.name == problem.plan) plan = &p;
    EvaluationDesign design;
    design.months = problem.months;
    std::vector<Returns> returns =
        returns_after(study, scenario, *plan, design, problem.dates(), {problem.seed, number});
    const std::size_t all = problem.targets.size();
    if (count <= all) return observed(study, problem, returns, count);
    Eigen::VectorXd out(static_cast<Eigen::Index>(2 * all));
    out.head(static_cast<Eigen::Index>(all)) = observed(study, problem, returns, all);
    for (Returns& r : returns) {
        r.items_after = r.items_before;
        r.reported_after = r.reported_before;
    }
    CalibrationProblem groups = problem;  // estimates say nothing of a world that stood still
    for (CalibrationTarget& t : groups.targets)
        if (t.group.empty()) t.observe = "none";
    out.tail(static_cast<Eigen::Index>(all)) = observed(study, groups, returns, all);
    return out;
}

}  // namespace hubs
