// The parts of the calibration against known answers, and its refusals as text.
#include <cmath>
#include <filesystem>
#include <set>

#include "analysis/calibration/calibration.h"
#include "analysis/sampling/sampling.h"
#include "analysis/calibration/group_figures.h"
#include "analysis/calibration/observables.h"
#include "analysis/calibration/identify.h"
#include "analysis/calibration/second_opinion.h"
#include "analysis/results/folder.h"
#include "sim/run/embedded.h"
#include "sim/run/parameter_path.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

Study pilot(const char* posterior = "none") {
    Overrides overrides;
    overrides.posterior = posterior;
    StudyRead read = read_study(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json", overrides);
    REQUIRE(read.study);
    return std::move(*read.study);
}

/// A problem with `parameters` unnamed parameters on (0, 1) and as many targets, errors given.
CalibrationProblem plain(std::size_t parameters, const std::vector<double>& values, double discrepancy) {
    CalibrationProblem p;
    p.parameters.resize(parameters);
    for (const double v : values) {
        CalibrationTarget t;
        t.value = v;
        t.discrepancy = discrepancy;
        p.targets.push_back(t);
    }
    p.fitted = values.size();
    return p;
}

std::string refusal(const std::string& calibration) {
    Study study = pilot();
    return read_calibration("c.json", calibration, "targets.json", std::string(embedded::targets), study).report;
}

}  // namespace

TEST_CASE("scrambled Sobol' points fall one into each slice in every dimension") {
    const Eigen::MatrixXd points = scrambled_sobol(256, 20, 5);
    for (Eigen::Index k = 0; k < 20; ++k) {
        std::set<int> slices;
        for (Eigen::Index i = 0; i < 256; ++i) slices.insert(static_cast<int>(points(i, k) * 256));
        REQUIRE(slices.size() == 256);
    }
    CHECK(points != scrambled_sobol(256, 20, 6));
}

TEST_CASE("the emulator gives back a known surface and its noise") {
    const Eigen::MatrixXd u = scrambled_sobol(4096, 3, 1);
    Eigen::MatrixXd y(u.rows(), 2);
    Dice dice(1, 0, 0);
    const auto surface = [](const Eigen::RowVectorXd& x) { return 1 + 2 * x[0] - x[1] * x[2] + 0.5 * x[0] * x[0]; };
    for (Eigen::Index i = 0; i < u.rows(); ++i) {
        const double shared = dice.normal();
        y(i, 0) = surface(u.row(i)) + 0.1 * shared;
        y(i, 1) = u(i, 2) + std::exp(u(i, 1)) * 0.1 * (0.6 * shared + 0.8 * dice.normal());
    }
    const Emulator e(u, y);
    const Eigen::Vector3d at(0.3, 0.7, 0.4);
    const auto p = e.at(at);
    CHECK(std::fabs(p.mean[0] - surface(at.transpose())) < 0.02);
    CHECK(std::fabs(std::sqrt(p.noise[0]) / 0.1 - 1) < 0.1);
    CHECK(std::fabs(std::sqrt(p.noise[1]) / (0.1 * std::exp(0.7)) - 1) < 0.1);
    CHECK(std::fabs(e.correlation()(0, 1) - 0.6) < 0.05);
    for (const EmulatorCheck& c : e.checks()) CHECK(std::fabs(c.standardised_sd - 1) < 0.12);
}

