#pragma once
#include "analysis/study/evaluation/evaluation.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// A study with everything that was simulated for it. Saving only saves: nothing is run after this.
struct Finished {
    const Study& study;
    Ensemble ensemble;
    std::optional<Evaluation> evaluation;  ///< of the plan that leads; none where a study is too small for one

    std::size_t replicates() const { return study.scenario.replicates; }
    const Scenario& scenario() const { return study.scenario; }
    /// How many runs in turn share a draw of parameters; 1 where nothing is drawn.
    std::size_t runs_to_a_draw() const { return study.scenario.draws.count() > 0 ? replicates_per_draw : 1; }
};

/// Simulates plans, other rules, what-ifs and the evaluation. Throws Interrupted, RunFailure.
Finished finish(const Study& study, const RunOptions& options, const std::string& scenario_file);

}  // namespace hubs
