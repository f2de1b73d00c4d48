#include "analysis/statistics/estimator/matching.h"

#include <algorithm>
#include <cmath>

#include "analysis/base/words.h"
#include "analysis/statistics/estimator/each_row.h"
#include "analysis/statistics/estimator/row_sets.h"

namespace hubs {
namespace {

/// Every target with its matches in the other arm.
class Matcher {
public:
    Matcher(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names,
            const MatchingOptions& o)
        : sample_(sample), X_(X), o_(o), names_(names), place_(placed(X, o.metric, sample.treated, names)),
          keys_(keys()), arm_{rows_of(sample, false), rows_of(sample, true)} {
        for (const bool arm : {false, true}) {
            const bool searched = o.estimand == Estimand::all || arm != (o.estimand == Estimand::treated);
            const std::size_t needed = std::max<std::size_t>(o.variance_matches + 1, searched ? o.matches + 1 : 2);
            if (arm_[arm].size() < needed)
                throw EstimationError("Too few " + std::string(arm ? "treated" : "control") +
                                      " rows: " + std::to_string(arm_[arm].size()) + ", at least " +
                                      std::to_string(needed) + " are needed.");
        }
    }

    MatchingEstimate estimate() {
        MatchingEstimate out{};
        find_matches(out);
        const bool limited = o_.caliper > 0 || o_.limits.widest.size() > 0;
        const std::string within = limited              ? " inside the caliper"
                                   : cells() != nullptr ? " within its cell (--exact)"
                                                        : "";
        if (out.targets == 0) throw EstimationError("No overlap: no row has enough matches" + within + ".");
        if (out.targets == 1)
            throw EstimationError("Only one row has enough matches" + within + "; an error needs at least two.");
        times_.assign(sample_.size(), 0);
        squares_.assign(sample_.size(), 0);
        for (const Matched& m : out.matched) {
            const double all = weight_of(m.matches);
            double uses = 0, squares = 0;
            for (const std::uint32_t target : m.targets) {
                uses += sample_.weight(target);
                squares += sample_.weight(target) * sample_.weight(target);
            }
            for (const std::uint32_t match : m.matches) {
                const double share = sample_.weight(match) / all;
                times_[match] += uses * share;
                squares_[match] += squares * share * share;
            }
        }
        if (o_.bias_adjusted) fit_slopes(out);
        effects(out);
        out.error = std::sqrt(o_.population_error ? population_variance(out) : sample_variance(out));
        return out;
    }

private:
    double weight_of(const Rows& rows) const {
        double sum = 0;
        for (const std::uint32_t i : rows) sum += sample_.weight(i);
        return sum;
    }
    const Rows* cells() const { return sample_.cells.empty() ? nullptr : &sample_.cells; }

    /// MatchLimits in units, and the caliper on X in those of its standard deviation.
    MatchLimits limits() const {
        if (o_.caliper <= 0) return o_.limits;
        const Eigen::MatrixXd centred = X_.rowwise() - X_.colwise().mean();
        const Eigen::VectorXd sd = (centred.colwise().squaredNorm() / static_cast<double>(X_.rows() - 1)).cwiseSqrt();
        MatchLimits out{Eigen::MatrixXd(X_.rows(), o_.limits.widest.size() + X_.cols()), {}};
        if (o_.limits.widest.size() > 0) out.values << X_, o_.limits.values;
        else out.values = X_;
        out.widest.resize(out.values.cols());
        out.widest << o_.caliper * sd, o_.limits.widest;
        return out;
    }

    /// All that decides with whom a row can be matched: rows with the same are matched alike.
    Eigen::MatrixXd keys() const {
        Eigen::MatrixXd out(X_.rows(), X_.cols() + o_.limits.widest.size() + (cells() != nullptr ? 1 : 0));
        out.leftCols(X_.cols()) = X_;
        if (o_.limits.widest.size() > 0) out.middleCols(X_.cols(), o_.limits.widest.size()) = o_.limits.values;
        for (Eigen::Index i = 0; cells() != nullptr && i < out.rows(); ++i)
            out(i, out.cols() - 1) = (*cells())[static_cast<std::size_t>(i)];
        return out;
    }