TEST_CASE("the sampler finds the posterior of a linear model, and shifts keep one bad target from bending it") {
    const Eigen::MatrixXd u = scrambled_sobol(2048, 2, 3);
    Eigen::MatrixXd y(u.rows(), 4);
    Dice dice(2, 0, 0);
    for (Eigen::Index i = 0; i < u.rows(); ++i) {
        const double a = u(i, 0), b = u(i, 1);
        y.row(i) << a, b, a + b, a - b;
        for (Eigen::Index j = 0; j < 4; ++j) y(i, j) += 0.05 * dice.normal();
    }
    const Emulator e(u, y);
    const Eigen::Vector4d good(0.5, 0.4, 0.9, 0.1);
    SamplerOptions o;
    o.shift_scale = 0;
    o.steps = 8000;
    o.burn = 2000;
    o.thin = 6;
    const CalibrationProblem p = plain(2, {0.5, 0.4, 0.9, 0.1}, 0.05);
    const Draws d = sample_posterior(p, e, good, o);
    // Precision of each coordinate: (1 + 1 + 1) / (noise^2 + discrepancy^2), no covariance.
    const double sd = std::sqrt((0.05 * 0.05 + 0.05 * 0.05) / 3);
    for (Eigen::Index k = 0; k < 2; ++k) {
        const double mean = d.u.col(k).mean(), spread = std::sqrt((d.u.col(k).array() - mean).square().mean());
        CHECK(std::fabs(mean - (k == 0 ? 0.5 : 0.4)) < 0.01);
        CHECK(std::fabs(spread / sd - 1) < 0.08);
        CHECK(d.r_hat[k] < 1.02);
        CHECK(d.bulk_ess[k] > 400);
    }
    // Four targets that should agree, one of them six standard deviations away.
    for (Eigen::Index i = 0; i < u.rows(); ++i)
        for (Eigen::Index j = 0; j < 4; ++j) y(i, j) = u(i, 0) + 0.05 * dice.normal();
    const Emulator same(u, y);
    const Eigen::Vector4d bad(0.4, 0.4, 0.4, 0.8);
    SamplerOptions robust = o;
    robust.shift_scale = 0.5;
    CHECK(std::fabs(sample_posterior(p, same, bad, o).u.col(0).mean() - 0.5) < 0.01);
    const Draws r = sample_posterior(p, same, bad, robust);
    CHECK(std::fabs(r.u.col(0).mean() - 0.4) < 0.08);
    CHECK(r.shift.col(3).mean() > 2 * r.shift.col(0).cwiseAbs().mean());
}

TEST_CASE("chain diagnostics on chains whose answer is known") {
    Dice dice(9, 0, 0);
    Eigen::MatrixXd independent(1000, 8), slow(4000, 8), apart(1000, 8);
    for (Eigen::Index c = 0; c < 8; ++c) {
        double x = dice.normal();
        for (Eigen::Index i = 0; i < 1000; ++i) independent(i, c) = dice.normal();
        for (Eigen::Index i = 0; i < 4000; ++i) slow(i, c) = x = 0.8 * x + 0.6 * dice.normal();
        for (Eigen::Index i = 0; i < 1000; ++i) apart(i, c) = dice.normal() + (c == 0 ? 3 : 0);
    }
    CHECK(std::fabs(effective_draws(independent) / 8000 - 1) < 0.15);
    CHECK(std::fabs(effective_draws(slow) / (32000.0 * 0.2 / 1.8) - 1) < 0.15);  // (1 - r) / (1 + r)
    CHECK(split_r_hat(independent) < 1.01);
    CHECK(split_r_hat(apart) > 1.2);
}

TEST_CASE("the Pareto shape of weights whose tail is known") {
    for (const double k : {0.2, 0.9}) {
        Dice dice(4, 0, static_cast<std::uint32_t>(k * 10));
        Eigen::VectorXd logs(20000);
        for (double& x : logs) x = -k * std::log(dice.uniform());  // weights with tail index 1 / k
        const Smoothed s = pareto_smoothed(logs);
        INFO(k << ": " << s.pareto_k);
        CHECK(std::fabs(s.pareto_k - k) < 0.15);
        CHECK(std::fabs(s.weights.sum() - 1) < 1e-12);
    }
}

TEST_CASE("a calibration file with faults gets one complete report") {
    CHECK(refusal(R"({"plan": "wave 9", "parameters": {"improve_provision.cost_9": {"uniform": [0, 1]},
 "improve_provision.cost_1": {"uniform": [2, 1]}, "improve_provision.cost_2": {}, "improve_provision.cost_3": {"log_uniform": [0, 1]}},
 "targets": [{"id": "S999", "observe": "mean", "group": "hub"}, {"id": "S006", "observe": "mean", "group": "hub"},
 {"id": "S007", "observe": "mean", "group": "hub"}, {"id": "S002", "observe": "gains", "group": "hub"}, {"id": "W003", "observe": "share_b1", "group": "all"},
 {"id": "S001", "observe": "mean", "group": "hub", "counted": 3}, {"id": "S029", "observe": "lowest_b1_b9", "group": "hub", "counted": 3},
 {"id": "S035", "observe": "type_order", "group": "none"}]})") == read_text(std::string(HUBSIM_SOURCE) + "/tests/faults/calibration.txt"));
    const std::string twice = refusal(R"({"plan": "wave 1", "parameters": {"improve_provision.cost_1": {"uniform": [1, 2]}},
 "targets": [{"id": "S001", "observe": "mean", "group": "hub"}, {"id": "S008", "observe": "mean", "group": "hub"}]})");
    CHECK(twice.find("targets \"S001\" and \"S008\" contradict one another") != std::string::npos);
}

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
    const CalibrationProblem p = read_calibration("c", std::string(embedded::calibration), "t", std::string(embedded::targets), study).problem;
    std::string partly;
    for (const CalibrationTarget& t : p.targets)
        if (t.in_start) partly += t.id + " ";
    CHECK(partly == "S040 S039 S042 S044 S045 S046 S047 S048 S049 S050 ");
}

