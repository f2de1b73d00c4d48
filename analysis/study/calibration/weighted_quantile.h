#pragma once
#include <algorithm>
#include <utility>
#include <vector>

namespace hubs {

/// The value below which lies a share of the weight; pairs of value and weight, weights summing to one.
inline double weighted_quantile(std::vector<std::pair<double, double>> values, double share) {
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (const auto& [x, w] : values) {
        sum += w;
        if (sum >= share) return x;
    }
    return values.back().first;
}

}  // namespace hubs
