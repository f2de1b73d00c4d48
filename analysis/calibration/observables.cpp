#include "analysis/calibration/observables.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "analysis/estimator/battery.h"
#include "analysis/estimator/least_squares.h"
#include "analysis/estimator/propensity.h"

namespace hubs {
namespace {

const std::vector<std::string> group_words{"hub", "network", "none", "all", "hub_schools"};
const std::vector<std::string> estimator_words{"regression",        "regression_r2", "regression_r2_of_gain",    "doubly_robust",
                                               "nearest_neighbour", "propensity",    "difference_in_differences"};

int item_of(const std::string& id, const Framework& f) {
    for (std::size_t i = 0; i < f.items.size(); ++i)
        if (f.items[i].id == id) return static_cast<int>(i);
    return -1;
}

/// Sums over those of a group who made a return in the window.
class GroupSums {
public:
    GroupSums(const Study& study, const Returns& r, const std::string& group) {
        for (std::size_t i = 0; i < r.count(); ++i) {
            if (r.returned[i] == 0 || !in(study, r, i, group)) continue;
            ++n;
            const double before = std::popcount(r.reported_before[i]), after = std::popcount(r.reported_after[i]);
            sum += after;
            squares += after * after;
            gain += after - before;
            for (unsigned b = 0; b < benchmark_count; ++b) share[b] += r.reported_after[i] >> b & 1u;
            for (unsigned k = 0; k < 64; ++k) {
                item[k] += static_cast<double>(r.items_after[i] >> k & 1u);
                item_before[k] += static_cast<double>(r.items_before[i] >> k & 1u);
            }
        }
    }
    double n = 0, sum = 0, squares = 0, gain = 0;
    std::array<double, benchmark_count> share{};
    std::array<double, 64> item{}, item_before{};

private:
    static bool in(const Study& study, const Returns& r, std::size_t i, const std::string& group) {
        const bool hub = r.arm[i] == Returns::Arm::treated;
        if (group == "all") return true;
        if (group == "hub") return hub;
        if (group == "hub_schools") return hub && study.population.establishments.type[EstablishmentId{static_cast<std::uint32_t>(i)}] != Type::college;
        return !hub && (r.status_before[i] == Status::none) == (group == "none");
    }
};

double of_group(const GroupSums& g, const std::string& observe, const Framework& f) {
    if (observe == "mean") return g.sum / g.n;
    if (observe == "gain") return g.gain / g.n;
    if (observe == "sd") return std::sqrt(std::max(0.0, g.squares / g.n - g.sum * g.sum / (g.n * g.n)));
    if (observe == "over_half") return static_cast<double>(std::count_if(g.share.begin(), g.share.end(), [&](double met) { return met > 0.5 * g.n; }));
    if (observe.starts_with("share_b")) return 100.0 * g.share[static_cast<std::size_t>(observe[7] - '1')] / g.n;
    if (observe.starts_with("item_gain_")) {
        const auto k = static_cast<std::size_t>(item_of(observe.substr(10), f));
        return 100.0 * (g.item[k] - g.item_before[k]) / g.n;
    }
    return 100.0 * g.item[static_cast<std::size_t>(item_of(observe.substr(5), f))] / g.n;
}

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
        if (word == "doubly_robust") return doubly_robust(all_, score().fitted).value;
        if (word == "nearest_neighbour") return matching(all_, all_.covariates, all_.names, {}).value;
        if (word == "difference_in_differences") return difference();
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
    double difference() const {
        double sum[2]{}, n[2]{};
        for (std::size_t i = 0; i < all_.size(); ++i) {
            sum[all_.treated[i]] += all_.outcome[static_cast<Eigen::Index>(i)] - all_.before[static_cast<Eigen::Index>(i)];
            ++n[all_.treated[i]];
        }
        return sum[1] / n[1] - sum[0] / n[0];
    }

    const Study& study_;
    const Returns& returns_;
    bool sample_ = false;
    Sample all_;
    std::optional<Logit> model_;
};

}  // namespace

bool can_observe(const std::string& observe, const std::string& group, const Framework& f) {
    for (const auto& word : estimator_words)
        if (observe == word) return group.empty();
    if (std::find(group_words.begin(), group_words.end(), group) == group_words.end()) return false;
    if (observe == "mean" || observe == "gain" || observe == "sd" || observe == "over_half") return true;
    if (observe.starts_with("share_b")) return observe.size() == 8 && observe[7] >= '1' && observe[7] <= '8';
    if (observe.starts_with("item_gain_")) return item_of(observe.substr(10), f) >= 0;
    return observe.starts_with("item_") && item_of(observe.substr(5), f) >= 0;
}

Eigen::VectorXd observed(const Study& study, const CalibrationProblem& problem, const Returns& returns, std::size_t count) {
    std::map<std::string, GroupSums> sums;
    Estimates estimates(study, returns);
    Eigen::VectorXd out(static_cast<Eigen::Index>(count));
    for (std::size_t j = 0; j < count; ++j) {
        const CalibrationTarget& t = problem.targets[j];
        double& value = out[static_cast<Eigen::Index>(j)];
        if (t.group.empty()) {
            try {
                value = estimates.of(t.observe);
            } catch (const EstimationError&) {
                value = not_available;
            }
            continue;
        }
        const auto at = sums.find(t.group);
        value = of_group(at != sums.end() ? at->second : sums.emplace(t.group, GroupSums(study, returns, t.group)).first->second, t.observe, study.framework);
    }
    return out;
}

Eigen::VectorXd simulate_targets(const Study& study, const CalibrationProblem& problem, const Eigen::VectorXd& u, std::uint32_t number, std::size_t count) {
    const Scenario scenario = scenario_at(study, problem, u);
    const Plan* plan = nullptr;
    for (const Plan& p : study.scenario.plans)
        if (p.name == problem.plan) plan = &p;
    EvaluationDesign design;
    design.months = problem.months;
    Returns returns = returns_of(study, scenario, *plan, design, {problem.seed, number}, false);
    const std::size_t all = problem.targets.size();
    if (count <= all) return observed(study, problem, returns, count);
    Eigen::VectorXd out(static_cast<Eigen::Index>(2 * all));
    out.head(static_cast<Eigen::Index>(all)) = observed(study, problem, returns, all);
    returns.items_after = returns.items_before;
    returns.reported_after = returns.reported_before;
    CalibrationProblem groups = problem;  // estimates say nothing of a world that stood still
    for (CalibrationTarget& t : groups.targets)
        if (t.group.empty()) t.observe = "none";
    out.tail(static_cast<Eigen::Index>(all)) = observed(study, groups, returns, all);
    return out;
}

}  // namespace hubs