    void find_matches(MatchingEstimate& out) {
        const MatchLimits within = limits();
        for (const bool arm : {false, true}) {
            if (o_.estimand != Estimand::all && arm != (o_.estimand == Estimand::treated)) continue;
            const Search search(place_, arm_[!arm], {o_.tolerance, o_.first_of_ties, &within, cells()});
            const std::vector<Rows> places = by_place(arm_[arm], keys_);
            std::vector<Rows> found(places.size());
            each_row(places.size(), [&](std::size_t p) { found[p] = search.nearest(places[p].front(), o_.matches); });
            for (std::size_t p = 0; p < places.size(); ++p) {
                (found[p].empty() ? out.dropped : out.targets) += places[p].size();
                if (!found[p].empty()) out.matched.push_back({places[p], std::move(found[p])});
            }
        }
        std::sort(out.matched.begin(), out.matched.end(),
                  [](const Matched& a, const Matched& b) { return a.targets.front() < b.targets.front(); });
    }

    /// Slopes of the outcome on X within each arm, weighted by use as a match. A covariate that is constant among the
    /// matched, or follows from others there, tells nothing about the outcome: it has no slope.
    void fit_slopes(MatchingEstimate& out) {
        for (const bool arm : {false, true}) {
            std::vector<Eigen::Index> rows;
            for (const std::uint32_t i : arm_[arm])
                if (times_[i] > 0) rows.push_back(i);
            if (rows.empty()) continue;
            const Columns columns = independent_columns(X_(rows, Eigen::all), names_, sample_.before_label);
            out.unadjusted_for[arm] = columns;
            slopes_[arm] = Eigen::VectorXd::Zero(X_.cols());
            if (columns.kept.empty()) continue;
            if (rows.size() < columns.kept.size() + 2)
                throw EstimationError("Bias adjustment by " + counted(columns.kept.size(), "covariate") +
                                      " needs more than " + counted(rows.size(), "matched row") + ".");
            Eigen::MatrixXd Z(static_cast<Eigen::Index>(rows.size()),
                              static_cast<Eigen::Index>(columns.kept.size()) + 1);
            Z << Eigen::VectorXd::Ones(Z.rows()), X_(rows, columns.kept);
            Eigen::VectorXd root(Z.rows());
            for (Eigen::Index r = 0; r < Z.rows(); ++r)
                root[r] = std::sqrt(times_[static_cast<std::size_t>(rows[static_cast<std::size_t>(r)])]);
            const Eigen::VectorXd y = sample_.outcome(rows);
            const Eigen::VectorXd beta = (root.asDiagonal() * Z).householderQr().solve(root.asDiagonal() * y);
            slopes_[arm](columns.kept) = beta.tail(Z.cols() - 1);
        }
    }

    double sign(std::uint32_t target) const { return sample_.treated[target] ? 1.0 : -1.0; }

    /// What the matches of one place stand for: their outcomes, moved to the place by the slopes.
    Spread stand_in(const Matched& m) const {
        const std::uint32_t target = m.targets.front();
        return {sample_, m.matches, [&](std::uint32_t i) {
                    const double moved =
                        o_.bias_adjusted ? (X_.row(target) - X_.row(i)).dot(slopes_[!sample_.treated[target]]) : 0.0;
                    return sample_.outcome[i] + moved;
                }};
    }

