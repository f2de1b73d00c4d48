#include "analysis/study/calibration/identify.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/study/calibration/weighted_quantile.h"
#include "analysis/statistics/estimator/sample.h"
#include "analysis/statistics/sampling/sampling.h"

namespace hubs {
namespace {

std::string short_name(const std::string& path) { return path.substr(path.find('.') + 1); }

/// Area shared by the posterior of u and its uniform prior, in twenty bins.
double overlap_of(const Eigen::VectorXd& u) {
    double bins[20]{}, shared = 0;
    for (const double x : u) bins[std::min(19, static_cast<int>(x * 20))] += 1.0 / static_cast<double>(u.size());
    for (const double b : bins) shared += std::min(b, 0.05);
    return shared;
}

/// "cost_1 up with trial_share up": the largest parts of a direction.
std::string in_words(const Eigen::VectorXd& direction, const CalibrationProblem& p) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(direction.size()));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return std::fabs(direction[a]) > std::fabs(direction[b]); });
    std::string out;
    const double sign = direction[order[0]] > 0 ? 1 : -1;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i) {
        if (i > 0 && std::fabs(direction[order[i]]) < 0.3) break;
        out += (i > 0 ? " with " : "") + short_name(p.parameters[static_cast<std::size_t>(order[i])].path) + (sign * direction[order[i]] > 0 ? " up" : " down");
    }
    return out;
}

/// Mean |X - y| less half the mean |X - X'|, for weighted draws (Gneiting and Raftery 2007).
double crps(std::vector<std::pair<double, double>> values, double y) {
    std::sort(values.begin(), values.end());
    double to_y = 0, among = 0, below = 0;
    for (const auto& [x, w] : values) {
        to_y += w * std::fabs(x - y);
        among += w * x * (2.0 * below + w - 1.0);  // sum over pairs by order
        below += w;
    }
    return to_y - among;
}

/// The published gains (S002 to S004) given to every benchmark alike; estimates: the published regression.
double uniform_uplift(const CalibrationTarget& t, double start, unsigned first_year) {
    if (t.months != first_year) return not_available;
    double gain = (727 * 1.4 + 2429 * 0.6 + 958 * 0.1) / (727 + 2429 + 958);
    if (t.group == "hub" || t.group == "hub_schools") gain = 1.4;
    if (t.group == "network") gain = 0.6;
    if (t.group == "none") gain = 0.1;
    if (t.group.empty()) return t.observe.starts_with("regression_r2") ? not_available : 0.55;
    if (t.observe == "gain" || t.observe == "mean") return start + gain;
    if (t.observe.starts_with("share_") || t.observe.starts_with("item_")) return start + 100.0 * gain / benchmark_count;
    return t.observe == "sd" ? start : not_available;  // of an ordering it says nothing
}

/// A lower bound fits where more than 5 or 10 % of predictions reach it; how far above they are is not judged.
void judge_bound(FitRow& row, const std::vector<std::pair<double, double>>& values) {
    row.inside_95 = row.target->value <= weighted_quantile(values, 0.95);
    row.inside_90 = row.target->value <= weighted_quantile(values, 0.90);
    row.distance = std::min(row.distance, 0.0);
    row.crps = row.crps_no_change = row.crps_uniform = not_available;
}

}  // namespace

