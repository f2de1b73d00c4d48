// Sensitivity measures against exact values and published implementations.
#include <boost/random/sobol.hpp>
#include <cmath>

#include "analysis/statistics/sampling/sampling.h"
#include "analysis/statistics/sensitivity/variance.h"
#include "tests/catch.h"
#include "tests/sensitivity_functions.h"
#include "tests/sensitivity_reference.h"

using namespace hubs;
using namespace hubs::test;

namespace {

/// Sobol's G function with a = 0, 1, 4.5, 9, 99, 99, 99, 99.
double sobol_g(const double* u) {
    const double a[] = {0, 1, 4.5, 9, 99, 99, 99, 99};
    double out = 1;
    for (int k = 0; k < 8; ++k) out *= (std::fabs(4.0 * u[k] - 2.0) + a[k]) / (1.0 + a[k]);
    return out;
}

/// The sequence as SciPy counts it, unscrambled, from index `skip`: Boost leaves out the origin.
Eigen::MatrixXd plain_sobol(Eigen::Index points, Eigen::Index dimensions, bool skip) {
    boost::random::sobol sequence(static_cast<std::size_t>(dimensions));
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(points, dimensions);
    for (Eigen::Index i = skip ? 0 : 1; i < points; ++i)
        for (Eigen::Index k = 0; k < dimensions; ++k) out(i, k) = static_cast<double>(sequence()) * 0x1p-64;
    return out;
}

/// Indices of a function on points A | B.
SobolIndices indices_on(const Eigen::MatrixXd& points, double (*f)(const double*), bool centred = true) {
    const Eigen::Index n = points.rows(), d = points.cols() / 2;
    Eigen::VectorXd a(n), b(n);
    Eigen::MatrixXd mixed(n, d);
    std::vector<double> u(static_cast<std::size_t>(d));
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index k = 0; k < d; ++k) u[static_cast<std::size_t>(k)] = points(i, k);
        a[i] = f(u.data());
        for (Eigen::Index k = 0; k < d; ++k) {
            u[static_cast<std::size_t>(k)] = points(i, d + k);
            mixed(i, k) = f(u.data());
            u[static_cast<std::size_t>(k)] = points(i, k);
        }
        for (Eigen::Index k = 0; k < d; ++k) u[static_cast<std::size_t>(k)] = points(i, d + k);
        b[i] = f(u.data());
    }
    return sobol_indices(a, b, mixed, centred);
}

void check_equal(const SobolIndices& found, const Fixed& expected) {
    CHECK(std::fabs(found.mean - expected.mean) < 1e-10 * expected.mean);
    CHECK(std::fabs(found.variance - expected.variance) < 1e-10 * expected.variance);
    for (std::size_t k = 0; k < expected.saltelli.size(); ++k) {
        const auto at = static_cast<Eigen::Index>(k);
        INFO("N " << expected.n << ", factor " << k);
        CHECK(std::fabs(found.first[at] - expected.saltelli[k]) < 1e-10);
        CHECK(std::fabs(found.first_jansen[at] - expected.jansen_first[k]) < 1e-10);
        CHECK(std::fabs(found.total[at] - expected.jansen_total[k]) < 1e-10);
    }
}

/// Indices of a function through the design's own rows, as a sweep makes them.
SobolEstimate through_design(const Design& design, double (*f)(const double*)) {
    const auto block = static_cast<Eigen::Index>(design.block()), n = static_cast<Eigen::Index>(design.request().points);
    std::vector<SobolIndices> scrambles;
    for (std::size_t k = 0; k < design.request().scrambles; ++k) {
        Eigen::VectorXd a(n), b(n);
        Eigen::MatrixXd mixed(n, block - 2);
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto at = (k * static_cast<std::size_t>(n) + static_cast<std::size_t>(i)) * design.block();
            a[i] = f(design.row(at).data());
            b[i] = f(design.row(at + 1).data());
            for (Eigen::Index j = 2; j < block; ++j) mixed(i, j - 2) = f(design.row(at + static_cast<std::size_t>(j)).data());
        }
        scrambles.push_back(sobol_indices(a, b, mixed));
    }
    return sobol_estimate(scrambles);
}

}  // namespace

TEST_CASE("Sobol' estimators on fixed points equal the reference to 1e-10") {
    for (const Fixed& e : sobol_on_fixed_points)
        check_equal(indices_on(plain_sobol(e.n, static_cast<Eigen::Index>(2 * e.saltelli.size()), e.skip), e.saltelli.size() == 3 ? ishigami : sobol_g, false),
                    e);
}

