#include "analysis/results/finished.h"

#include <algorithm>

namespace hubs {
namespace {

constexpr std::size_t fewest_evaluated = 4, most_evaluated = 10;

/// What an evaluator of the leading plan would find, over a tenth of the replicates.
std::optional<Evaluation> evaluate_leader(const Study& study, const Ensemble& ensemble, const RunOptions& options) {
    const auto& plans = study.scenario.plans;
    const std::size_t runs = std::min<std::size_t>(most_evaluated, study.scenario.replicates / 10);
    const std::size_t leader = ensemble.what_ifs.leader;
    if (runs < fewest_evaluated || plans.size() < 2 || leader >= plans.size()) return std::nullopt;
    try {
        return evaluate_plan(study, plans[leader], {}, runs, options.threads, options.stop);
    } catch (const EstimationError&) {  // no wave, or one that ends too late: the page says so
        return std::nullopt;
    }
}

}  // namespace

Finished finish(const Study& study, const RunOptions& options, const std::string& scenario_file) {
    Ensemble ensemble = run_ensemble(study, options, scenario_file);
    std::optional<Evaluation> evaluation = evaluate_leader(study, ensemble, options);
    return {study, std::move(ensemble), std::move(evaluation)};
}

}  // namespace hubs
