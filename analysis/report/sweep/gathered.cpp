#include "analysis/report/sweep/gathered.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/statistics/sampling/sampling.h"
#include "analysis/statistics/sensitivity/given_data.h"
#include "analysis/statistics/sensitivity/variance.h"
#include "analysis/report/sweep/table_shapes.h"

namespace hubs {
namespace {

constexpr std::uint32_t drawing = 0x4452u;                   // purpose of the dice
constexpr std::size_t most_given = most_rows_of_given_data;  // rows looked at by measures of given data
constexpr unsigned slices = 10;
const double unknown = std::nan("");

/// One group of factors as it heads a row: the weakest evidence among its members.
struct Named {
    std::string name, meaning;
    int padlocks = 5;
};
std::vector<Named> named_groups(const Sweep& s) {
    std::vector<Named> out(s.groups.size());
    std::vector<int> members(s.groups.size(), 0);
    for (std::size_t k = 0; k < s.factors.size(); ++k) {
        Named& g = out[s.group_of[k]];
        g.name = s.groups[s.group_of[k]];
        g.meaning = ++members[s.group_of[k]] == 1 ? s.factors[k].meaning : std::to_string(members[s.group_of[k]]) + " settings together";
        g.padlocks = std::min(g.padlocks, s.factors[k].padlocks);
    }
    return out;
}

struct Ranked {
    std::size_t group;
    Interval value;
    double threshold, direction;
};

std::vector<Cell> joined(std::vector<Cell> row, const std::vector<Cell>& more) {
    row.insert(row.end(), more.begin(), more.end());
    return row;
}

/// Builds the tables of one sweep, output by output.
class Builder {
public:
    Builder(const SweepPlan& plan, const Gathered& runs) : plan_(plan), s_(plan.sweep), runs_(runs), groups_(named_groups(plan.sweep)) {}