TEST_CASE("indices of the linear function are exact, and those of Ishigami within the reference's error over 256 scrambles") {
    const SobolEstimate found = through_design(laid_out(DesignKind::sobol_indices, 4096, 5), linear);
    for (std::size_t k = 0; k < 5; ++k) {
        const double c = static_cast<double>(5 - k);
        CHECK(std::fabs(found.total[k].value - c * c / 55.0) < 2e-4);
        CHECK(std::fabs(found.first[k].value - c * c / 55.0) < 2e-3);
    }
    const double g_first[] = {0.7161921688790331, 0.17904804221975829, 0.02367577417781928, 0.007161921688790333},
                 g_total[] = {0.7871441266592749, 0.24219819281823842, 0.0343169, 0.010460387065239532};  // exact, Sobol' G
    const SobolEstimate g = through_design(laid_out(DesignKind::sobol_indices, 4096, 8), sobol_g);
    for (std::size_t k = 0; k < 4; ++k) {
        CHECK(std::fabs(g.first[k].value - g_first[k]) < 2e-3);
        CHECK(std::fabs(g.total[k].value - g_total[k]) < 2e-3);
    }
    // Root mean squared errors of the reference's scrambled estimates, times one and a half.
    struct Error {
        int n;
        double first[3], total[3];
    };
    for (const Error& e :
         {Error{
              1024, {0.008275672797771716, 0.005173587797231876, 0.009608064123771357}, {0.0067625408140802494, 0.0037640118222233144, 0.0038664931718432253}},
          Error{
              4096, {0.00383601176257, 0.002249307525946613, 0.0037284171704278155}, {0.0030389008489343913, 0.0017368879488429668, 0.0013733300541415858}}}) {
        double first[3] = {}, total[3] = {};
        for (std::uint64_t seed = 0; seed < 256; ++seed) {
            const SobolIndices s = indices_on(scrambled_sobol(static_cast<std::size_t>(e.n), 6, 1000 + seed), ishigami);
            for (int k = 0; k < 3; ++k) {
                first[k] += std::pow(s.first[k] - ishigami_first[static_cast<std::size_t>(k)], 2) / 256;
                total[k] += std::pow(s.total[k] - ishigami_total[static_cast<std::size_t>(k)], 2) / 256;
            }
        }
        for (int k = 0; k < 3; ++k) {
            INFO("N " << e.n << ", factor " << k);
            CHECK(std::sqrt(first[k]) < 1.5 * e.first[k]);
            CHECK(std::sqrt(total[k]) < 1.5 * e.total[k]);
        }
    }
}

TEST_CASE("95 % intervals from eight scrambles hold the exact indices in 90 to 99 % of 200 trials") {
    int first[3] = {}, total[3] = {};
    for (std::uint64_t trial = 0; trial < 200; ++trial) {
        const SobolEstimate e = through_design(laid_out(DesignKind::sobol_indices, 512, 3, 7000 + trial), ishigami);
        for (std::size_t k = 0; k < 3; ++k) {
            first[k] += e.first[k].low <= ishigami_first[k] && ishigami_first[k] <= e.first[k].high;
            total[k] += e.total[k].low <= ishigami_total[k] && ishigami_total[k] <= e.total[k].high;
        }
    }
    for (int k = 0; k < 3; ++k) {
        INFO("factor " << k << ": first " << first[k] << ", total " << total[k] << " of 200");
        CHECK((first[k] >= 180 && first[k] <= 198));
        CHECK((total[k] >= 180 && total[k] <= 198));
    }
}

TEST_CASE("noise of single runs inflates raw indices as the reference says, and luck is told apart") {
    // Ishigami plus independent noise of the same variance, one run a row.
    const double s2 = 13.844587940719254, expected_first[] = {0.15695259557390573, 0.22120557239502045, 0.0},
                 expected_total[] = {0.7787944276049796, 0.7212055723950205, 0.6218418320310739};
    const Eigen::Index n = 65536;
    const Eigen::MatrixXd points = scrambled_sobol(static_cast<std::size_t>(n), 6, 5);
    Eigen::VectorXd a(n), b(n);
    Eigen::MatrixXd mixed(n, 3), twice(n, 2);
    for (Eigen::Index i = 0; i < n; ++i) {
        Dice dice(9, static_cast<std::uint32_t>(i), 1);
        const auto noisy = [&](const double* u) { return ishigami(u) + std::sqrt(s2) * dice.normal(); };
        double u[3] = {points(i, 0), points(i, 1), points(i, 2)};
        const double v[3] = {points(i, 3), points(i, 4), points(i, 5)};
        a[i] = noisy(u);
        b[i] = noisy(v);
        twice.row(i) << a[i], noisy(u);
        for (int k = 0; k < 3; ++k) {
            double w[3] = {u[0], u[1], u[2]};
            w[k] = v[k];
            mixed(i, k) = noisy(w);
        }
    }
    const SobolIndices raw = sobol_indices(a, b, mixed);
    for (int k = 0; k < 3; ++k) {
        CHECK(std::fabs(raw.first[k] - expected_first[k]) < 0.02);
        CHECK(std::fabs(raw.total[k] - expected_total[k]) < 0.02);
    }
    const LuckVariance luck = luck_of(twice);
    CHECK(std::fabs(luck.share() - 0.5) < 0.01);
    CHECK(std::fabs(luck.interaction - s2) < 0.02 * s2);
    CHECK(luck.common < 0.01 * s2);
    CHECK(std::fabs(luck.total_floor(1) - luck.share()) < 1e-3);
}

