#pragma once
#include <vector>

#include "sim/base/deterministic_math.h"
#include "sim/base/random.h"

namespace hubs {

/// A word as a standard normal number. It rises with the word.
inline double normal(std::uint32_t word) { return normal_quantile(unit(word)); }

/// Compares normals without working them out: a word's upper bits bound its normal, which settles all
/// but one comparison in a thousand. Since every step rises with the word, answers are those of `normal`.
class NormalBins {
public:
    static const NormalBins& get() {
        static const NormalBins made;
        return made;
    }
    /// Whether `common + own * normal(word)` exceeds the threshold; `own` is not negative.
    bool exceeds(double common, double own, std::uint32_t word, double threshold) const {
        const double* edge = &edges_[word >> shift];
        if (common + own * edge[0] > threshold) return true;
        if (!(common + own * edge[1] > threshold)) return false;
        return common + own * normal(word) > threshold;
    }

private:
    NormalBins() {
        for (std::uint32_t bin = 0; bin < bins; ++bin) edges_.push_back(normal(bin << shift));
        edges_.push_back(normal(~std::uint32_t{0}));
    }

    static constexpr unsigned shift = 22;
    static constexpr std::uint32_t bins = 1u << (32 - shift);
    std::vector<double> edges_;  ///< the normal of each bin's lowest word; last, of the highest word of all
};

}  // namespace hubs
