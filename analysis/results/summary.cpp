#include "analysis/results/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hubs {

double quantile_of_sorted(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const std::size_t below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - static_cast<double>(below));
}

namespace {

/// Means of so many values in turn.
std::vector<double> means_in_turn(const std::vector<double>& values, std::size_t share) {
    std::vector<double> out;
    for (std::size_t from = 0; from < values.size(); from += share) {
        const std::size_t to = std::min(values.size(), from + share);
        double sum = 0;
        for (std::size_t i = from; i < to; ++i) sum += values[i];
        out.push_back(sum / static_cast<double>(to - from));
    }
    return out;
}

}  // namespace

Summary summarise(std::vector<double> values, std::size_t share_a_draw) {
    Summary s;
    s.values = values.size();
    if (values.empty()) return s;
    const double n = static_cast<double>(values.size());
    for (const double v : values) {
        s.mean += v / n;
        s.share_above += (v > 0) / n;
    }
    double squares = 0;
    for (const double v : values) squares += (v - s.mean) * (v - s.mean);
    s.sd = values.size() > 1 ? std::sqrt(squares / (n - 1)) : std::numeric_limits<double>::quiet_NaN();
    s.mcse = share_a_draw > 1 ? summarise(means_in_turn(values, share_a_draw)).mcse : s.sd / std::sqrt(n);
    std::sort(values.begin(), values.end());
    s.p2_5 = quantile_of_sorted(values, 0.025);
    s.p10 = quantile_of_sorted(values, 0.10);
    s.p25 = quantile_of_sorted(values, 0.25);
    s.p50 = quantile_of_sorted(values, 0.50);
    s.p75 = quantile_of_sorted(values, 0.75);
    s.p90 = quantile_of_sorted(values, 0.90);
    s.p97_5 = quantile_of_sorted(values, 0.975);
    return s;
}

}  // namespace hubs