TEST_CASE("Morris: exact on a linear function, and beside SALib's trajectories on Ishigami") {
    const Design design = laid_out(DesignKind::morris, 32, 5);
    REQUIRE(design.rows() == 32 * 6);
    Eigen::MatrixXd effects(32, 5);
    for (std::size_t i = 0; i < 32; ++i) {
        const auto from = design.row(i * 6);
        for (std::size_t k = 0; k < 5; ++k) {
            const auto to = design.row(i * 6 + 1 + k);
            for (std::size_t j = 0; j < 5; ++j) CHECK(std::fabs(to[j] - from[j]) == (j == k ? morris_step : 0.0));
            effects(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = (linear(to.data()) - linear(from.data())) / (to[k] - from[k]);
        }
    }
    const auto found = morris_effects(effects);
    for (std::size_t k = 0; k < 5; ++k) {
        CHECK(std::fabs(found[k].absolute.value - static_cast<double>(5 - k)) < 1e-12);
        CHECK(found[k].spread < 1e-12);
    }
    // SALib's 200 trajectories on 8 levels (step 4/7) are a sample of all start points and directions, which are enumerated
    // here: its means lie within four of its own standard errors of them.
    const double mu_star[] = {8.538751927540206, 3.267796652153674, 6.089803032995912}, sigma[] = {10.555447797156454, 3.3974743965818854, 8.31030336528197},
                 step = 4.0 / 7.0;
    for (int k = 0; k < 3; ++k) {
        std::vector<double> all;
        for (int p = 0; p < 512; ++p) {
            double u[3] = {(p & 7) / 7.0, (p >> 3 & 7) / 7.0, (p >> 6 & 7) / 7.0};
            if (u[k] + step > 1.0 + 1e-12) continue;
            const double before = ishigami(u);
            u[k] += step;
            all.push_back((ishigami(u) - before) / step);
        }
        const auto exact = morris_effects(Eigen::Map<Eigen::VectorXd>(all.data(), static_cast<Eigen::Index>(all.size())));
        const double spread_of_absolute = std::sqrt(std::max(1e-6, sigma[k] * sigma[k] + exact[0].mean * exact[0].mean - mu_star[k] * mu_star[k]));
        INFO("factor " << k << ": " << exact[0].absolute.value << " and " << mu_star[k]);
        CHECK(std::fabs(exact[0].absolute.value - mu_star[k]) < 4.0 * spread_of_absolute / std::sqrt(200.0) + 1e-9);
        CHECK(std::fabs(exact[0].spread - sigma[k]) < 0.15 * sigma[k]);
    }
}

TEST_CASE("the Morris floor is what new luck alone would show") {
    Eigen::MatrixXd y(4000, 2);
    for (Eigen::Index i = 0; i < y.rows(); ++i) {
        Dice dice(3, static_cast<std::uint32_t>(i), 2);
        y.row(i) << 5 + 2 * dice.normal(), 5 + 2 * dice.normal();
    }
    const LuckVariance luck = luck_of(y);
    double sum = 0;
    for (Eigen::Index i = 1; i < y.rows(); ++i) sum += std::fabs(y.row(i).mean() - y.row(i - 1).mean()) / morris_step;
    CHECK(std::fabs(luck.morris_floor(2) - sum / (static_cast<double>(y.rows()) - 1)) < 0.05 * luck.morris_floor(2));
    CHECK(luck.between < 0.05);
}

TEST_CASE("luck that moves all rows alike disturbs no comparison") {
    Eigen::MatrixXd y(500, 3);
    const double alike[] = {-40, 10, 30};
    for (Eigen::Index i = 0; i < y.rows(); ++i) {
        Dice dice(4, static_cast<std::uint32_t>(i), 3);
        for (Eigen::Index j = 0; j < 3; ++j) y(i, j) = 0.1 * static_cast<double>(i) + alike[j] + 0.5 * dice.normal();
    }
    const LuckVariance luck = luck_of(y);
    CHECK(std::fabs(luck.interaction - 0.25) < 0.03);
    CHECK(std::fabs(luck.common - 1300) < 10);  // the variance of -40, 10 and 30
    CHECK(std::fabs(luck.between - 0.01 * 500 * 501 / 12.0) < 1);
    CHECK(luck.total_floor(3) < 1e-3);
}
