#include "analysis/results/evaluation_tables.h"

#include <algorithm>

#include "analysis/evaluation/evaluation.h"

namespace hubs {

std::vector<Table> evaluation_tables(const Study& study, const Ensemble& ensemble) {
    Table found{"evaluation",
                "Would we know? What an evaluation would find, and what is true",
                {{"plan", "Plan", "", 0},
                 {"months", "Last return after", "months", 0},
                 {"estimator", "Estimator", "", 0},
                 {"estimate", "It would find", "benchmarks", 2},
                 {"truth", "True effect on the treated", "benchmarks", 2},
                 {"bias", "Too high by", "benchmarks", 2},
                 {"misreporting", "of that, from misreporting", "benchmarks", 2},
                 {"non_response", "from non-response", "benchmarks", 2},
                 {"spill_over", "from spill-over", "benchmarks", 2},
                 {"selection", "from selection", "benchmarks", 2},
                 {"coverage_percent", "Its 95 % interval holds the truth", "percent of runs", 0},
                 {"runs", "Runs", "", 0}},
                {}};
    Table power{"power",
                "Chance that an evaluation is sure there is an effect, by size of sample",
                {{"plan", "Plan", "", 0},
                 {"schools", "Schools in the sample", "schools", 0},
                 {"did_percent", "Difference in differences", "percent of runs", 0},
                 {"regression_percent", "Regression", "percent of runs", 0}},
                {}};
    const Scenario& s = study.scenario;
    const std::size_t runs = std::min<std::size_t>(10, s.replicates / 10);
    const std::size_t leader = ensemble.what_ifs.leader;
    if (runs < 4 || s.plans.size() < 2 || leader >= s.plans.size()) return {found, power};
    const std::string& name = s.plans[leader].name;
    try {
        const Evaluation e = evaluate_plan(study, s.plans[leader], {}, runs, 0);
        for (const EstimatorRecord& r : e.estimators)
            if (r.decomposed && r.refused == 0)
                found.rows.push_back({name, std::int64_t{e.design.months}, r.name, r.mean, e.truth, r.bias, r.misreporting, r.non_response, r.spill_over,
                                      r.selection, 100 * r.coverage, static_cast<std::int64_t>(r.replicates)});
        for (const PowerRow& r : e.power)
            power.rows.push_back({name, static_cast<std::int64_t>(r.schools), 100 * r.difference_in_differences, 100 * r.regression});
    } catch (const EstimationError&) {  // no wave, or one that ends too late: the page says so
        found.rows.clear();
        power.rows.clear();
    }
    return {found, power};
}

}  // namespace hubs
