// The parts of the calibration against known answers, and its refusals as text.
#include <cmath>
#include <filesystem>
#include <set>

#include "analysis/study/calibration/calibration.h"
#include "analysis/statistics/sampling/sampling.h"
#include "analysis/study/calibration/observables.h"
#include "analysis/base/files.h"
#include "sim/run/embedded.h"
#include "sim/run/parameter_path.h"
#include "tests/calibration_support.h"
#include "tests/catch.h"

using namespace hubs;
using test::pilot;
using test::plain;

namespace {

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
 {"id": "S035", "observe": "type_order", "group": "none"}]})") ==
          read_kept(std::string(HUBSIM_SOURCE) + "/tests/faults/calibration.txt"));
    for (const char* date :
         {"2018-08", "2020-09", "soon", "2019-13"}) {  // the run goes from September 2018 to August 2020
        const std::string report =
            refusal(R"({"plan": "wave 1", "parameters": {"improve_provision.cost_1": {"uniform": [1, 2]}},
 "targets": [{"id": "S001", "observe": "mean", "group": "hub", "date": ")" +
                    std::string(date) + "\"}]}");
        CHECK(report.find("where the month of a published figure belongs") != std::string::npos);
        CHECK(report.find("a month of the run after the first wave, from 2018-09 to 2020-08") != std::string::npos);
    }
    const std::string twice =
        refusal(R"({"plan": "wave 1", "parameters": {"improve_provision.cost_1": {"uniform": [1, 2]}},
 "targets": [{"id": "S001", "observe": "mean", "group": "hub"}, {"id": "S008", "observe": "mean", "group": "hub"}]})");
    CHECK(twice.find("targets \"S001\" and \"S008\" contradict one another") != std::string::npos);
}

TEST_CASE("a calibration resumes to the same bytes, and refuses a foreign folder") {
    const Study study = pilot();
    Study copy = pilot();
    CalibrationProblem p =
        read_calibration("c", test::pilot_calibration(), "t", std::string(embedded::targets), copy).problem;
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
    CHECK_THROWS_WITH(
        CalibrationFolder(folder, "other"),
        folder +
            " holds another calibration: its scenario, targets, priors or program differ. Choose another folder with -o.");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    CHECK_THROWS_WITH(CalibrationFolder(folder, "key"),
                      folder + " exists and holds no calibration. Choose another folder with -o.");
    std::filesystem::remove_all(folder);
}

TEST_CASE("targets that no parameters meet together are named, and nothing is fitted") {
    const Study study = pilot();
    Study copy = pilot();
    CalibrationProblem p =
        read_calibration("c", test::pilot_calibration(), "t", std::string(embedded::targets), copy).problem;
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
    CHECK(draws.count() >= 400);
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
    std::string text = read_kept(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json");
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
    read_draws("weight,improve_provision.cost_1,improve_provision.cots_2\n0.5,2,3\n0.5,x,3\n", "draws.csv",
               study.scenario, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].headline == "unknown parameter \"improve_provision.cots_2\"");
    CHECK(problems[0].nearest == "improve_provision.cost_2");
    problems.clear();
    read_draws("weight,improve_provision.cost_1\n0.5,2\n0.5,-1\n", "draws.csv", study.scenario, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].line == 3);
    CHECK(problems[0].expected == "a number from 0.01 to 10000");
}
