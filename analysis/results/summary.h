#pragma once
#include <vector>

namespace hubs {

/// A distribution over replicates in the figures that are published.
struct Summary {
    std::size_t values = 0;
    double mean = 0, sd = 0;
    double p2_5 = 0, p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0, p97_5 = 0;
    double mcse = 0;         ///< Monte-Carlo standard error of the mean, luck and draws
    double share_above = 0;  ///< share of values above 0
};

/// Fewer runs give no range: its ends would be single runs.
inline constexpr std::size_t fewest_runs_for_range = 20;

/// Quantiles are interpolated linearly between order statistics (type 7).
/// Where so many values in turn share a draw of parameters, the error of the mean is that of the draws' means.
Summary summarise(std::vector<double> values, std::size_t share_a_draw = 1);
double quantile_of_sorted(const std::vector<double>& sorted, double p);

}  // namespace hubs
