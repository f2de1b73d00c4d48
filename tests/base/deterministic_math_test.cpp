#include "tests/catch.h"
#include <cmath>

#include "sim/base/deterministic_math.h"

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
