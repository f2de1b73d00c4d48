// Measures from given data, and how designs lie, against exact values and published implementations.
#include <cmath>
#include <set>

#include "analysis/statistics/sampling/sampling.h"
#include "analysis/statistics/sensitivity/given_data.h"
#include "tests/catch.h"
#include "tests/sensitivity_functions.h"

using namespace hubs;
using namespace hubs::test;

TEST_CASE("given data: PAWN, delta and smooth effects of Ishigami lie where published ones do") {
    const Eigen::Index n = 2048;
    const Eigen::MatrixXd x = scrambled_sobol(static_cast<std::size_t>(n), 4, 11);  // the fourth does nothing
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const double u[3] = {x(i, 0), x(i, 1), x(i, 2)};
        y[i] = ishigami(u);
    }
    const Pawn p = pawn(x, y, 10, 1);
    const double salib_pawn[] = {0.2394643471118582, 0.37421517721036585, 0.09273761351396177},
                 salib_delta[] = {0.2087554252554043, 0.34656077051186457, 0.15498817337443077};
    for (int k = 0; k < 3; ++k) {
        INFO("factor " << k << ": PAWN " << p.median[static_cast<std::size_t>(k)].value << ", delta " << delta(x.col(k), y));
        CHECK(std::fabs(p.median[static_cast<std::size_t>(k)].value - salib_pawn[k]) < 0.03);
        CHECK(std::fabs(delta(x.col(k), y) - salib_delta[k]) < 0.04);
        CHECK(p.median[static_cast<std::size_t>(k)].value > p.threshold[static_cast<std::size_t>(k)]);
    }
    CHECK(p.median[3].value < p.threshold[3]);
    const SmoothEffects s = smooth_effects(x, y);
    CHECK(std::fabs(s.first[0] - ishigami_first[0]) < 0.03);  // a cubic holds the sine of the first factor, not those of the second
    double pair = 0;
    for (std::size_t k = 0; k < s.pairs.size(); ++k)
        if (s.pairs[k] == std::pair<std::size_t, std::size_t>{0, 2}) pair = s.pair_share[k];
    CHECK(pair > 0.1);
    for (std::size_t k = 0; k < s.pairs.size(); ++k)
        if (s.pairs[k] != std::pair<std::size_t, std::size_t>{0, 2}) CHECK(s.pair_share[k] < 0.02);
}

TEST_CASE("smooth effects and responses of a linear function are exact") {
    const Eigen::MatrixXd x = scrambled_sobol(4096, 5, 2);
    Eigen::VectorXd y(4096);
    for (Eigen::Index i = 0; i < 4096; ++i) {
        const Eigen::RowVectorXd u = x.row(i);
        y[i] = linear(u.data());
    }
    const SmoothEffects s = smooth_effects(x, y);
    CHECK(s.explained > 0.999999);
    for (Eigen::Index k = 0; k < 5; ++k) {
        const double c = static_cast<double>(5 - k);
        CHECK(std::fabs(s.slope[k] - c * (1.0 - 1.0 / 4096)) < 1e-3);
        CHECK(std::fabs(s.first[k] - c * c / 55.0) < 1e-3);
        const auto bins = response(x.col(k), y, 10);
        REQUIRE(bins.size() == 10);
        CHECK(std::fabs(bins.back().mean.value - bins.front().mean.value - 0.9 * c) < 0.03);
    }
}

TEST_CASE("designs: every level and stratum is met as often as it should be") {
    SECTION("a grid meets every combination once") {
        DesignRequest r;
        r.kind = DesignKind::grid;
        const Design d(r, {0, 1, 2}, {2, 3, 4});
        std::set<std::vector<double>> seen;
        for (std::size_t i = 0; i < d.rows(); ++i) seen.insert(d.row(i));
        CHECK(d.rows() == 24);
        CHECK(seen.size() == 24);
    }
    SECTION("a fractional grid balances every factor, every pair, and pairs against single factors") {
        const Design d = laid_out(DesignKind::fractional_grid, 2, 6);
        CHECK(d.rows() == 16);
        const auto sign = [&](std::size_t i, std::size_t k) { return d.row(i)[k] > 0.5 ? 1 : -1; };
        for (std::size_t a = 0; a < 6; ++a) {
            int alone = 0;
            for (std::size_t i = 0; i < d.rows(); ++i) alone += sign(i, a);
            CHECK(alone == 0);
            for (std::size_t b = 0; b < a; ++b) {
                int two = 0;
                for (std::size_t i = 0; i < d.rows(); ++i) two += sign(i, a) * sign(i, b);
                CHECK(two == 0);
                for (std::size_t c = 0; c < 6; ++c) {
                    int three = 0;
                    for (std::size_t i = 0; i < d.rows(); ++i) three += sign(i, a) * sign(i, b) * sign(i, c);
                    if (c != a && c != b) CHECK(three == 0);
                }
            }
        }
    }
    SECTION("a Latin hypercube and a scrambled sequence have one point in each stratum of each factor") {
        for (const DesignKind kind : {DesignKind::latin_hypercube, DesignKind::sobol_sequence}) {
            const Design d = laid_out(kind, 128, 7);
            for (std::size_t k = 0; k < 7; ++k) {
                std::set<int> strata;
                for (std::size_t i = 0; i < 128; ++i) strata.insert(static_cast<int>(d.row(i)[k] * 128));
                CHECK(strata.size() == 128);
            }
        }
    }
    SECTION("factors of a group move together") {
        DesignRequest r;
        r.kind = DesignKind::sobol_indices;
        r.points = 4;
        const Design d(r, {0, 1, 0}, {2, 2, 2});
        CHECK(d.block() == 4);
        const auto a = d.row(0), b = d.row(1), mixed = d.row(2);
        CHECK(mixed == std::vector<double>{b[0], a[1], b[2]});
    }
    SECTION("a design too large to lay out is refused") {
        DesignRequest r;
        r.kind = DesignKind::grid;
        CHECK_THROWS_AS(Design(r, {0, 1, 2}, {1000, 1000, 1000}), std::length_error);
    }
}
