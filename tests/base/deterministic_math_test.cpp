#include "tests/catch.h"
#include <cmath>

#include "sim/base/normal_bins.h"

using namespace hubs;

TEST_CASE("exp agrees with libm to 1e-12") {
    for (double x = -700; x < 700; x += 0.37) REQUIRE(std::fabs(exponential(x) / std::exp(x) - 1) < 1e-12);
    for (double x = -1; x < 1; x += 0.0007) REQUIRE(std::fabs(exponential(x) / std::exp(x) - 1) < 1e-15 * 4);
    CHECK(exponential(0) == 1.0);
    CHECK(exponential(-800) == 0.0);
}

TEST_CASE("log agrees with libm to 1e-12") {
    for (double x = 1e-300; x < 1e300; x *= 1.7) REQUIRE(std::fabs(natural_log(x) - std::log(x)) <= 1e-12 * std::fabs(std::log(x)) + 1e-300);
    for (double x = 0.5; x < 2; x += 0.0003) REQUIRE(std::fabs(natural_log(x) - std::log(x)) <= 1e-12 * std::fabs(std::log(x)) + 1e-18);
    CHECK(natural_log(1.0) == 0.0);
}

TEST_CASE("the normal quantile inverts the normal distribution") {
    const auto cdf = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
    for (double p = 1e-10; p < 0.5; p *= 1.21) {
        REQUIRE(std::fabs(cdf(normal_quantile(p)) / p - 1) < 1e-12);
        REQUIRE(std::fabs(normal_quantile(p) + normal_quantile(1 - p)) < 1e-5);
    }
    CHECK(normal_quantile(0.5) == 0.0);
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
}

TEST_CASE("normals rise with their words, also where the formula changes, and bins compare as the normals do") {
    const auto rises = [](std::uint32_t from, std::uint32_t steps) {
        for (std::uint32_t w = from; w < from + steps; ++w) REQUIRE(normal(w) < normal(w + 1));
    };
    const auto word_at = [](double p) { return static_cast<std::uint32_t>(p * 4294967296.0); };
    for (const double p : {0.075, 0.925, 0.5, 1e-6, 0.999999, 0.7071067811865476 / 16, 0.7071067811865476 / 1024, 1 - 0.7071067811865476 / 16})
        rises(word_at(p) - 2000, 4000);
    rises(0, 1000);
    rises(~std::uint32_t{0} - 1000, 999);
    const NormalBins& bins = NormalBins::get();
    std::uint32_t word = 1;
    unsigned settled[2]{};
    for (int i = 0; i < 200000; ++i) {
        word = word * 1664525u + 1013904223u;
        const double own = (i % 7) * 0.15, common = (i % 13) * 0.2 - 1.2;
        // Thresholds that lie on the number itself, next to it, and anywhere.
        const double exact = common + own * normal(word);
        for (const double threshold : {exact, std::nextafter(exact, -9.0), std::nextafter(exact, 9.0), (i % 400) * 0.01 - 2}) {
            const bool answer = exact > threshold;
            REQUIRE(bins.exceeds(common, own, word, threshold) == answer);
            ++settled[answer];
        }
    }
    CHECK(std::min(settled[0], settled[1]) > 100000);
}
