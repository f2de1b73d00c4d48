#include "analysis/estimator/matching.h"

#include <cmath>

#include "analysis/estimator/each_row.h"
#include "analysis/estimator/least_squares.h"

namespace hubs {
namespace {

std::vector<std::uint32_t> rows_of(const Sample& sample, bool arm) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < sample.size(); ++i)
        if (sample.treated[i] == arm) rows.push_back(i);
    return rows;
}

/// Every target with its matches in the other arm.
class Matcher {
public:
    Matcher(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names, const MatchingOptions& o)
        : sample_(sample), X_(X), o_(o),
          place_(placed(X, o.metric, sample.treated, names)), search_{place_, o.tolerance, &X, {}, o.first_of_ties}, arm_{rows_of(sample, false),
                                                                                                                          rows_of(sample, true)} {
        for (const bool arm : {false, true})
            if (arm_[arm].size() < std::max(o.matches + 1, o.variance_matches + 1))
                throw EstimationError("Too few " + std::string(arm ? "treated" : "control") + " rows: " + std::to_string(arm_[arm].size()) + "; matching " +
                                      std::to_string(o.matches) + " to one needs more.");
        if (o.caliper > 0) {
            const Eigen::MatrixXd centred = X.rowwise() - X.colwise().mean();
            search_.caliper = o.caliper * (centred.colwise().squaredNorm() / static_cast<double>(X.rows() - 1)).cwiseSqrt().transpose();
        }
    }

    MatchingEstimate estimate() {
        MatchingEstimate out{};
        find_pairs(out);
        if (out.pairs.empty()) throw EstimationError("No overlap: no row has enough matches inside the caliper.");
        const std::size_t n = sample_.size();
        times_.assign(n, 0);
        squares_.assign(n, 0);
        for (const Pair& p : out.pairs) {
            times_[p.match] += p.weight;
            squares_[p.match] += p.weight * p.weight;
        }
        if (o_.bias_adjusted) fit_slopes();
        effects(out);
        out.error = std::sqrt(o_.population_error ? population_variance(out) : sample_variance(out));
        return out;
    }

private:
    bool is_target(bool treated) const { return o_.estimand == Estimand::all || treated == (o_.estimand == Estimand::treated); }

    void find_pairs(MatchingEstimate& out) {
        std::vector<std::uint32_t> targets;
        for (std::uint32_t i = 0; i < sample_.size(); ++i)
            if (is_target(sample_.treated[i])) targets.push_back(i);
        std::vector<std::vector<std::uint32_t>> found(targets.size());
        each_row(targets.size(), [&](std::size_t t) { found[t] = search_.nearest(targets[t], arm_[!sample_.treated[targets[t]]], o_.matches); });
        for (std::size_t t = 0; t < targets.size(); ++t) {
            (found[t].empty() ? out.dropped : out.targets) += 1;
            for (const std::uint32_t match : found[t]) out.pairs.push_back({targets[t], match, 1.0 / static_cast<double>(found[t].size())});
        }
    }

    /// Slopes of the outcome on X within each arm, weighted by use as a match.
    void fit_slopes() {
        for (const bool arm : {false, true}) {
            std::vector<Eigen::Index> rows;
            for (const std::uint32_t i : arm_[arm])
                if (times_[i] > 0) rows.push_back(i);
            if (rows.empty()) continue;
            const auto size = static_cast<Eigen::Index>(rows.size());
            Eigen::MatrixXd Z(size, X_.cols() + 1);
            Eigen::VectorXd y(size), w(size);
            for (Eigen::Index r = 0; r < size; ++r) {
                const Eigen::Index i = rows[static_cast<std::size_t>(r)];
                Z(r, 0) = 1;
                Z.row(r).tail(X_.cols()) = X_.row(i);
                y[r] = sample_.outcome[i];
                w[r] = times_[static_cast<std::size_t>(i)];
            }
            const Eigen::VectorXd root = w.cwiseSqrt();  // a covariate may be constant among the matched: least norm
            const Eigen::VectorXd beta = (root.asDiagonal() * Z).colPivHouseholderQr().solve(root.asDiagonal() * y);
            slopes_[arm] = beta.tail(X_.cols());
        }
    }

