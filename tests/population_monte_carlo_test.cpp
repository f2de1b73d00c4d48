// The second opinion, against a posterior that is known (a linear model with normal noise) and on the model itself.
#include "analysis/study/calibration/population_monte_carlo.h"

#include <cmath>
#include <filesystem>

#include "analysis/study/calibration/fit_tables.h"
#include "analysis/study/calibration/second_opinion.h"
#include "analysis/statistics/sampling/sampling.h"
#include "sim/run/embedded.h"
#include "tests/calibration_support.h"

using namespace hubs;

namespace {

constexpr double noise = 0.1;

/// Four outputs of three inputs, every one with its own noise.
Eigen::MatrixXd linear(const Eigen::MatrixXd& u, unsigned generation) {
    Eigen::MatrixXd y(u.rows(), 4);
    for (Eigen::Index i = 0; i < u.rows(); ++i) {
        Dice dice(77, static_cast<std::uint32_t>(i), generation);
        y.row(i) << u(i, 0), u(i, 0) + u(i, 1), u(i, 1) - u(i, 0), u(i, 1);
        for (Eigen::Index j = 0; j < 4; ++j) y(i, j) += noise * dice.normal();
    }
    return y;
}

struct Moments {
    Eigen::VectorXd mean, sd;
};

Moments moments(const Eigen::MatrixXd& u, const Eigen::VectorXd& weights) {
    Moments out;
    out.mean = u.transpose() * weights;
    out.sd = ((u.rowwise() - out.mean.transpose()).array().square().matrix().transpose() * weights).cwiseSqrt();
    return out;
}

/// The prior, weighted by the exact likelihood with `sd` in every output.
Moments exact(const Eigen::VectorXd& y, double sd) {
    const Eigen::MatrixXd u = scrambled_sobol(1 << 16, 3, 5);
    Eigen::VectorXd w(u.rows());
    for (Eigen::Index i = 0; i < u.rows(); ++i) {
        Eigen::Vector4d mean(u(i, 0), u(i, 0) + u(i, 1), u(i, 1) - u(i, 0), u(i, 1));
        w[i] = std::exp(-0.5 * (y - mean).squaredNorm() / (sd * sd));
    }
    return moments(u, w / w.sum());
}

}  // namespace

TEST_CASE("population Monte Carlo finds the posterior of a linear model, an input that nothing tells of among them") {
    const Eigen::MatrixXd u = scrambled_sobol(4096, 3, 9);
    const Eigen::Vector4d y(0.3, 1.1, 0.45, 0.75);
    for (const double discrepancy : {0.0, 0.15}) {
        const Discrepancies d{Eigen::VectorXd::Constant(4, discrepancy), Eigen::VectorXd::Zero(4)};
        const Particles p = population_monte_carlo(u, linear(u, 0), y, d, {}, linear);
        const Moments found = moments(p.u, p.weights), known = exact(y, std::hypot(noise, discrepancy));
        INFO(discrepancy << ": " << found.mean.transpose() << " | " << known.mean.transpose() << " sd " << found.sd.transpose() << " | "
                         << known.sd.transpose());
        for (Eigen::Index k = 0; k < 3; ++k) {
            CHECK(std::fabs(found.mean[k] - known.mean[k]) < 0.2 * known.sd[k]);
            CHECK(std::fabs(found.sd[k] / known.sd[k] - 1) < 0.2);
        }
        CHECK((p.generations == 12 || p.acceptance < 0.01));
        CHECK(p.effective > 100);
        CHECK(p.effective < 1000);
    }
}

TEST_CASE("population Monte Carlo leaves runs without an answer out, and needs more first runs than particles") {
    const Eigen::MatrixXd u = scrambled_sobol(2048, 3, 9);
    const Eigen::Vector4d y(0.3, 1.1, 0.45, 0.75);
    const Discrepancies none{Eigen::VectorXd::Zero(4), Eigen::VectorXd::Zero(4)};
    const SimulateRows gaps = [](const Eigen::MatrixXd& at, unsigned generation) {
        Eigen::MatrixXd out = linear(at, generation);
        for (Eigen::Index i = 0; i < out.rows(); i += 3) out(i, 1) = std::nan("");
        return out;
    };
    const Particles p = population_monte_carlo(u, gaps(u, 0), y, none, {}, gaps);
    const Moments found = moments(p.u, p.weights), known = exact(y, noise);
    for (Eigen::Index k = 0; k < 2; ++k) CHECK(std::fabs(found.mean[k] - known.mean[k]) < 0.25 * known.sd[k]);
    CHECK_THROWS_WITH(population_monte_carlo(u.topRows(900), linear(u.topRows(900), 0), y, none, {}, linear), "900 first runs for 1000 particles");
    MonteCarloOptions few;
    few.kept = 11;
    CHECK_THROWS_WITH(population_monte_carlo(u, linear(u, 0), y, none, few, linear), "11 particles for 4 outputs");
    const SimulateRows nothing = [](const Eigen::MatrixXd& at, unsigned) { return Eigen::MatrixXd(Eigen::MatrixXd::Constant(at.rows(), 4, std::nan(""))); };
    CHECK_THROWS_WITH(population_monte_carlo(u, linear(u, 0), y, none, {}, nothing), "no run of generation 1 shows every output");
}

TEST_CASE("a second opinion asks about every parameter, goes on from kept runs, and refuses too few") {
    const Study study = test::pilot();
    Study copy = test::pilot();
    Calibration c;
    c.problem = read_calibration("c", test::pilot_calibration(), "t", std::string(embedded::targets), copy).problem;
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
    REQUIRE(std::filesystem::remove(path + "/second-opinion-3-0.csv"));  // as if killed: one generation is run anew
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

TEST_CASE("a second opinion worth few draws says that it is none") {
    SecondOpinion s;
    s.rows.push_back({"a.b", {1, 0, 2}, {5, 4, 6}, {1, 0, 2}, 3.0});
    s.generations = 12;
    s.runs = 4608;
    s.acceptance = 0.25;
    s.effective = 4;
    CHECK(second_opinion_text(s) ==
          "second opinion: 12 generations, 4608 runs; 25.0 % of the last were nearer than the farthest kept before; worth 4 "
          "equal draws; fewer than 50: no opinion, for or against\n");
    CHECK(std::isnan(std::get<double>(second_opinion_table(s).rows[0][8])));
    s.effective = 400;
    CHECK(second_opinion_text(s).ends_with("apart:\n  a.b                                1 (0 to 2), other method 5 (4 to 6)\n"));
    CHECK(std::get<std::int64_t>(second_opinion_table(s).rows[0][8]) == 0);
}
