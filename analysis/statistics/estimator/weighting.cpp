#include "analysis/statistics/estimator/weighting.h"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "analysis/statistics/estimator/columns.h"
#include "analysis/statistics/estimator/least_squares.h"

namespace hubs {
namespace {

Eigen::MatrixXd with_ones(const Eigen::MatrixXd& X) {
    Eigen::MatrixXd out(X.rows(), X.cols() + 1);
    out << Eigen::VectorXd::Ones(X.rows()), X;
    return out;
}

Eigen::VectorXd sampling_weights(const Sample& s) {
    return s.weights.size() > 0 ? s.weights : Eigen::VectorXd::Ones(static_cast<Eigen::Index>(s.size()));
}

/// A row's weight, and how it moves with the log-odds of its score.
struct Tilt {
    double weight, slope;
};
Tilt tilt(bool treated, double p, Estimand estimand) {
    const double odds = p / (1.0 - p);
    switch (estimand) {
        case Estimand::treated:
            return treated ? Tilt{1, 0} : Tilt{odds, odds};
        case Estimand::controls:
            return treated ? Tilt{1 / odds, -1 / odds} : Tilt{1, 0};
        case Estimand::all:
            break;
    }
    return treated ? Tilt{1 / p, -1 / odds} : Tilt{1 / (1 - p), odds};
}

bool aims_at(bool treated, Estimand estimand) {
    return estimand == Estimand::all || treated == (estimand == Estimand::treated);
}

/// What each row adds to the logit's coefficients.
Eigen::MatrixXd logit_influence(const Sample& s, const Logit& model) {
    const Eigen::VectorXd left = sampling_weights(s).cwiseProduct(s.treatment() - model.fitted);
    return left.asDiagonal() * model.X * model.covariance;
}

/// The regression of one arm: its predictions for all rows, and what each row adds to its coefficients.
struct ArmFit {
    Eigen::MatrixXd X;  ///< all rows; the columns used, constant first
    Eigen::VectorXd predicted;
    Eigen::MatrixXd influence;  ///< rows by coefficients; nothing for rows of the other arm
};
ArmFit fit_arm(const Sample& s, bool arm) {
    const auto& [X, names] = std::tie(s.covariates, s.names);
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < s.size(); ++i)
        if (s.treated[i] == arm) rows.push_back(static_cast<Eigen::Index>(i));
    const Columns columns = independent_columns(X(rows, Eigen::all), names, s.before_label);
    if (rows.size() < columns.kept.size() + 2)
        throw EstimationError("A regression of the " + std::string(arm ? "treated" : "controls") + " on " +
                              std::to_string(columns.kept.size()) + " covariates needs more than " +
                              std::to_string(rows.size()) + " rows.");
    ArmFit out;
    out.X = with_ones(X(Eigen::all, columns.kept));
    std::vector<std::string> used{"(constant)"};
    for (const Eigen::Index k : columns.kept) used.push_back(names[static_cast<std::size_t>(k)]);
    const Eigen::MatrixXd own = out.X(rows, Eigen::all);
    const Eigen::VectorXd w = sampling_weights(s)(rows), y = s.outcome(rows);
    const LeastSquares fit(own, y, used, &w);
    out.predicted = out.X * fit.coefficients();
    out.influence = Eigen::MatrixXd::Zero(out.X.rows(), out.X.cols());
    out.influence(rows, Eigen::all) = w.cwiseProduct(fit.residuals()).asDiagonal() * own * fit.bread();
    return out;
}

}  // namespace

InfluenceError error_of(const Weighted& effect, const Sample& s, std::size_t parameters) {
    const auto n = static_cast<double>(s.size()), used = static_cast<double>(parameters);
    if (n <= used + 1) throw EstimationError("Too few rows for " + std::to_string(parameters) + " estimated numbers.");
    double factor = n / (n - used);
    if (s.clusters.empty()) return {std::sqrt(factor * effect.influence.squaredNorm()), n - used};
    std::map<std::uint32_t, double> sums;
    std::set<std::uint32_t> sides[2];
    for (std::size_t i = 0; i < s.size(); ++i) {
        sums[s.clusters[i]] += effect.influence[static_cast<Eigen::Index>(i)];
        sides[s.treated[i]].insert(s.clusters[i]);
    }
    if (sides[0].size() < 2 || sides[1].size() < 2) throw EstimationError(two_clusters_needed);
    const auto groups = static_cast<double>(sums.size());
    double squares = 0;
    for (const auto& [cluster, sum] : sums) squares += sum * sum;
    factor *= groups / (groups - 1);
    return {std::sqrt(factor * squares), groups - 1};
}

Eigen::VectorXd score_weights(const Sample& s, const Eigen::VectorXd& p, Estimand estimand) {
    Eigen::VectorXd w = sampling_weights(s);
    for (Eigen::Index i = 0; i < p.size(); ++i)
        w[i] *= tilt(s.treated[static_cast<std::size_t>(i)], p[i], estimand).weight;
    return w;
}

Eigen::VectorXd treated_weights(const Sample& s, const Eigen::VectorXd& p) {
    Eigen::VectorXd w(p.size());
    for (Eigen::Index i = 0; i < p.size(); ++i)
        w[i] = tilt(s.treated[static_cast<std::size_t>(i)], p[i], Estimand::treated).weight;
    return w;
}

