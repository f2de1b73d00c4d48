// The second opinion against a posterior that is known: a linear model with normal noise.
#include "analysis/calibration/population_monte_carlo.h"

#include <algorithm>
#include <cmath>

#include "analysis/sampling/sampling.h"
#include "tests/catch.h"

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
