#include "analysis/estimator/matching.h"

#include <algorithm>
#include <cmath>

#include "analysis/estimator/each_row.h"
#include "analysis/estimator/least_squares.h"

namespace hubs {
namespace {

using Rows = std::vector<std::uint32_t>;

Rows rows_of(const Sample& sample, bool arm) {
    Rows rows;
    for (std::uint32_t i = 0; i < sample.size(); ++i)
        if (sample.treated[i] == arm) rows.push_back(i);
    return rows;
}

/// Rows with equal covariates together, each set rising, sets by their first row.
std::vector<Rows> by_place(Rows rows, const Eigen::MatrixXd& X) {
    const auto compare = [&](std::uint32_t a, std::uint32_t b) {
        for (Eigen::Index k = 0; k < X.cols(); ++k)
            if (X(a, k) != X(b, k)) return X(a, k) < X(b, k) ? -1 : 1;
        return 0;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
    std::vector<Rows> out;
    for (const std::uint32_t row : rows) {
        if (out.empty() || compare(out.back().front(), row) != 0) out.emplace_back();
        out.back().push_back(row);
    }
    std::sort(out.begin(), out.end(), [](const Rows& a, const Rows& b) { return a.front() < b.front(); });
    return out;
}

/// Mean and mean squared deviation of some rows' values.
struct Spread {
    double mean = 0, variance = 0;
    template <class Value>
    Spread(const Rows& rows, Value&& value) {
        for (const std::uint32_t i : rows) mean += value(i) / static_cast<double>(rows.size());
        for (const std::uint32_t i : rows) variance += std::pow(value(i) - mean, 2) / static_cast<double>(rows.size());
    }
};

/// Every target with its matches in the other arm.
class Matcher {
public:
    Matcher(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names, const MatchingOptions& o)
        : sample_(sample), X_(X), o_(o), place_(placed(X, o.metric, sample.treated, names)), arm_{rows_of(sample, false), rows_of(sample, true)} {
        for (const bool arm : {false, true})
            if (arm_[arm].size() < std::max(o.matches + 1, o.variance_matches + 1))
                throw EstimationError("Too few " + std::string(arm ? "treated" : "control") + " rows: " + std::to_string(arm_[arm].size()) + "; matching " +
                                      std::to_string(o.matches) + " to one needs more.");
    }

    MatchingEstimate estimate() {
        MatchingEstimate out{};
        find_matches(out);
        if (out.targets == 0) throw EstimationError("No overlap: no row has enough matches inside the caliper.");
        times_.assign(sample_.size(), 0);
        squares_.assign(sample_.size(), 0);
        for (const Matched& m : out.matched)
            for (const std::uint32_t match : m.matches) {
                const double uses = static_cast<double>(m.targets.size()), weight = 1.0 / static_cast<double>(m.matches.size());
                times_[match] += uses * weight;
                squares_[match] += uses * weight * weight;
            }
        if (o_.bias_adjusted) fit_slopes();
        effects(out);
        out.error = std::sqrt(o_.population_error ? population_variance(out) : sample_variance(out));
        return out;
    }

private:
    SearchRules rules() const {
        SearchRules out{o_.tolerance, {}, o_.first_of_ties};
        if (o_.caliper > 0) {
            const Eigen::MatrixXd centred = X_.rowwise() - X_.colwise().mean();
            out.caliper = o_.caliper * (centred.colwise().squaredNorm() / static_cast<double>(X_.rows() - 1)).cwiseSqrt().transpose();
        }
        return out;
    }

    void find_matches(MatchingEstimate& out) {
        for (const bool arm : {false, true}) {
            if (o_.estimand != Estimand::all && arm != (o_.estimand == Estimand::treated)) continue;
            const Search search(place_, X_, arm_[!arm], rules());
            const std::vector<Rows> places = by_place(arm_[arm], X_);
            std::vector<Rows> found(places.size());
            each_row(places.size(), [&](std::size_t p) { found[p] = search.nearest(places[p].front(), o_.matches); });
            for (std::size_t p = 0; p < places.size(); ++p) {
                (found[p].empty() ? out.dropped : out.targets) += places[p].size();
                if (!found[p].empty()) out.matched.push_back({places[p], std::move(found[p])});
            }
        }
        std::sort(out.matched.begin(), out.matched.end(), [](const Matched& a, const Matched& b) { return a.targets.front() < b.targets.front(); });
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

    double sign(std::uint32_t target) const { return sample_.treated[target] ? 1.0 : -1.0; }

    /// What the matches of one place stand for: their outcomes, moved to the place by the slopes.
    Spread stand_in(const Matched& m) const {
        const std::uint32_t target = m.targets.front();
        return {m.matches, [&](std::uint32_t i) {
                    const double moved = o_.bias_adjusted ? (X_.row(target) - X_.row(i)).dot(slopes_[!sample_.treated[target]]) : 0.0;
                    return sample_.outcome[i] + moved;
                }};
    }

    void effects(MatchingEstimate& out) {
        effect_.assign(sample_.size(), 0.0);
        matched_.assign(sample_.size(), false);
        const auto n = static_cast<double>(out.targets);
        std::vector<Spread> raw;
        double plain = 0, total = 0, spread = 0;
        for (const Matched& m : out.matched) {
            raw.emplace_back(m.matches, [&](std::uint32_t i) { return sample_.outcome[i]; });
            const double moved = stand_in(m).mean;
            for (const std::uint32_t target : m.targets) {
                plain += sign(target) * (sample_.outcome[target] - raw.back().mean);
                effect_[target] = sign(target) * (sample_.outcome[target] - moved);
                matched_[target] = true;
                total += effect_[target];
            }
        }
        out.value = total / n;
        out.unadjusted = plain / n;
        for (std::size_t g = 0; g < out.matched.size(); ++g)
            for (const std::uint32_t target : out.matched[g].targets)
                spread += std::pow(sign(target) * (sample_.outcome[target] - raw[g].mean) - out.unadjusted, 2) + raw[g].variance;
        out.paired_error = std::sqrt(spread / (n * n));
    }

    /// Conditional variance of the outcome at each row.
    std::vector<double> variances(const MatchingEstimate& out) const { return o_.variance_matches == 0 ? one_variance(out) : local_variances(); }

    std::vector<double> one_variance(const MatchingEstimate& out) const {
        double sum = 0;
        for (const Matched& m : out.matched) {
            const double variance = stand_in(m).variance;
            for (const std::uint32_t target : m.targets) sum += std::pow(effect_[target] - out.value, 2) + variance;
        }
        return std::vector<double>(sample_.size(), sum / (2.0 * static_cast<double>(out.targets)));
    }

    /// Over a row and its nearest of the same arm: the same for all rows in one place.
    std::vector<double> local_variances() const {
        std::vector<double> out(sample_.size(), 0.0);
        for (const bool arm : {false, true}) {
            const Search search(place_, X_, arm_[arm], {o_.tolerance, {}, false});
            const std::vector<Rows> places = by_place(arm_[arm], X_);
            each_row(places.size(), [&](std::size_t p) {
                const auto used = [&](std::uint32_t i) { return matched_[i] || times_[i] > 0; };
                if (std::none_of(places[p].begin(), places[p].end(), used)) return;
                const Rows near = search.nearest(places[p].front(), o_.variance_matches + 1);
                const Spread own(near, [&](std::uint32_t i) { return sample_.outcome[i]; });
                for (const std::uint32_t i : places[p]) out[i] = own.variance * static_cast<double>(near.size()) / static_cast<double>(near.size() - 1);
            });
        }
        return out;
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
    Rows arm_[2];
    std::vector<double> times_, squares_, effect_;
    std::vector<bool> matched_;
    Eigen::VectorXd slopes_[2];
};

}  // namespace

std::size_t MatchingEstimate::pairs() const {
    std::size_t n = 0;
    for (const Matched& m : matched) n += m.pairs();
    return n;
}

MatchingEstimate matching(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names, const MatchingOptions& options) {
    return Matcher(sample, X, names, options).estimate();
}

}  // namespace hubs
