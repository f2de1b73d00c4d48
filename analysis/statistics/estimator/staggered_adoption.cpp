#include "analysis/statistics/estimator/staggered_adoption.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <map>
#include <set>

#include "analysis/statistics/estimator/columns.h"
#include "analysis/statistics/estimator/each_row.h"
#include "analysis/statistics/estimator/weighting.h"
#include "sim/base/random.h"

namespace hubs {
namespace {

using Eigen::Index;

/// A number estimated from the panel, what each unit adds to its error, and the clusters of both sides.
struct Estimated {
    double value = 0;
    Eigen::VectorXd influence;
    std::set<std::uint32_t> treated, controls;

    double df() const { return static_cast<double>(std::min(treated.size(), controls.size())) - 1; }
};

double t_quantile(double df) { return boost::math::quantile(boost::math::students_t(df), 0.975); }

class Waves {
public:
    Waves(const Panel& panel, const WaveOptions& options) : p_(panel), o_(options) {}

    WaveEstimates estimate() {
        find_groups();
        for (const auto& [group, size] : sizes_)
            for (std::size_t t = 1; t < p_.times.size(); ++t) group_time(group, t);
        if (std::none_of(out_.by_group.begin(), out_.by_group.end(),
                         [](const GroupTime& g) { return !g.before && g.refusal.empty(); }))
            throw EstimationError(
                "No effect can be estimated: nobody who joined can be compared with units that had not joined by then.");
        event_study();
        overall();
        return std::move(out_);
    }

private:
    struct Cell {
        int group, time;
        Estimated effect;
    };

    void find_groups() {
        std::map<std::uint32_t, std::uint32_t> numbers;  // in the order of the clusters' own numbers, not of rows
        const auto name = [&](std::size_t i) {
            return p_.clusters.empty() ? static_cast<std::uint32_t>(i) : p_.clusters[i];
        };
        for (std::size_t i = 0; i < p_.units(); ++i) numbers.try_emplace(name(i), 0);
        std::uint32_t next = 0;
        for (auto& [cluster, number] : numbers) number = next++;
        for (std::size_t i = 0; i < p_.units(); ++i) {
            cluster_.push_back(numbers.at(name(i)));
            if (p_.joined[i] <= p_.times.front()) ++out_.always_members;
            else if (p_.joined[i] > p_.times.back()) ++out_.never_members;
            else {
                ++sizes_[p_.joined[i]];
                ++out_.joiners;
            }
        }
        for (std::size_t t = 2; t < p_.times.size(); ++t)
            out_.even_times = out_.even_times && p_.times[t] - p_.times[t - 1] == p_.times[1] - p_.times[0];
        out_.clusters = numbers.size();
        if (out_.clusters < 2) throw EstimationError("Errors by cluster need at least two clusters.");
        if (sizes_.empty()) throw EstimationError("Nobody joined after the first time of the panel.");
    }

    bool seen(std::size_t unit, std::size_t time) const {
        return std::isfinite(p_.outcome(static_cast<Index>(unit), static_cast<Index>(time)));
    }