std::vector<FitRow> fit_of(const Calibration& c, const Emulator& emulator, const Eigen::MatrixXd& real, const Eigen::VectorXd& shifts) {
    const CalibrationProblem& p = c.problem;
    const auto replicates = static_cast<Eigen::Index>(p.check_replicates);
    const auto centre = emulator.at(c.u.colwise().mean().transpose());
    std::vector<FitRow> out;
    for (std::size_t j = 0; j < p.targets.size(); ++j) {
        const CalibrationTarget& t = p.targets[j];
        const auto column = static_cast<Eigen::Index>(j);
        Dice dice(p.seed, static_cast<std::uint32_t>(j), 0xF17u);
        std::vector<std::pair<double, double>> values;
        double mean = 0, weight = 0, squares = 0, within = 0;
        for (Eigen::Index i = 0; i < real.rows(); ++i) {
            const double own = std::sqrt(t.own_variance()) * dice.normal();
            if (!std::isfinite(real(i, column))) continue;
            const double w = c.weights[i / replicates] / static_cast<double>(replicates);
            values.emplace_back(real(i, column) + own, w);
            mean += w * real(i, column);
            squares += w * real(i, column) * real(i, column);
            weight += w;
        }
        for (Eigen::Index d = 0; d < c.u.rows(); ++d) {
            const Eigen::VectorXd runs = real.col(column).segment(d * replicates, replicates);
            if (!runs.allFinite()) continue;
            within += c.weights[d] * (runs.array() - runs.mean()).square().sum() / static_cast<double>(replicates - 1);
        }
        if (values.empty()) {
            out.push_back({&t, not_available, not_available, not_available, not_available, not_available});
            continue;
        }
        for (auto& [x, w] : values) w /= weight;
        FitRow row{&t,
                   mean / weight,
                   weighted_quantile(values, 0.025),
                   weighted_quantile(values, 0.05),
                   weighted_quantile(values, 0.95),
                   weighted_quantile(values, 0.975)};
        const double spread = std::sqrt(std::max(0.0, squares / weight - row.mean * row.mean) + t.own_variance());
        row.noise = std::sqrt(within);
        row.distance = std::clamp((row.mean - t.value) / std::max(spread, 1e-12), -99.0, 99.0);  // all runs may count alike
        row.crps = crps(values, t.value);
        const double start = real.col(static_cast<Eigen::Index>(p.targets.size() + j)).mean();
        row.crps_no_change = std::fabs((t.group.empty() && !t.observe.starts_with("regression_r2") ? 0.0 : start) - t.value);
        row.crps_uniform = std::fabs(uniform_uplift(t, start, p.months) - t.value);
        row.scale = std::sqrt(t.own_variance() + t.published_error * t.published_error);
        row.inside_95 = row.low_95 <= t.value && t.value <= row.high_95;
        row.inside_90 = row.low_90 <= t.value && t.value <= row.high_90;
        if (t.at_least) judge_bound(row, values);
        if (!t.held_out) {
            row.emulator = std::sqrt(centre.mean_variance[column]);
            row.shift = shifts[column];
        }
        out.push_back(row);
    }
    return out;
}

void identify(Calibration& c, const Emulator& emulator, const Draws& draws) {
    const CalibrationProblem& p = c.problem;
    const auto n = static_cast<Eigen::Index>(p.dimensions());
    const Eigen::RowVectorXd mean = draws.u.colwise().mean();
    const Eigen::MatrixXd centred = draws.u.rowwise() - mean;
    const Eigen::MatrixXd covariance = centred.transpose() * centred / static_cast<double>(draws.u.rows() - 1);
    for (Eigen::Index k = 0; k < n; ++k) {
        const CalibratedParameter& parameter = p.parameters[static_cast<std::size_t>(k)];
        std::vector<std::pair<double, double>> values;
        double average = 0;
        for (Eigen::Index i = 0; i < c.u.rows(); ++i) {
            values.emplace_back(parameter.value(c.u(i, k)), c.weights[i]);
            average += c.weights[i] * values.back().first;
        }
        IdentifiedRow row{parameter.path,
                          average,
                          weighted_quantile(values, 0.025),
                          weighted_quantile(values, 0.975),
                          1.0 - 12.0 * covariance(k, k),
                          overlap_of(draws.u.col(k)),
                          draws.r_hat[k],
                          draws.bulk_ess[k],
                          draws.tail_ess[k],
                          "",
                          0};
        for (Eigen::Index other = 0; other < n; ++other) {
            const double r = covariance(k, other) / std::sqrt(covariance(k, k) * covariance(other, other));
            if (other != k && std::fabs(r) > std::fabs(row.correlation)) {
                row.correlation = r;
                row.with = p.parameters[static_cast<std::size_t>(other)].path;
            }
        }
        c.identified.push_back(row);
    }
    const auto at = emulator.at(mean.transpose());
    Eigen::MatrixXd V = at.noise.cwiseSqrt().asDiagonal() * emulator.correlation() * at.noise.cwiseSqrt().asDiagonal();
    for (std::size_t j = 0; j < p.fitted; ++j) V(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(j)) += p.targets[j].own_variance();
    const Eigen::MatrixXd J = emulator.slopes(mean.transpose()) / std::sqrt(12.0);  // per standard deviation of the prior
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(J.transpose() * V.llt().solve(J));
    c.information = parts.eigenvalues().reverse();
    for (Eigen::Index k = 0; k < std::min<Eigen::Index>(2, n); ++k) c.weak.push_back(in_words(parts.eigenvectors().col(k), p));
}

}  // namespace hubs
