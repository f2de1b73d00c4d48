#include "analysis/results/tables/value.h"

#include "analysis/results/decision.h"

namespace hubs {

std::vector<AcceptabilityCurve::Row> AcceptabilityCurve::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    for (const Acceptability& a : d.at)
        for (Eigen::Index p = 0; p < d.draws.plans(); ++p)
            out.push_back({a.worth, d.plan(p), a.expected[p], 100.0 * a.best[p], a.loss[p], p == a.optimal,
                           a.perfect_information});
    return out;
}

std::vector<Frontier::Row> Frontier::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    for (const FrontierPlan& f : d.along) {
        const Quadrants q = f.plan == 0 ? Quadrants{} : quadrants(d.draws, f.plan, 0);
        out.push_back({d.plan(f.plan), f.cost, f.effect, f.dominance, f.ratio, 100 * q.more_dearer,
                       100 * q.more_cheaper, 100 * q.less_dearer, 100 * q.less_cheaper});
    }
    return out;
}

std::vector<Ranks::Row> Ranks::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    const Eigen::MatrixXd shares = rank_shares(d.level);
    for (Eigen::Index p = 0; p < shares.rows(); ++p)
        for (Eigen::Index k = 0; k < shares.cols(); ++k) out.push_back({d.plan(p), k + 1, 100 * shares(p, k)});
    return out;
}

std::vector<Robust::Row> Robust::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    const Acceptability& a = d.choice_weighed();
    const Eigen::MatrixXd value = d.draws.net_benefit(a.worth);
    const auto satisfied = [&](Eigen::Index p) {
        if (p == 0) return std::nan("");  // the reference has no extra cost
        return 100.0 * static_cast<double>((value.col(p).array() > 0).count()) / static_cast<double>(value.rows());
    };
    out.push_back({a.worth, "highest expected value", d.plan(a.optimal), a.expected[a.optimal], satisfied(a.optimal)});
    for (const RobustChoice& c : robust_choices(value))
        out.push_back({a.worth, c.rule, d.plan(c.plan), c.value, satisfied(c.plan)});
    return out;
}

namespace {

/// Mean benchmarks of every group at the end of one run; below 0 for an empty group.
std::vector<double> levels_at_end(const Observations& seen, const Groups& groups) {
    std::vector<double> out(groups.groups.size(), -1.0);
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        const Tally& t = seen.tallies[k];
        if (t.establishments == 0) continue;
        double sum = 0;
        for (unsigned n = 0; n <= benchmark_count; ++n) sum += n * static_cast<double>(t.with_benchmarks[n]);
        out[seen.tally_group[k]] = sum / t.establishments;  // later tallies replace earlier ones
    }
    return out;
}

struct Criterion {
    const char* words;
    Grouping grouping;
    double least;  ///< benchmarks that every group of the grouping must gain
};
constexpr Criterion criteria[] = {{"more benchmarks than the reference", Grouping::all, 0.0},
                                  {"a tenth of a benchmark more than the reference", Grouping::all, 0.1},
                                  {"half a benchmark more than the reference", Grouping::all, 0.5},
                                  {"no region worse off", Grouping::region, 0.0},
                                  {"no type of establishment worse off", Grouping::type, 0.0},
                                  {"no fifth of free school meals worse off", Grouping::fsm_fifth, 0.0},
                                  {"neither town nor country worse off", Grouping::rural, 0.0}};

bool good_enough(const Criterion& criterion, const std::vector<double>& own, const std::vector<double>& reference,
                 const Groups& groups) {
    for (std::size_t g = 0; g < own.size(); ++g) {
        if (groups.groups[g].grouping != criterion.grouping || own[g] < 0 || reference[g] < 0) continue;
        const double gain = own[g] - reference[g];
        const bool more_than_nothing = criterion.grouping == Grouping::all && criterion.least == 0;
        if (more_than_nothing ? gain <= 0 : gain < criterion.least - 1e-9) return false;
    }
    return true;
}

}  // namespace

std::vector<Satisficing::Row> Satisficing::rows(const Results& results) {
    const Ensemble& e = results.finished().ensemble;
    const auto& plans = results.finished().scenario().plans;
    const std::size_t runs = e.seen.front().size();
    std::vector<Row> out;
    for (std::size_t p = 1; p < plans.size(); ++p) {
        std::vector<std::size_t> met(std::size(criteria), 0);
        for (std::size_t r = 0; r < runs; ++r) {
            const auto reference = levels_at_end(e.seen[0][r], e.groups), own = levels_at_end(e.seen[p][r], e.groups);
            for (std::size_t c = 0; c < std::size(criteria); ++c)
                met[c] += good_enough(criteria[c], own, reference, e.groups);
        }
        for (std::size_t c = 0; c < std::size(criteria); ++c)
            out.push_back(
                {plans[p].name, criteria[c].words, 100.0 * static_cast<double>(met[c]) / static_cast<double>(runs)});
    }
    return out;
}

}  // namespace hubs