    /// Change of those who joined, less that of those who had not joined by then.
    void group_time(int group, std::size_t time) {
        const bool before = p_.times[time] < group;
        const auto first = std::lower_bound(p_.times.begin(), p_.times.end(), group) - p_.times.begin();  // as a member
        const std::size_t base = before ? time - 1 : static_cast<std::size_t>(first) - 1;
        const int later = p_.times[std::max(time, base)];
        std::vector<Index> rows;
        Sample s;
        GroupTime row{group, p_.times[time], before, {}, {}};
        for (std::size_t i = 0; i < p_.units(); ++i) {
            const bool treated = p_.joined[i] == group, control = !treated && p_.joined[i] > later;
            if (p_.joined[i] <= p_.times.front() || (!treated && !control) || !seen(i, time) || !seen(i, base))
                continue;
            rows.push_back(static_cast<Index>(i));
            s.treated.push_back(treated);
            ++(treated ? row.effect.treated : row.effect.controls);
        }
        Estimated effect;
        try {
            if (row.effect.treated < 2 || row.effect.controls < 2)
                throw EstimationError("only " + std::to_string(row.effect.treated) + " treated and " +
                                      std::to_string(row.effect.controls) + " controls were seen");
            for (std::size_t k = 0; k < rows.size(); ++k)
                (s.treated[k] ? effect.treated : effect.controls).insert(cluster_[static_cast<std::size_t>(rows[k])]);
            if (effect.df() < 1) throw EstimationError("all treated or all controls are in one cluster");
            s.outcome = p_.outcome.col(static_cast<Index>(time))(rows) - p_.outcome.col(static_cast<Index>(base))(rows);
            change(s, rows, effect);
        } catch (const EstimationError& e) {
            row.refusal = e.what();
        }
        if (row.refusal.empty()) {
            interval(row.effect, effect);
            cells_.push_back({group, p_.times[time], std::move(effect)});
        }
        out_.by_group.push_back(std::move(row));
    }

    /// Effect on the change, and its influences by unit of the whole panel.
    void change(Sample& s, const std::vector<Index>& rows, Estimated& out) const {
        out.influence = Eigen::VectorXd::Zero(static_cast<Index>(p_.units()));
        s.covariates = p_.covariates(rows, Eigen::all);
        const Columns columns = independent_columns(s.covariates, p_.names);
        if (columns.kept.empty()) {
            const Eigen::VectorXd t = s.treatment(), c = 1 - t.array();
            const double one = t.dot(s.outcome) / t.sum(), none = c.dot(s.outcome) / c.sum();
            out.value = one - none;
            out.influence(rows) =
                (t.array() * (s.outcome.array() - one) / t.sum() - c.array() * (s.outcome.array() - none) / c.sum())
                    .matrix();
            return;
        }
        s.covariates = standardised(Eigen::MatrixXd(s.covariates(Eigen::all, columns.kept)));
        for (const Index k : columns.kept) s.names.push_back(p_.names[static_cast<std::size_t>(k)]);
        const Weighted w =
            doubly_robust(s, logit(s.covariates, s.treated, s.names), Estimand::treated, Residuals::by_weights);
        out.value = w.value;
        out.influence(rows) = w.influence;
    }

    Eigen::VectorXd by_cluster(const Eigen::VectorXd& influence) const {
        Eigen::VectorXd sums = Eigen::VectorXd::Zero(static_cast<Index>(out_.clusters));
        for (std::size_t i = 0; i < p_.units(); ++i) sums[cluster_[i]] += influence[static_cast<Index>(i)];
        return sums;
    }

    void interval(WaveEffect& e, const Estimated& from) const {
        e.value = from.value;
        e.df = from.df();
        e.error = std::sqrt((e.df + 1) / e.df) * by_cluster(from.influence).norm();
        const double t = t_quantile(e.df);
        e.low = e.value - t * e.error;
        e.high = e.value + t * e.error;
    }

    /// Cells averaged by size of their groups; influences know that sizes are estimated.
    Estimated averaged(const std::vector<const Cell*>& cells, const std::vector<double>& shares) const {
        double all = 0;
        for (std::size_t k = 0; k < cells.size(); ++k)
            all += shares[k] * static_cast<double>(sizes_.at(cells[k]->group));
        Estimated out{0, Eigen::VectorXd::Zero(static_cast<Index>(p_.units())), {}, {}};
        std::vector<double> weights;
        for (std::size_t k = 0; k < cells.size(); ++k) {
            weights.push_back(shares[k] * static_cast<double>(sizes_.at(cells[k]->group)) / all);
            out.value += weights[k] * cells[k]->effect.value;
            out.influence += weights[k] * cells[k]->effect.influence;
            out.treated.insert(cells[k]->effect.treated.begin(), cells[k]->effect.treated.end());
            out.controls.insert(cells[k]->effect.controls.begin(), cells[k]->effect.controls.end());
        }
        for (std::size_t k = 0; k < cells.size(); ++k)
            for (std::size_t i = 0; i < p_.units(); ++i)
                if (p_.joined[i] == cells[k]->group)
                    out.influence[static_cast<Index>(i)] += shares[k] / all * (cells[k]->effect.value - out.value);
        return out;
    }

