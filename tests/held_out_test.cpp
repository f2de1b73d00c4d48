// Figures held out: what they are of a run, and when they fit.
#include <cmath>

#include "analysis/study/calibration/group_figures.h"
#include "analysis/study/calibration/identify.h"
#include "analysis/statistics/sampling/sampling.h"
#include "sim/run/embedded.h"
#include "tests/calibration_support.h"

using namespace hubs;
using test::pilot;
using test::plain;

TEST_CASE("a figure fits inside its own range of predictions, a lower bound where enough of them reach it") {
    Calibration c;
    c.problem = plain(1, {0.5, 0.5, 0.94, 0.96, 2}, 0);
    for (std::size_t j = 1; j < 5; ++j) c.problem.targets[j].held_out = true;
    for (std::size_t j : {2u, 3u}) c.problem.targets[j].at_least = true;
    for (auto& t : c.problem.targets) t.group = "hub";
    c.problem.fitted = 1;
    c.problem.check_replicates = 2;
    const Eigen::MatrixXd u = scrambled_sobol(256, 1, 3);
    const Emulator emulator(u, u);
    c.u = Eigen::MatrixXd::Constant(500, 1, 0.5);
    c.weights = Eigen::VectorXd::Constant(500, 1.0 / 500);
    Eigen::MatrixXd real(1000, 10);
    for (Eigen::Index i = 0; i < 1000; ++i) real.row(i).setConstant((static_cast<double>(i) + 0.5) / 1000);  // 0 to 1, evenly
    real.col(1).array() += 0.46;                                                                             // 0.5 is its 4th percentile
    real.col(4).setConstant(1);
    const std::vector<FitRow> fit = fit_of(c, emulator, real, Eigen::VectorXd::Zero(1));
    CHECK((fit[0].inside_90 && fit[0].inside_95));
    CHECK((!fit[1].inside_90 && fit[1].inside_95));  // between the 2.5th and the 5th
    CHECK((!fit[2].inside_90 && fit[2].inside_95));  // reached by 6 % of predictions
    CHECK((!fit[3].inside_90 && !fit[3].inside_95));
    CHECK(std::isnan(fit[2].crps));
    CHECK(fit[2].distance < 0);
    CHECK(fit[4].distance == -99);  // all runs alike, and not as published
}

TEST_CASE("figures that set the start's items are held out in part only") {
    Study study = pilot();
    const CalibrationProblem p = read_calibration("c", test::pilot_calibration(), "t", std::string(embedded::targets), study).problem;
    std::string partly;
    for (const CalibrationTarget& t : p.targets)
        if (t.in_start) partly += t.id + " ";
    CHECK(partly == "S040 S039 S042 S044 S045 S046 S047 S048 S049 S050 ");
}

