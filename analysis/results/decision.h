#pragma once
#include <optional>

#include "analysis/results/results.h"
#include "analysis/statistics/decision/net_benefit.h"

namespace hubs {

/// Plans weighed against one another: effects and costs over the reference, run by run, at a range of what a
/// benchmark-year may be worth. Made once and read by the tables of the decision.
struct Decision {
    static constexpr const char* name = "(decision)";
    explicit Decision(const Results& results);

    const Scenario& scenario;
    DecisionDraws draws;    ///< benchmark-years and pounds over the reference
    Eigen::MatrixXd level;  ///< benchmarks at the end: run × plan
    std::vector<FrontierPlan> along;
    std::vector<Acceptability> at;        ///< from 0 to beyond the dearest step of the frontier
    std::size_t hardest = 0;              ///< where the choice passes from one plan to the next
    std::optional<Acceptability> stated;  ///< at the worth that the scenario states, where it decides by one

    /// At the stated worth, or else where the choice is hardest.
    const Acceptability& choice_weighed() const { return stated ? *stated : at[hardest]; }
    const std::string& plan(Eigen::Index p) const { return scenario.plans[static_cast<std::size_t>(p)].name; }
    bool several_plans() const { return scenario.plans.size() > 1; }

    /// Drawn parameters, and net benefits averaged over the replicates that share a draw.
    struct ByDraw {
        Eigen::MatrixXd inputs, value;
    };
    ByDraw by_draw(double worth) const;
    std::vector<Field> fields_of_draws() const;
};

}  // namespace hubs
