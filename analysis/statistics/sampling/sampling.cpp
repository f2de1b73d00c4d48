#include "analysis/statistics/sampling/sampling.h"

#include <boost/random/sobol.hpp>
#include <cmath>

#include "sim/base/deterministic_math.h"
#include "sim/base/random.h"

namespace hubs {
namespace {

std::uint32_t reversed(std::uint32_t x) {
    x = (x >> 1 & 0x55555555u) | (x & 0x55555555u) << 1;
    x = (x >> 2 & 0x33333333u) | (x & 0x33333333u) << 2;
    x = (x >> 4 & 0x0f0f0f0fu) | (x & 0x0f0f0f0fu) << 4;
    return __builtin_bswap32(x);
}

/// A hash in which each bit depends on lower bits only (Laine and Karras): on reversed bits a nested scramble.
std::uint32_t scrambled(std::uint32_t x, std::uint32_t seed) {
    x = reversed(x) + seed;
    x ^= x * 0x6c50b47cu;
    x ^= x * 0xb82f1e52u;
    x ^= x * 0xc7afe638u;
    x ^= x * 0x8d22f6e6u;
    return reversed(x);
}

}  // namespace

Eigen::MatrixXd scrambled_sobol(std::size_t points, std::size_t dimensions, std::uint64_t seed) {
    boost::random::sobol sequence(dimensions);
    Eigen::MatrixXd out(static_cast<Eigen::Index>(points), static_cast<Eigen::Index>(dimensions));
    for (std::size_t k = 0; k < dimensions; ++k)
        out(0, static_cast<Eigen::Index>(k)) = unit(scrambled(0, philox({seed, 0}, static_cast<std::uint32_t>(k), 0, 0)[0]));  // Boost leaves out the origin
    for (std::size_t i = 1; i < points; ++i)
        for (std::size_t k = 0; k < dimensions; ++k) {
            const auto x = static_cast<std::uint32_t>(sequence() >> 32);
            out(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = unit(scrambled(x, philox({seed, 0}, static_cast<std::uint32_t>(k), 0, 0)[0]));
        }
    return out;
}

std::uint32_t Dice::word() {
    if (left_ == 0) {
        const Words w = philox({seed_, row_}, purpose_, 0xD1CEu, draw_++);
        for (int i = 0; i < 4; ++i) words_[i] = w[static_cast<std::size_t>(i)];
        left_ = 4;
    }
    return words_[--left_];
}
double Dice::uniform() { return unit(word()); }
double Dice::normal() { return normal_quantile(uniform()); }
double Dice::exponential() { return -natural_log(uniform()); }
std::uint32_t Dice::below(std::uint32_t n) { return hubs::below(word(), n); }

/// Michael, Schucany and Haas (1976).
double Dice::inverse_gaussian(double mean, double shape) {
    const double y = std::pow(normal(), 2), a = mean * y / (2.0 * shape);
    const double x = mean * (1.0 + a - std::sqrt(a * (a + 2.0)));
    return uniform() <= mean / (mean + x) ? x : mean * mean / x;
}

}  // namespace hubs