TEST_CASE("figures of groups, counted by hand") {
    const Study study = pilot();
    const auto& type = study.population.establishments.type;
    Returns r;
    const std::size_t n = study.population.establishments.count();
    r.arm.assign(n, Returns::Arm::none);
    r.returned.assign(n, 0);
    r.status_before.assign(n, Status::none);
    r.status_after.assign(n, Status::none);
    for (auto* items : {&r.items_before, &r.items_after}) items->assign(n, 0);
    for (auto* set : {&r.reported_before, &r.reported_after}) set->assign(n, 0);
    const auto nth = [&](Type wanted, std::size_t skip) {
        for (std::size_t i = 0; i < n; ++i)
            if (type[EstablishmentId{static_cast<std::uint32_t>(i)}] == wanted && skip-- == 0) return i;
        throw std::runtime_error("too few");
    };
    const auto answers = [&](std::size_t i, bool hub, unsigned before, unsigned after) {
        r.returned[i] = 1;
        r.arm[i] = hub ? Returns::Arm::treated : Returns::Arm::control;
        r.reported_before[i] = static_cast<Benchmarks>(before);
        r.reported_after[i] = static_cast<Benchmarks>(after);
    };
    answers(nth(Type::mainstream, 0), true, 0b00000001, 0b00011011);  // gains 3
    answers(nth(Type::mainstream, 1), true, 0b00000010, 0b00010010);  // gains 1
    answers(nth(Type::special, 0), true, 0b0, 0b11100000);            // gains 3
    answers(nth(Type::college, 0), true, 0b00000011, 0b00000011);     // gains none
    answers(nth(Type::mainstream, 2), false, 0b0, 0b00000010);        // outside: B2
    r.status_before[nth(Type::mainstream, 3)] = Status::network;
    answers(nth(Type::mainstream, 3), false, 0b0, 0b00100000);  // in the network: B6
    const Framework& f = study.framework;
    const auto item = [&](const char* id) {
        for (std::size_t k = 0; k < f.items.size(); ++k)
            if (f.items[k].id == id) return Items{1} << k;
        throw std::runtime_error(id);
    };
    r.items_after[nth(Type::mainstream, 0)] = item("7.01") | item("7.02") | item("7.03");
    r.items_after[nth(Type::mainstream, 1)] = item("7.01");
    r.items_before[nth(Type::mainstream, 1)] = item("7.02");
    r.items_after[nth(Type::special, 0)] = item("7.01") | item("7.05");
    GroupFigures g(study, r);
    CHECK(g.of("mean", "hub") == 2.75);
    CHECK(g.of("gain", "hub") == 1.75);
    CHECK(g.of("gain", "hub_mainstream") == 2);
    CHECK(g.of("gain", "hub_special") == 3);
    CHECK(g.of("gain", "hub_colleges") == 0);
    CHECK(g.of("type_order", "hub") == 2);
    CHECK(std::isnan(g.of("mean", "in_hubs")));  // by status at the date: nobody was said to be in one
    CHECK(std::fabs(g.of("mean", "not_in_hubs") - 13.0 / 6) < 1e-12);
    CHECK(g.of("share_b2", "hub") == 75);
    CHECK(g.of("over_half", "hub") == 1);  // B2; B1 and B5 are met by just half
    // By benchmark 2, 3, 0, 1, 2, 1, 1, 1 of four.
    CHECK(g.of("lowest_b3_b4_b6", "hub") == 3);
    CHECK(g.of("lowest_b1_b3_b7", "hub") == 1);
    // Ahead of both others: not on B2 (everyone outside) nor on B6 (everyone in the network) nor on B3 (nobody).
    CHECK(g.of("ahead_on", "hub") == 5);
    // Of three schools: 7.01 three, 7.02 one (as before), 7.03 one, 7.05 one, 7.04 and 7.06 none; 7.06 is for sixth forms.
    CHECK(g.of("item_7.01", "hub_schools") == 100);
    CHECK(g.of("item_gain_7.02", "hub_schools") == 0);
    CHECK(std::fabs(g.of("item_gain_b7", "hub_schools") - (100 + 100.0 / 3 + 100.0 / 3) / 5) < 1e-12);
    CHECK(std::fabs(g.of("least_7.01_7.02", "hub_schools") - 100.0 / 3) < 1e-12);
    CHECK(g.of("items_above_90_b7", "hub_schools") == 1);
    CHECK(std::isnan(g.of("item_7.06", "hub_schools")));  // none of them has a sixth form
    CHECK(g.of("lowest_7.04", "hub_schools") == 1);
    CHECK(g.of("lowest_7.01_7.04", "hub_schools") == 1);
    r.status_after[nth(Type::mainstream, 0)] = r.status_after[nth(Type::mainstream, 2)] = Status::hub;  // one joined later
    r.status_after[nth(Type::mainstream, 3)] = Status::network;
    GroupFigures later(study, r);
    CHECK(later.of("mean", "in_hubs") == 2.5);
    CHECK(later.of("mean", "in_network") == 1);
    CHECK(later.of("mean", "outside") == 7.0 / 3);
    CHECK(later.of("mean", "hub") == 2.75);
    answers(nth(Type::special, 0), true, 0b0, 0b1);
    CHECK(GroupFigures(study, r).of("type_order", "hub") == 1);
}