TEST_CASE("a second opinion asks about every parameter, goes on from kept runs, and refuses too few") {
    const Study study = pilot();
    Study copy = pilot();
    Calibration c;
    c.problem = read_calibration("c", std::string(embedded::calibration), "t", std::string(embedded::targets), copy).problem;
    c.problem.fitted = 2;
    c.problem.wave_runs = 256;
    c.y.resize(2);
    c.y << c.problem.targets[0].value, c.problem.targets[1].value;
    const auto n = static_cast<Eigen::Index>(c.problem.dimensions());
    const std::string path = (std::filesystem::temp_directory_path() / "hubsim-second-opinion-test").string();
    std::filesystem::remove_all(path);
    const CalibrationFolder folder(path, "key");
    const Eigen::MatrixXd first = scrambled_sobol(256, c.problem.dimensions(), 1);
    Eigen::MatrixXd seen(256, 2);
    seen << first.col(0), first.col(1);
    c.emulator = Emulator(first, seen);
    c.u = first.topRows(100);
    c.weights = Eigen::VectorXd::Constant(100, 0.01);
    std::size_t runs = 0;
    CalibrateOptions options;
    options.stage = [](const std::string&, std::size_t) {};
    options.runs.progress = [&](std::size_t done) { runs += done; };
    const SecondOpinion once = second_opinion(study, folder, options, c);
    REQUIRE(once.rows.size() == static_cast<std::size_t>(n));
    CHECK(runs == once.runs);
    CHECK(once.runs == 64 * once.generations);
    for (const SecondOpinionRow& row : once.rows) {
        CHECK(row.monte_carlo.low <= row.monte_carlo.median);
        CHECK(row.monte_carlo.median <= row.monte_carlo.high);
    }
    options.runs.threads = 1;
    const SecondOpinion again = second_opinion(study, folder, options, c);
    for (std::size_t k = 0; k < once.rows.size(); ++k) CHECK(again.rows[k].monte_carlo.median == once.rows[k].monte_carlo.median);
    c.problem.wave_runs = 64;
    c.problem.fitted = 6;
    c.y = Eigen::VectorXd::Zero(6);
    seen.resize(256, 6);
    for (Eigen::Index j = 0; j < 6; ++j) seen.col(j) = first.col(j);
    c.emulator = Emulator(first, seen);
    CHECK_THROWS_WITH(second_opinion(study, folder, options, c), "16 particles for 6 outputs");
    std::filesystem::remove_all(path);
}

TEST_CASE("figures of groups, counted by hand") {
    const Study study = pilot();
    const auto& type = study.population.establishments.type;
    Returns r;
    const std::size_t n = study.population.establishments.count();
    r.arm.assign(n, Returns::Arm::none);
    r.returned.assign(n, 0);
    r.status_before.assign(n, Status::none);
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
    answers(nth(Type::special, 0), true, 0b0, 0b1);
    CHECK(GroupFigures(study, r).of("type_order", "hub") == 1);
}