    void effects(MatchingEstimate& out) {
        effect_.assign(sample_.size(), 0.0);
        matched_.assign(sample_.size(), false);
        std::vector<Spread> raw;
        double n = 0, plain = 0, total = 0, spread = 0;
        for (const Matched& m : out.matched) {
            raw.emplace_back(sample_, m.matches, [&](std::uint32_t i) { return sample_.outcome[i]; });
            const double moved = stand_in(m).mean;
            for (const std::uint32_t target : m.targets) {
                const double weight = sample_.weight(target);
                n += weight;
                plain += weight * sign(target) * (sample_.outcome[target] - raw.back().mean);
                effect_[target] = sign(target) * (sample_.outcome[target] - moved);
                matched_[target] = true;
                total += weight * effect_[target];
            }
        }
        targets_ = n;
        out.value = total / n;
        out.unadjusted = plain / n;
        for (std::size_t g = 0; g < out.matched.size(); ++g)
            for (const std::uint32_t target : out.matched[g].targets)
                spread += std::pow(sample_.weight(target), 2) *
                          (std::pow(sign(target) * (sample_.outcome[target] - raw[g].mean) - out.unadjusted, 2) +
                           raw[g].variance);
        out.paired_error = std::sqrt(spread / (n * n));
    }

    /// Conditional variance of the outcome at each row.
    std::vector<double> variances(const MatchingEstimate& out) const {
        return o_.variance_matches == 0 ? one_variance(out) : local_variances();
    }

    std::vector<double> one_variance(const MatchingEstimate& out) const {
        double sum = 0;
        for (const Matched& m : out.matched) {
            const double variance = stand_in(m).variance;
            for (const std::uint32_t target : m.targets)
                sum += sample_.weight(target) * (std::pow(effect_[target] - out.value, 2) + variance);
        }
        return std::vector<double>(sample_.size(), sum / (2.0 * targets_));
    }

    /// Over a row and its nearest of the same arm: the same for all rows in one place.
    std::vector<double> local_variances() const {
        std::vector<double> out(sample_.size(), 0.0);
        for (const bool arm : {false, true}) {
            const Search search(place_, arm_[arm], {o_.tolerance, false, nullptr, cells()}),
                anywhere(place_, arm_[arm], {o_.tolerance});
            const std::vector<Rows> places = by_place(arm_[arm], keys_);
            each_row(places.size(), [&](std::size_t p) {
                const auto used = [&](std::uint32_t i) { return matched_[i] || times_[i] > 0; };
                if (std::none_of(places[p].begin(), places[p].end(), used)) return;
                Rows near = search.nearest(places[p].front(), o_.variance_matches + 1);
                if (near.empty()) near = anywhere.nearest(places[p].front(), o_.variance_matches + 1);  // a small cell
                const Spread own(sample_, near, [&](std::uint32_t i) { return sample_.outcome[i]; });
                for (const std::uint32_t i : places[p])
                    out[i] = own.variance * static_cast<double>(near.size()) / static_cast<double>(near.size() - 1);
            });
        }
        return out;
    }

    double population_variance(const MatchingEstimate& out) const {
        const auto sigma2 = variances(out);
        double sum = 0;
        for (std::size_t i = 0; i < sample_.size(); ++i) {
            const double own = matched_[i] ? sample_.weight(i) : 0.0;
            sum += std::pow(own * (effect_[i] - out.value), 2);
            const double both = o_.estimand == Estimand::all ? 2.0 * own * times_[i] : 0.0;
            sum += (times_[i] * times_[i] + both - squares_[i]) * sigma2[i];
        }
        return sum / (targets_ * targets_);
    }
    double sample_variance(const MatchingEstimate& out) const {
        const auto sigma2 = variances(out);
        double sum = 0;
        for (std::size_t i = 0; i < sample_.size(); ++i)
            sum += std::pow((matched_[i] ? sample_.weight(i) : 0.0) + times_[i], 2) * sigma2[i];
        return sum / (targets_ * targets_);
    }

    const Sample& sample_;
    const Eigen::MatrixXd& X_;
    const MatchingOptions& o_;
    const std::vector<std::string>& names_;
    Eigen::MatrixXd place_, keys_;
    Rows arm_[2];
    double targets_ = 0;  ///< their weight
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

MatchingEstimate matching(const Sample& sample, const Eigen::MatrixXd& X, const std::vector<std::string>& names,
                          const MatchingOptions& options) {
    return Matcher(sample, X, names, options).estimate();
}

}  // namespace hubs
