// Evaluations of worlds whose truth is known.
#include <algorithm>
#include <bit>
#include <cmath>

#include "analysis/study/evaluation/evaluation.h"
#include "analysis/statistics/estimator/read_sample.h"
#include "sim/run/parameter_path.h"
#include "sim/simulate.h"
#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;

namespace {

Study pilot(std::uint32_t replicates) {
    Overrides overrides;
    overrides.replicates = replicates;
    StudyRead read = read_study(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json", overrides);
    REQUIRE(read.study);
    return std::move(*read.study);
}

}  // namespace

TEST_CASE("with a lottery, honest reports and no spill-over every estimator finds the truth") {
    Study study = pilot(24);
    study.scenario.draws = {};  // what is set here is not drawn
    auto& p = study.scenario.parameters;
    auto& compass = Schedule::of<CompleteCompass>(p);
    compass.claimed = compass.withheld = compass.repeat_support = 0;
    compass.hub_returns = compass.network_returns = compass.outside_returns = 1;  // none is older than July
    Schedule::of<SharePractice>(p).layer_contacts = 0;
    Schedule::of<EngageEmployers>(p).capacity = 20;  // nobody's employers run short for others
    Schedule::of<EngageEmployers>(p).provider_capacity = 5;
    Schedule::of<EngageEmployers>(p).guidance_capacity = 5;
    study.scenario.initial.network_share = 1;  // nor does a place in a hub change who is in the network
    Plan plan = study.scenario.plans[1];
    Wave wave;
    wave.rule = Allocation::lottery;
    wave.members = 1200;
    plan.waves = {wave};
    const Evaluation e = evaluate_plan(study, plan, {}, 24, 0);
    CHECK(e.truth > 0.2);
    REQUIRE(e.estimators.size() > 12);
    for (const EstimatorRecord& r : e.estimators) {
        INFO(r.name << ": bias " << r.bias << ", Monte-Carlo error " << r.bias_error);
        CHECK(r.replicates == 24);
        CHECK(std::fabs(r.bias) < 4 * r.bias_error);
        CHECK(r.bias_error < 0.05);
        if (r.decomposed) CHECK(std::fabs(r.misreporting) < 1e-12);
        if (r.decomposed) CHECK(std::fabs(r.spill_over) < 0.01);
    }
}

TEST_CASE("with the pilot's selection the naive difference exceeds the truth, and the parts of each bias add up to it") {
    const Study study = pilot(96);
    EvaluationDesign everyone;
    const Evaluation e = evaluate_plan(study, study.scenario.plans[1], everyone, 96, 0);
    const EstimatorRecord& naive = e.estimators.front();
    REQUIRE(naive.id == "difference");
    INFO("above the truth in " << naive.above_truth);
    CHECK(naive.above_truth >= 0.6);  // of 96; by chance alone 0.6 or more in one of 35
    CHECK(naive.selection > 0.1);
    for (const EstimatorRecord& r : e.estimators)
        if (r.decomposed && r.refused == 0) CHECK(std::fabs(r.misreporting + r.non_response + r.spill_over + r.selection - r.bias) < 1e-9);
}

TEST_CASE("the same evaluation for any number of threads") {
    const Study study = pilot(4);
    const Evaluation one = evaluate_plan(study, study.scenario.plans[1], {}, 4, 1), two = evaluate_plan(study, study.scenario.plans[1], {}, 4, 3);
    for (std::size_t i = 0; i < one.estimators.size(); ++i) {
        CHECK(one.estimators[i].mean == two.estimators[i].mean);
        CHECK(one.estimators[i].mean_error == two.estimators[i].mean_error);
    }
}

TEST_CASE("an evaluation that cannot be done says why") {
    const Study study = pilot(1);
    CHECK_THROWS_WITH(evaluate_plan(study, study.scenario.plans[0], {}, 1, 1), "Plan \"no hubs\" has no wave that an evaluation could compare.");
    EvaluationDesign late;
    late.months = 30;
    CHECK_THROWS_WITH(evaluate_plan(study, study.scenario.plans[1], late, 1, 1),
                      "Plan \"wave 1\" starts in month 1 of 24; an evaluation after 30 months does not fit.");
}

TEST_CASE("an award that follows nothing picks at random, one that follows the truth picks the best") {
    const Study study = pilot(1);
    const Scenario s = scenario_of(study.scenario, 0);
    const Returns r = returns_of(study, s, s.plans[1], {}, {s.seed, 0}, false);
    const auto rows = award_holders(study, r, {s.seed, 0});
    std::vector<int> truly;
    double mean = 0;
    for (const Benchmarks b : r.true_before) truly.push_back(std::popcount(b)), mean += std::popcount(b) / static_cast<double>(r.count());
    std::sort(truly.rbegin(), truly.rend());
    double best = 0;
    const auto holders = static_cast<std::size_t>(0.3 * static_cast<double>(truly.size()) + 0.5);
    for (std::size_t k = 0; k < holders; ++k) best += truly[k] / static_cast<double>(holders);
    REQUIRE(rows.size() == 5);
    CHECK(rows[0].truly == Approx(mean).margin(0.1));
    CHECK(rows[4].truly == Approx(best).epsilon(1e-9));
    for (std::size_t k = 1; k < rows.size(); ++k) {
        CHECK(rows[k].truly > rows[k - 1].truly);
        CHECK(rows[k].reported > rows[k - 1].reported);
    }
}

TEST_CASE("one run read at several dates shows at each what a run of its own shows") {
    const Study study = pilot(1);
    const Scenario s = scenario_of(study.scenario, 0);
    const std::vector<unsigned> months{4, 11, 19};
    const auto together = returns_after(study, s, s.plans[1], {}, months, {s.seed, 0});
    for (std::size_t k = 0; k < months.size(); ++k) {
        EvaluationDesign design;
        design.months = months[k];
        const Returns alone = returns_of(study, s, s.plans[1], design, {s.seed, 0}, false);
        CHECK(together[k].reported_after == alone.reported_after);
        CHECK(together[k].true_after == alone.true_after);
        CHECK(together[k].answered == alone.answered);
        CHECK(together[k].returned == alone.returned);
        CHECK(together[k].status_after == alone.status_after);
    }
}

TEST_CASE("the sample holds the published shares of both arms, and of others rather the supported ones") {
    const Study study = pilot(1);
    Scenario s = scenario_of(study.scenario, 0);
    for (const double selection : {0.0, 6.0}) {
        Schedule::of<CompleteCompass>(s.parameters).repeat_support = selection;
        const Returns r = returns_of(study, s, s.plans[1], {}, {s.seed, 0}, false);
        const World end = simulate(start_world(start_of(s, study.population, study.framework), {s.seed, 0}), s, s.plans[1], {s.seed, 0}, nullptr, nullptr, 11);
        double members[2]{}, answered[2]{}, support[2]{}, counted[2]{};
        for (std::size_t i = 0; i < r.count(); ++i) {
            const bool hub = r.arm[i] == Returns::Arm::treated;
            ++members[hub];
            answered[hub] += r.answered[i];
            if (hub || end.establishments.returned[EstablishmentId{static_cast<std::uint32_t>(i)}] < 4) continue;
            support[r.answered[i]] += end.establishments.slt_support[EstablishmentId{static_cast<std::uint32_t>(i)}];
            ++counted[r.answered[i]];
        }
        CHECK(answered[1] / members[1] == Approx(0.82).margin(0.05));
        CHECK(answered[0] / members[0] == Approx(0.38).margin(0.02));
        const double ahead = support[1] / counted[1] - support[0] / counted[0];
        INFO("support of those in the sample above others with returns: " << ahead);
        if (selection == 0) CHECK(std::fabs(ahead) < 0.03);
        else CHECK(ahead > 0.1);
    }
}