TEST_CASE("a calibration resumes to the same bytes, and refuses a foreign folder") {
    const Study study = pilot();
    Study copy = pilot();
    CalibrationProblem p = read_calibration("c", std::string(embedded::calibration), "t", std::string(embedded::targets), copy).problem;
    const std::string folder = (std::filesystem::temp_directory_path() / "hubsim-calibration-test").string();
    std::filesystem::remove_all(folder);
    const Eigen::MatrixXd inputs = scrambled_sobol(130, p.dimensions(), 1);
    {
        const CalibrationFolder f(folder, "key");
        const Eigen::MatrixXd once = run_points(study, p, f, "w", inputs, 0, 4, {});
        std::filesystem::remove(folder + "/w-1.csv");  // as if killed in the second chunk
        WaveOptions one;
        one.threads = 1;
        CHECK(run_points(study, p, f, "w", inputs, 0, 4, one) == once);
        CHECK(f.read("w-1.csv", inputs.bottomRows(2), 4) == once.bottomRows(2));
        CHECK(f.read("w-1.csv", inputs.topRows(2), 4).rows() == 0);  // other inputs: not these runs
    }
    CHECK_THROWS_WITH(CalibrationFolder(folder, "other"),
                      folder + " holds another calibration: its scenario, targets, priors or program differ. Choose another folder with -o.");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    CHECK_THROWS_WITH(CalibrationFolder(folder, "key"), folder + " exists and holds no calibration. Choose another folder with -o.");
    std::filesystem::remove_all(folder);
}

TEST_CASE("targets that no parameters meet together are named, and nothing is fitted") {
    const Study study = pilot();
    Study copy = pilot();
    CalibrationProblem p = read_calibration("c", std::string(embedded::calibration), "t", std::string(embedded::targets), copy).problem;
    p.wave_runs = 256;
    p.waves = 1;
    p.parameters.resize(2);
    p.targets.resize(6);
    p.fitted = 6;
    p.targets[1].value = 5;   // hubs gain five benchmarks
    p.targets[3].value = -3;  // and others lose three
    const std::string folder = (std::filesystem::temp_directory_path() / "hubsim-calibration-empty").string();
    std::filesystem::remove_all(folder);
    const CalibrationFolder f(folder, "key");
    CalibrateOptions options;
    options.stage = [](const std::string&, std::size_t) {};
    try {
        calibrate(study, p, f, options);
        FAIL("fitted");
    } catch (const EmptyRegion& e) {
        const std::string text = e.what();
        INFO(text);
        CHECK(text.find("No parameters bring the model near these targets together") == 0);
        CHECK(text.find("S002") < text.find("S010"));
        CHECK(text.find("S004") < text.find("S010"));
        CHECK(text.find("the cut-off is not widened") != std::string::npos);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("replicates draw parameters in pairs from the shipped posterior, and what a scenario sets is kept") {
    Study study = pilot("");
    const ParameterDraws& draws = study.scenario.draws;
    CHECK(draws.count() >= 500);
    REQUIRE(draws.paths.size() >= 10);
    const auto value = [&](std::uint32_t r, const std::string& path) {
        Scenario s = scenario_of(study.scenario, r);
        for (const auto& place : parameter_places(s))
            if (place.path == path) return *place.value;
        return -1.0;
    };
    std::set<double> seen;
    for (std::uint32_t r = 0; r < 200; r += 2) {
        CHECK(value(r, draws.paths[0]) == value(r + 1, draws.paths[0]));
        seen.insert(value(r, draws.paths[0]));
    }
    CHECK(seen.size() > 60);
    std::string text = read_text(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json");
    text.insert(text.rfind("\"plans\""), "\"parameters\": {\"improve_provision\": {\"cost_1\": 3.25}}, ");
    const StudyRead read = read_study_text(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json", text, {});
    INFO(read.report);
    REQUIRE(read.study);
    study = std::move(*read.study);
    CHECK(value(8, "improve_provision.cost_1") == 3.25);
    CHECK(value(8, "improve_provision.cost_2") != value(12, "improve_provision.cost_2"));
}

TEST_CASE("a file of draws with faults says what and where") {
    Study study = pilot();
    Problems problems;
    read_draws("weight,improve_provision.cost_1,improve_provision.cots_2\n0.5,2,3\n0.5,x,3\n", "draws.csv", study.scenario, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].headline == "unknown parameter \"improve_provision.cots_2\"");
    CHECK(problems[0].nearest == "improve_provision.cost_2");
    problems.clear();
    read_draws("weight,improve_provision.cost_1\n0.5,2\n0.5,-1\n", "draws.csv", study.scenario, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].line == 3);
    CHECK(problems[0].expected == "a number from 0.01 to 10000");
}
