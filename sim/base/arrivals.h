#pragma once
#include <bit>

#include "sim/base/deterministic_math.h"
#include "sim/base/random.h"

namespace hubs {

/// Many rare chances drawn as one: if item i happens at rate x_i this month, then the number of
/// arrivals is Poisson(sum of x), each falls on item i with probability x_i / sum, and an item
/// happens with probability 1 - exp(-x_i), independently of the others. A rate may be
/// overstated if the arrival is then kept with probability (true rate) / (stated rate).
inline constexpr double most_arrivals_expected = 8.0;  ///< above, each item is to be drawn by itself

/// No arrival is possible: 1 - exp(-x) lies below x. Cheap; nearly always the answer.
inline bool no_arrival(std::uint32_t word, double x) { return word >= threshold32(x); }

/// Poisson(x) from one word by inversion, small words for many: more luck or a higher rate never
/// give fewer. `x` at most about 30.
inline unsigned arrivals(std::uint32_t word, double x) {
    const double u = unit(word);
    double term = exponential(-x), tail = 1.0 - term;
    unsigned count = 0;
    while (u < tail && count < 64) {
        ++count;
        term *= x / count;
        tail -= term;
    }
    return count;
}

/// Item number `n`, from 0, among `items`.
inline unsigned nth_item(Items items, std::uint32_t n) {
    for (; n > 0; --n) items &= items - 1;
    return static_cast<unsigned>(std::countr_zero(items));
}

}  // namespace hubs
