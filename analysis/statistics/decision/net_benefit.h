#pragma once
#include <Eigen/Dense>
#include <vector>

namespace hubs {

/// Plans as draws show them: one row a draw (parameters and luck), one column a plan, both paired.
struct DecisionDraws {
    Eigen::MatrixXd effect;  ///< in units of benefit, such as benchmark-years
    Eigen::MatrixXd cost;    ///< pounds, present value

    Eigen::Index draws() const { return effect.rows(); }
    Eigen::Index plans() const { return effect.cols(); }
    /// Effect in pounds at `worth` pounds a unit, less cost.
    Eigen::MatrixXd net_benefit(double worth) const { return worth * effect - cost; }
};

/// What is known at one worth of a unit of benefit. Vectors are by plan.
struct Acceptability {
    double worth = 0;
    Eigen::VectorXd expected;        ///< expected net benefit, pounds
    Eigen::VectorXd best;            ///< share of draws in which the plan is best (the acceptability curve)
    Eigen::VectorXd loss;            ///< expected loss of choosing it, pounds
    Eigen::Index optimal = 0;        ///< the plan of highest expected net benefit (the acceptability frontier)
    double perfect_information = 0;  ///< EVPI: expected loss of the optimal plan, pounds
};
/// Equal best plans of a draw share it. Source: Fenwick, Claxton and Sculpher 2001.
Acceptability acceptability(const DecisionDraws& draws, double worth);

/// Share of draws in which each plan is first, second, … : row = plan, column = rank. Ties share.
Eigen::MatrixXd rank_shares(const Eigen::MatrixXd& values);

/// Shares of draws by quadrant of the cost-effectiveness plane, against a reference plan.
struct Quadrants {
    double more_dearer = 0, more_cheaper = 0, less_dearer = 0, less_cheaper = 0;
};
Quadrants quadrants(const DecisionDraws& draws, Eigen::Index plan, Eigen::Index reference);

enum class Dominance : unsigned char {
    none,      ///< on the frontier
    strong,    ///< another plan has no less effect for no more money
    extended,  ///< a mixture of two others has
};
/// Mean effects and costs of plans, ordered by cost; incremental ratios along the frontier.
struct FrontierPlan {
    Eigen::Index plan = 0;
    double effect = 0, cost = 0;
    Dominance dominance = Dominance::none;
    double ratio = 0;  ///< pounds per unit against the plan before on the frontier; not a number where none
};
std::vector<FrontierPlan> frontier(const Eigen::VectorXd& effect, const Eigen::VectorXd& cost);

/// Regret of each plan in each draw: what the best plan of that draw gives more.
Eigen::MatrixXd regret(const Eigen::MatrixXd& net_benefit);

/// Choices that need no probabilities or only some: which plan each rule picks, and its value.
struct RobustChoice {
    const char* rule;
    Eigen::Index plan;
    double value;
};
/// Maximin (best worst draw), Hurwicz with weight one half, smallest 90th percentile of regret.
std::vector<RobustChoice> robust_choices(const Eigen::MatrixXd& net_benefit);

}  // namespace hubs