    std::vector<Table> tables() {
        for (std::size_t o = 0; o < s_.outputs.size(); ++o) {
            means_ = runs_.outputs[o].rowwise().mean();
            luck(o);
            if (s_.request.kind == DesignKind::morris) morris(o);
            else if (s_.request.kind == DesignKind::sobol_indices) sobol(o);
            else given(o, all_rows());
        }
        factors();
        std::vector<Table> out;
        for (Table* t : {&ranking_, &evidence_, &outputs_, &factors_, &sobol_, &morris_, &given_, &response_, &interactions_})
            if (!t->rows.empty()) out.push_back(std::move(*t));
        return out;
    }

private:
    std::vector<Cell> head(std::size_t o, std::size_t g) const {
        return {s_.outputs[o].name, groups_[g].name, groups_[g].meaning, std::int64_t{groups_[g].padlocks}};
    }
    void luck(std::size_t o) {
        std::vector<Eigen::Index> whole;
        for (Eigen::Index i = 0; i < means_.size(); ++i)
            if (std::isfinite(means_[i])) whole.push_back(i);
        const SweepOutput& output = s_.outputs[o];
        if (whole.empty()) return;
        luck_ = luck_of(runs_.outputs[o](whole, Eigen::all));
        const Eigen::VectorXd kept = means_(whole);
        const double n = static_cast<double>(kept.size()), sd = n < 2 ? unknown : std::sqrt((kept.array() - kept.mean()).square().sum() / (n - 1.0));
        const auto& plans = s_.study.scenario.plans;
        outputs_.rows.push_back({output.name, output.label, output.grouping == "all" ? "all" : output.grouping + ": " + output.group, output.unit,
                                 plans[output.plan].name, output.against ? plans[*output.against].name : "", kept.mean(), kept.minCoeff(), kept.maxCoeff(),
                                 std::sqrt(luck_.between), std::sqrt(luck_.interaction + luck_.common), 100.0 * luck_.share(),
                                 rows_stand_alone() ? sd / std::sqrt(n) : unknown, static_cast<std::int64_t>(whole.size()),
                                 static_cast<std::int64_t>(means_.size()) - static_cast<std::int64_t>(whole.size())});
    }
    /// Rows of the other designs share coordinates, so a mean over them has no plain standard error.
    bool rows_stand_alone() const { return s_.request.kind != DesignKind::morris && s_.request.kind != DesignKind::sobol_indices; }
    void rank(std::size_t o, const char* measure, std::vector<Ranked> ranked) {
        std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) { return a.value.value > b.value.value; });
        std::map<int, double, std::greater<>> by_evidence;
        double sum = 0;
        for (const Ranked& r : ranked) {
            // The threshold of PAWN is a test by itself; other measures must clear theirs with the whole interval.
            const bool tested = std::string(measure) == pawn_measure || !std::isfinite(r.value.low);
            const bool stands_out = (tested ? r.value.value : r.value.low) > r.threshold;
            ranking_.rows.push_back(
                joined(head(o, r.group), {measure, r.value.value, r.value.low, r.value.high, r.threshold, std::int64_t{stands_out}, r.direction}));
            const double above = std::max(0.0, r.value.value - r.threshold);
            by_evidence[groups_[r.group].padlocks] += above;
            sum += above;
        }
        for (const auto& [padlocks, value] : by_evidence)
            evidence_.rows.push_back({s_.outputs[o].name, std::int64_t{padlocks}, sum > 0 ? 100.0 * value / sum : unknown});
    }
    void morris(std::size_t o) {
        const auto block = static_cast<Eigen::Index>(plan_.design.block()), starts = means_.size() / block;
        std::vector<Eigen::Index> whole;
        Eigen::MatrixXd effects(starts, block - 1);
        for (Eigen::Index i = 0; i < starts; ++i) {
            const auto from = plan_.design.row(static_cast<std::size_t>(i * block));
            for (Eigen::Index g = 1; g < block; ++g) {
                const auto to = plan_.design.row(static_cast<std::size_t>(i * block + g));
                effects(i, g - 1) = (means_[i * block + g] - means_[i * block]) / step_between(from, to);
            }
            if (effects.row(i).allFinite()) whole.push_back(i);
        }
        if (whole.empty()) return;
        const auto found = morris_effects(effects(whole, Eigen::all));
        const double floor = luck_.morris_floor(s_.replicates);
        std::vector<Ranked> ranked;
        for (std::size_t g = 0; g < found.size(); ++g) {
            ranked.push_back({g, found[g].absolute, floor, found[g].mean});
            morris_.rows.push_back(joined(head(o, g), {found[g].mean, found[g].absolute.value, found[g].absolute.low, found[g].absolute.high, found[g].spread,
                                                       floor, std::int64_t{!(found[g].absolute.high < floor)}}));
        }
        rank(o, "mean absolute effect", ranked);
    }
    /// How far a move goes as a share of the range: that of the first member that moved, with its sign.
    double step_between(const std::vector<double>& from, const std::vector<double>& to) const {
        for (std::size_t k = 0; k < to.size(); ++k)
            if (const double step = s_.factors[k].place(to[k]) - s_.factors[k].place(from[k]); step != 0) return step;
        return unknown;
    }
    void sobol(std::size_t o) {
        const auto block = static_cast<Eigen::Index>(plan_.design.block()), points = static_cast<Eigen::Index>(s_.request.points);
        std::vector<SobolIndices> scrambles;
        for (std::size_t k = 0; k < s_.request.scrambles; ++k) {
            std::vector<Eigen::Index> whole;
            for (Eigen::Index i = 0; i < points; ++i) {
                const Eigen::Index at = (static_cast<Eigen::Index>(k) * points + i) * block;
                if (means_.segment(at, block).allFinite()) whole.push_back(at);
            }
            if (whole.size() < 2) continue;
            const auto n = static_cast<Eigen::Index>(whole.size());
            Eigen::VectorXd a(n), b(n);
            Eigen::MatrixXd mixed(n, block - 2);
            for (Eigen::Index i = 0; i < n; ++i) {
                const Eigen::Index at = whole[static_cast<std::size_t>(i)];
                a[i] = means_[at];
                b[i] = means_[at + 1];
                mixed.row(i) = means_.segment(at + 2, block - 2).transpose();
            }
            const SobolIndices own = sobol_indices(a, b, mixed);
            if (own.variance > 0) scrambles.push_back(own);
        }
        if (scrambles.empty()) return;
        const SobolEstimate found = sobol_estimate(scrambles);
        std::vector<Eigen::Index> independent;  // rows of A and B
        for (Eigen::Index i = 0; i < means_.size(); i += block) independent.insert(independent.end(), {i, i + 1});
        const double floor = luck_.total_floor(s_.replicates);
        const Eigen::VectorXd direction = given(o, independent, false);
        std::vector<Ranked> ranked;
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            ranked.push_back({g, found.total[g], floor, direction.size() > 0 ? direction[static_cast<Eigen::Index>(g)] : unknown});
            const Interval &first = found.first[g], &total = found.total[g];
            sobol_.rows.push_back(joined(head(o, g), {first.value, first.low, first.high, total.value, total.low, total.high}));
        }
        rank(o, "total Sobol' index", ranked);
    }
    std::vector<Eigen::Index> all_rows() const {
        std::vector<Eigen::Index> out(static_cast<std::size_t>(means_.size()));
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Eigen::Index>(i);
        return out;
    }
    /// Leaves `most_given` rows, drawn at random and in order: a grid's first rows would not be all of it.
    void draw_rows(std::vector<Eigen::Index>& rows) const {
        if (rows.size() <= most_given) return;
        Dice dice(s_.request.seed, 0, drawing);
        for (std::size_t i = 0; i < most_given; ++i) std::swap(rows[i], rows[i + dice.below(static_cast<std::uint32_t>(rows.size() - i))]);
        rows.resize(most_given);
        std::sort(rows.begin(), rows.end());
    }
    /// Measures of given data over some rows; returns slopes, where each group is one factor.
    Eigen::VectorXd given(std::size_t o, const std::vector<Eigen::Index>& rows, bool own_ranking = true) {
        std::vector<Eigen::Index> kept;
        for (const Eigen::Index i : rows)
            if (std::isfinite(means_[i])) kept.push_back(i);
        draw_rows(kept);
        const auto n = static_cast<Eigen::Index>(kept.size()), d = static_cast<Eigen::Index>(s_.factors.size());
        if (n < 8 || !(means_(kept).maxCoeff() > means_(kept).minCoeff())) return {};
        Eigen::MatrixXd x(n, d);
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto values = row_values(s_, plan_.design, static_cast<std::size_t>(kept[static_cast<std::size_t>(i)]));
            x.row(i) = Eigen::Map<const Eigen::RowVectorXd>(values.data(), d);
        }
        const Eigen::VectorXd y = means_(kept);
        const SmoothEffects smooth = smooth_effects(x, y);
        for (Eigen::Index k = 0; k < d; ++k)
            for (const ResponseBin& b : response(x.col(k), y, slices))
                response_.rows.push_back({s_.outputs[o].name, s_.factors[static_cast<std::size_t>(k)].path, s_.factors[static_cast<std::size_t>(k)].meaning,
                                          s_.factors[static_cast<std::size_t>(k)].unit, b.from, b.to, b.middle, b.mean.value, b.mean.low, b.mean.high,
                                          static_cast<std::int64_t>(b.rows)});
        for (std::size_t p = 0; p < smooth.pair_share.size(); ++p)
            interactions_.rows.push_back({s_.outputs[o].name, s_.factors[smooth.pairs[p].first].path, s_.factors[smooth.pairs[p].second].path,
                                          100.0 * smooth.pair_share[p], 100.0 * smooth.explained});
        if (!own_ranking) return groups_.size() == s_.factors.size() ? smooth.slope : Eigen::VectorXd{};
        const Pawn distances = pawn(x, y, slices, s_.request.seed);
        std::vector<Ranked> ranked;
        for (Eigen::Index k = 0; k < d; ++k) {
            const auto at = static_cast<std::size_t>(k);
            const Interval& m = distances.median[at];
            const Factor& f = s_.factors[at];
            given_.rows.push_back({s_.outputs[o].name, f.path, f.meaning, std::int64_t{f.padlocks}, m.value, m.low, m.high, distances.threshold[at],
                                   delta(x.col(k), y), 100.0 * smooth.first[k], smooth.slope[k], 100.0 * smooth.explained});
            if (groups_.size() == s_.factors.size()) ranked.push_back({at, m, distances.threshold[at], smooth.slope[k]});
        }
        rank(o, pawn_measure, ranked);
        return smooth.slope;
    }
    void factors() {
        for (const Factor& f : s_.factors)
            factors_.rows.push_back({f.path, f.meaning, f.unit, std::int64_t{f.padlocks}, f.values.empty() ? f.low : f.values.front(),
                                     f.values.empty() ? f.high : f.values.back(), f.middle,
                                     f.values.empty() ? (f.logarithmic ? "logarithmic" : "linear") : "listed", f.group});
    }

    const SweepPlan& plan_;
    const Sweep& s_;
    const Gathered& runs_;
    std::vector<Named> groups_;
    Eigen::VectorXd means_;  ///< over luck, of the output in hand
    LuckVariance luck_;
    Table ranking_ = shape::ranking(), evidence_ = shape::evidence(), outputs_ = shape::outputs(), factors_ = shape::factors(), sobol_ = shape::sobol(),
          morris_ = shape::morris(), given_ = shape::given(), response_ = shape::response(), interactions_ = shape::interactions();
};

}  // namespace

std::vector<Table> sensitivity_tables(const SweepPlan& plan, const Gathered& runs) {
    std::vector<Table> out = Builder(plan, runs).tables();
    if (plan.sweep.frontier) {
        out.push_back(frontier_table(plan, runs));
        out.push_back(cloud_table(plan, runs));
    }
    return out;
}

}  // namespace hubs
