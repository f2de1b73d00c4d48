#pragma once
#include <Eigen/Dense>
#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/statistics/sensitivity/variance.h"

/// Sensitivity measures of any table of runs, however its points were chosen. `x` has one column a factor.
namespace hubs {

/// Ranks of a column as shares within 0 to 1; equal values share the middle of their ranks.
Eigen::VectorXd rank_shares(const Eigen::VectorXd& x);

/// Factor sorted into `slices` of equal count: Kolmogorov–Smirnov distances between the output within a slice and
/// the output as a whole (Pianosi and Wagener 2018), of each slice.
Eigen::VectorXd pawn_distances(const Eigen::VectorXd& x, const Eigen::VectorXd& y, unsigned slices);

struct Pawn {
    std::vector<Interval> median;   ///< of each factor, with a 95 % bootstrap interval
    std::vector<double> threshold;  ///< of each factor: what it stays below in 95 % of shuffles of its own values
};
Pawn pawn(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, unsigned slices, std::uint64_t seed);

/// Borgonovo's delta by kernel densities within slices (Plischke, Borgonovo and Smith 2013), not corrected for bias.
double delta(const Eigen::VectorXd& x, const Eigen::VectorXd& y);

/// Variance of the output explained by smooth effects: a regression on polynomials of the factors' ranks
/// (cubic in each, or as many degrees as it has values; pairs of the strongest, if there are rows enough). Shares of the variance.
struct SmoothEffects {
    Eigen::VectorXd first;
    Eigen::VectorXd slope;  ///< output from the lowest to the highest rank: the linear part alone
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::vector<double> pair_share;
    double explained = 0;  ///< R squared
};
SmoothEffects smooth_effects(const Eigen::MatrixXd& x, const Eigen::VectorXd& y);

/// Mean output in bins of equal count along one factor.
struct ResponseBin {
    double from, to, middle;
    Interval mean;
    std::size_t rows;
};
std::vector<ResponseBin> response(const Eigen::VectorXd& x, const Eigen::VectorXd& y, unsigned bins);

}  // namespace hubs