    void event_study() {
        std::map<int, std::vector<const Cell*>> by_event;
        for (const Cell& c : cells_) by_event[c.time - c.group].push_back(&c);
        std::vector<Estimated> averages;
        for (const auto& [since, cells] : by_event) {
            EventTime row{since, {}};
            averages.push_back(averaged(cells, std::vector<double>(cells.size(), 1.0)));
            interval(row.effect, averages.back());
            std::set<int> groups;
            for (const Cell* c : cells) groups.insert(c->group);
            for (const int g : groups) row.effect.treated += sizes_.at(g);
            if (since < 0 && row.effect.error > 0)
                out_.largest_before = std::max(std::isnan(out_.largest_before) ? 0 : out_.largest_before,
                                               std::fabs(row.effect.value / row.effect.error));
            out_.by_event.push_back(row);
        }
        out_.critical = critical(averages);
        const double normal = boost::math::quantile(boost::math::normal(), 0.975);
        for (EventTime& row : out_.by_event) {
            const double reach = out_.critical * t_quantile(row.effect.df) / normal * row.effect.error;
            row.effect.band_low = row.effect.value - reach;
            row.effect.band_high = row.effect.value + reach;
        }
    }

    /// How many errors the largest deviation of all effects at once stays within, in 95 of 100 draws of signs.
    double critical(const std::vector<Estimated>& effects) const {
        Eigen::MatrixXd sums(static_cast<Index>(out_.clusters), static_cast<Index>(effects.size()));
        for (std::size_t e = 0; e < effects.size(); ++e) {
            const Eigen::VectorXd one = by_cluster(effects[e].influence);
            sums.col(static_cast<Index>(e)) = one.norm() > 0 ? Eigen::VectorXd(one / one.norm()) : one;
        }
        std::vector<double> largest(o_.draws);
        each_row(o_.draws, [&](std::size_t draw) {
            const Luck luck({o_.seed, static_cast<std::uint32_t>(draw)}, Month{0},
                            stream_of("multiplier_bootstrap", 20));
            Eigen::VectorXd sign(sums.rows());
            for (Index c = 0; c < sign.size(); ++c)
                sign[c] = (luck.words(static_cast<std::uint32_t>(c))[0] & 1u) != 0 ? 1.0 : -1.0;
            largest[draw] = (sign.transpose() * sums).cwiseAbs().maxCoeff();
        });
        std::sort(largest.begin(), largest.end());
        const auto at = static_cast<std::size_t>(std::ceil(0.95 * (static_cast<double>(o_.draws) + 1)));
        return largest[std::min(at, largest.size()) - 1];
    }

    /// Each group's mean over its times since joining, averaged by size.
    void overall() {
        std::map<int, double> times;
        std::vector<const Cell*> cells;
        for (const Cell& c : cells_)
            if (c.time >= c.group) {
                cells.push_back(&c);
                ++times[c.group];
            }
        std::vector<double> shares;
        for (const Cell* c : cells) shares.push_back(1.0 / times.at(c->group));
        interval(out_.overall, averaged(cells, shares));
        for (const auto& [group, count] : times) out_.overall.treated += sizes_.at(group);
    }

    const Panel& p_;
    const WaveOptions& o_;
    WaveEstimates out_;
    std::map<int, std::size_t> sizes_;  ///< units by when they joined
    std::vector<std::uint32_t> cluster_;
    std::vector<Cell> cells_;
};

}  // namespace

WaveEstimates estimate_waves(const Panel& panel, const WaveOptions& options) {
    return Waves(panel, options).estimate();
}

}  // namespace hubs
