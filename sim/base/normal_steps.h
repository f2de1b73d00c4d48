#pragma once
#include <array>

#include "sim/base/deterministic_math.h"
#include "sim/base/random.h"

namespace hubs {

/// A standard normal number in 4,096 steps of equal chance: the upper twelve bits of a word name the step,
/// whose middle is the number. Far quicker than the quantile, and fine enough for what is compared with a
/// threshold and never reported: a chance of 10 % is met to within one in 4,096.
class NormalSteps {
public:
    static const NormalSteps& get() {
        static const NormalSteps made;
        return made;
    }
    double of(std::uint32_t word) const { return step_[word >> 20]; }

private:
    NormalSteps() {
        for (std::size_t i = 0; i < step_.size(); ++i)
            step_[i] = normal_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(step_.size()));
    }
    std::array<double, 4096> step_;
};

}  // namespace hubs
