#include "analysis/statistics/decision/net_benefit.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace hubs {

Eigen::MatrixXd rank_shares(const Eigen::MatrixXd& values) {
    const Eigen::Index plans = values.cols();
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(plans, plans);
    for (Eigen::Index d = 0; d < values.rows(); ++d)
        for (Eigen::Index p = 0; p < plans; ++p) {
            const auto better = (values.row(d).array() > values(d, p)).count(), equal = (values.row(d).array() == values(d, p)).count();
            for (Eigen::Index rank = better; rank < better + equal; ++rank) out(p, rank) += 1.0 / static_cast<double>(equal);
        }
    return out / static_cast<double>(values.rows());
}

Eigen::MatrixXd regret(const Eigen::MatrixXd& net_benefit) { return (-net_benefit).colwise() + net_benefit.rowwise().maxCoeff(); }

Acceptability acceptability(const DecisionDraws& draws, double worth) {
    const Eigen::MatrixXd value = draws.net_benefit(worth);
    Acceptability a;
    a.worth = worth;
    a.expected = value.colwise().mean();
    a.best = rank_shares(value).col(0);
    a.loss = regret(value).colwise().mean();
    a.expected.maxCoeff(&a.optimal);
    a.perfect_information = a.loss[a.optimal];
    return a;
}

Quadrants quadrants(const DecisionDraws& draws, Eigen::Index plan, Eigen::Index reference) {
    Quadrants q;
    const double each = 1.0 / static_cast<double>(draws.draws());
    for (Eigen::Index d = 0; d < draws.draws(); ++d) {
        if (draws.effect(d, plan) == draws.effect(d, reference) && draws.cost(d, plan) == draws.cost(d, reference)) continue;  // the same
        const bool more = draws.effect(d, plan) >= draws.effect(d, reference), dearer = draws.cost(d, plan) > draws.cost(d, reference);
        (more ? (dearer ? q.more_dearer : q.more_cheaper) : (dearer ? q.less_dearer : q.less_cheaper)) += each;
    }
    return q;
}

std::vector<FrontierPlan> frontier(const Eigen::VectorXd& effect, const Eigen::VectorXd& cost) {
    std::vector<FrontierPlan> out;
    for (Eigen::Index p = 0; p < effect.size(); ++p) out.push_back({p, effect[p], cost[p], Dominance::none, std::numeric_limits<double>::quiet_NaN()});
    std::stable_sort(out.begin(), out.end(),
                     [](const FrontierPlan& a, const FrontierPlan& b) { return a.cost != b.cost ? a.cost < b.cost : a.effect > b.effect; });
    double most = -std::numeric_limits<double>::infinity();
    for (FrontierPlan& f : out) {
        if (f.effect <= most) f.dominance = Dominance::strong;
        most = std::max(most, f.effect);
    }
    // What is left rises in cost and effect; ratios must rise too, or a mixture does better.
    std::vector<FrontierPlan*> hull;
    const auto ratio = [](const FrontierPlan& a, const FrontierPlan& b) { return (b.cost - a.cost) / (b.effect - a.effect); };
    for (FrontierPlan& f : out) {
        if (f.dominance != Dominance::none) continue;
        while (hull.size() >= 2 && ratio(*hull[hull.size() - 2], *hull.back()) >= ratio(*hull.back(), f)) {
            hull.back()->dominance = Dominance::extended;
            hull.pop_back();
        }
        hull.push_back(&f);
    }
    for (std::size_t i = 1; i < hull.size(); ++i) hull[i]->ratio = ratio(*hull[i - 1], *hull[i]);
    return out;
}

std::vector<RobustChoice> robust_choices(const Eigen::MatrixXd& net_benefit) {
    const Eigen::VectorXd worst = net_benefit.colwise().minCoeff(), most = net_benefit.colwise().maxCoeff();
    Eigen::VectorXd high_regret(net_benefit.cols());
    const Eigen::MatrixXd all = regret(net_benefit);
    for (Eigen::Index p = 0; p < all.cols(); ++p) {
        Eigen::VectorXd sorted = all.col(p);
        std::sort(sorted.begin(), sorted.end());
        high_regret[p] = sorted[static_cast<Eigen::Index>(0.9 * static_cast<double>(sorted.size() - 1) + 0.5)];
    }
    std::vector<RobustChoice> out(3);
    out[0].rule = "best worst case";
    out[0].value = worst.maxCoeff(&out[0].plan);
    out[1].rule = "half worst, half best case";
    out[1].value = (0.5 * (worst + most)).maxCoeff(&out[1].plan);
    out[2].rule = "least regret, nine times in ten";
    out[2].value = high_regret.minCoeff(&out[2].plan);
    return out;
}

}  // namespace hubs