    double adjustment(const Pair& p) const {
        if (!o_.bias_adjusted) return 0;
        return (X_.row(p.target) - X_.row(p.match)).dot(slopes_[sample_.treated[p.match]]);
    }
    double sign(std::uint32_t target) const { return sample_.treated[target] ? 1.0 : -1.0; }

    void effects(MatchingEstimate& out) {
        effect_.assign(sample_.size(), 0.0);
        matched_.assign(sample_.size(), false);
        double plain = 0, total = 0;
        for (const Pair& p : out.pairs) {
            const double raw = sign(p.target) * (sample_.outcome[p.target] - sample_.outcome[p.match]);
            const double d = raw - sign(p.target) * adjustment(p);
            effect_[p.target] += p.weight * d;
            matched_[p.target] = true;
            plain += p.weight * raw;
            total += p.weight * d;
        }
        const auto n = static_cast<double>(out.targets);
        out.value = total / n;
        out.unadjusted = plain / n;
        double spread = 0;
        for (const Pair& p : out.pairs)
            spread += p.weight * std::pow(sign(p.target) * (sample_.outcome[p.target] - sample_.outcome[p.match]) - out.unadjusted, 2);
        out.paired_error = std::sqrt(spread / (n * n));
    }

    /// Conditional variance of the outcome at each row.
    std::vector<double> variances(const MatchingEstimate& out) const {
        std::vector<double> sigma2(sample_.size(), 0.0);
        if (o_.variance_matches == 0) {
            double sum = 0;
            for (const Pair& p : out.pairs) {
                const double d = sign(p.target) * (sample_.outcome[p.target] - sample_.outcome[p.match] - adjustment(p)) - out.value;
                sum += p.weight * d * d;
            }
            sigma2.assign(sample_.size(), sum / (2.0 * static_cast<double>(out.targets)));
            return sigma2;
        }
        each_row(sample_.size(), [&](std::size_t i) {
            if (!matched_[i] && times_[i] == 0) return;
            Search search{place_, o_.tolerance, nullptr, {}, false};
            const auto same = search.nearest(static_cast<std::uint32_t>(i), arm_[sample_.treated[i]], o_.variance_matches);
            double sum = sample_.outcome[static_cast<Eigen::Index>(i)], squares = 0;
            for (const std::uint32_t j : same) sum += sample_.outcome[j];
            const double mean = sum / static_cast<double>(same.size() + 1);
            squares += std::pow(sample_.outcome[static_cast<Eigen::Index>(i)] - mean, 2);
            for (const std::uint32_t j : same) squares += std::pow(sample_.outcome[j] - mean, 2);
            sigma2[i] = squares / static_cast<double>(same.size());
        });
        return sigma2;
    }

    double population_variance(const MatchingEstimate& out) const {
        const auto sigma2 = variances(out);
        double sum = 0;
        for (std::size_t i = 0; i < sample_.size(); ++i) {
            if (matched_[i]) sum += std::pow(effect_[i] - out.value, 2);
            const double both = o_.estimand == Estimand::all ? 2.0 * times_[i] : 0.0;
            sum += (times_[i] * times_[i] + both - squares_[i]) * sigma2[i];
        }
        return sum / std::pow(static_cast<double>(out.targets), 2);
    }
    double sample_variance(const MatchingEstimate& out) const {
        const auto sigma2 = variances(out);
        double sum = 0;
        for (std::size_t i = 0; i < sample_.size(); ++i) sum += std::pow((matched_[i] ? 1.0 : 0.0) + times_[i], 2) * sigma2[i];
        return sum / std::pow(static_cast<double>(out.targets), 2);
    }

    const Sample& sample_;
    const Eigen::MatrixXd& X_;
    const MatchingOptions& o_;
    Eigen::MatrixXd place_;
    Search search_;
    std::vector<std::uint32_t> arm_[2];
    std::vector<double> times_, squares_, effect_;
    std::vector<bool> matched_;
    Eigen::VectorXd slopes_[2];
};

}  // namespace

MatchingEstimate matching(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names, const MatchingOptions& options) {
    return Matcher(sample, X, names, options).estimate();
}

}  // namespace hubs