double effective_rows(const Sample& s, const Eigen::VectorXd& weights, bool arm) {
    double sum = 0, squares = 0;
    for (Eigen::Index i = 0; i < weights.size(); ++i) {
        if (s.treated[static_cast<std::size_t>(i)] != arm) continue;
        sum += weights[i];
        squares += weights[i] * weights[i];
    }
    return squares > 0 ? sum * sum / squares : 0;
}

double doubly_robust_value(const Sample& s, const Eigen::VectorXd& p) {
    const Eigen::VectorXd left = s.outcome - fit_arm(s, false).predicted;
    const auto n = static_cast<double>(s.treated_count());
    double value = 0;
    for (Eigen::Index i = 0; i < p.size(); ++i)
        value += (s.treated[static_cast<std::size_t>(i)] ? left[i] : -p[i] / (1.0 - p[i]) * left[i]) / n;
    return value;
}

double regression_adjusted_effect(const Sample& s, Estimand estimand) {
    const Eigen::VectorXd difference = fit_arm(s, true).predicted - fit_arm(s, false).predicted;
    double sum = 0, n = 0;
    for (Eigen::Index i = 0; i < difference.size(); ++i) {
        if (!aims_at(s.treated[static_cast<std::size_t>(i)], estimand)) continue;
        sum += difference[i];
        ++n;
    }
    return sum / n;
}

double weighted_effect(const Sample& s, const Eigen::VectorXd& p, Estimand estimand) {
    const Eigen::VectorXd w = score_weights(s, p, estimand);
    double sum[2]{}, weights[2]{};
    for (Eigen::Index i = 0; i < p.size(); ++i) {
        const bool t = s.treated[static_cast<std::size_t>(i)];
        sum[t] += w[i] * s.outcome[i];
        weights[t] += w[i];
    }
    return sum[1] / weights[1] - sum[0] / weights[0];
}

Weighted weighting(const Sample& s, const Logit& model, Estimand estimand) {
    const Eigen::VectorXd w = sampling_weights(s), full = score_weights(s, model.fitted, estimand);
    double sum[2]{}, mean[2]{};
    for (Eigen::Index i = 0; i < full.size(); ++i) sum[s.treated[static_cast<std::size_t>(i)]] += full[i];
    for (Eigen::Index i = 0; i < full.size(); ++i) {
        const bool t = s.treated[static_cast<std::size_t>(i)];
        mean[t] += full[i] * s.outcome[i] / sum[t];
    }
    Weighted out{mean[1] - mean[0], Eigen::VectorXd(full.size())};
    Eigen::VectorXd moved = Eigen::VectorXd::Zero(model.X.cols());  // of the value with the logit's coefficients
    for (Eigen::Index i = 0; i < full.size(); ++i) {
        const bool t = s.treated[static_cast<std::size_t>(i)];
        const double sign = t ? 1 : -1, apart = sign * (s.outcome[i] - mean[t]) / sum[t];
        out.influence[i] = full[i] * apart;
        moved += w[i] * tilt(t, model.fitted[i], estimand).slope * apart * model.X.row(i).transpose();
    }
    out.influence += logit_influence(s, model) * moved;
    return out;
}

Weighted doubly_robust(const Sample& s, const Logit& model, Estimand estimand, Residuals kind) {
    const Eigen::VectorXd w = sampling_weights(s), full = score_weights(s, model.fitted, estimand);
    const Eigen::Index n = full.size();
    Eigen::VectorXd aim = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i)
        if (aims_at(s.treated[static_cast<std::size_t>(i)], estimand)) aim[i] = w[i];
    const double aimed = aim.sum();
    aim /= aimed;
    Weighted out{0, Eigen::VectorXd::Zero(n)};
    Eigen::VectorXd moved = Eigen::VectorXd::Zero(model.X.cols());
    for (const bool arm : {false, true}) {
        const double sign = arm ? 1 : -1;
        if (estimand == (arm ? Estimand::treated : Estimand::controls)) {  // its own outcomes need no regression
            out.influence += sign * aim.cwiseProduct(s.outcome);
            continue;
        }
        const ArmFit fit = fit_arm(s, arm);
        const Eigen::VectorXd left = s.outcome - fit.predicted;
        Eigen::VectorXd used = Eigen::VectorXd::Zero(n);  // weights of the arm's rows
        for (Eigen::Index i = 0; i < n; ++i)
            if (s.treated[static_cast<std::size_t>(i)] == arm) used[i] = full[i];
        const double divisor = kind == Residuals::by_weights ? used.sum() : aimed;
        used /= divisor;
        // divided by their own sum, weighted residuals are a mean, and each counts by how far it is from it
        const double mean = kind == Residuals::by_weights ? used.dot(left) : 0.0;
        for (Eigen::Index i = 0; i < n; ++i) {
            if (used[i] == 0) continue;
            const double slope = w[i] * tilt(arm, model.fitted[i], estimand).slope / divisor;
            moved += sign * slope * (left[i] - mean) * model.X.row(i).transpose();
        }
        out.value += sign * mean;
        out.influence += sign * (aim.cwiseProduct(fit.predicted) + used.cwiseProduct((left.array() - mean).matrix()));
        out.influence += fit.influence * (sign * fit.X.transpose() * (aim - used));
    }
    out.influence += logit_influence(s, model) * moved;
    const double centre = out.influence.sum();  // what is added for the estimated numbers sums to zero
    out.value += centre;
    out.influence -= centre * aim;
    return out;
}

}  // namespace hubs
