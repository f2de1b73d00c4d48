#pragma once
#include <Eigen/Dense>
#include <vector>

namespace hubs {

/// A figure with its 95 % interval.
struct Interval {
    double value = 0, low = 0, high = 0;
};

/// Sobol' indices of one set of points: outputs at A, at B, and at A with one group's columns of B.
struct SobolIndices {
    double mean = 0, variance = 0;  ///< over A and B together
    Eigen::VectorXd first;          ///< Saltelli and others (2010)
    Eigen::VectorXd first_jansen;
    Eigen::VectorXd total;  ///< Jansen (1999)
};

/// `mixed` has one column a group. Not a number where the output never varies. Not centred, the first order is as
/// published; centred it varies less.
SobolIndices sobol_indices(const Eigen::VectorXd& a, const Eigen::VectorXd& b, const Eigen::MatrixXd& mixed, bool centred = true);

/// Indices of K independent scrambles: their means with t-intervals.
struct SobolEstimate {
    std::vector<Interval> first, total;
};
SobolEstimate sobol_estimate(const std::vector<SobolIndices>& scrambles);

/// Elementary effects of one group: changes of output over the step, in units of the output over the whole range.
struct MorrisEffect {
    double mean = 0;    ///< signed
    Interval absolute;  ///< mu*, with a t-interval
    double spread = 0;  ///< sigma: interactions and curvature
};
std::vector<MorrisEffect> morris_effects(const Eigen::MatrixXd& effects);

/// Mean of several draws with its t-interval.
Interval t_interval(const Eigen::VectorXd& draws);

/// What luck does, where replicate j has the same luck in every row: replicates of each row in columns. What a
/// replicate moves in all rows alike is told from what it moves in each row by itself, which alone disturbs comparisons.
struct LuckVariance {
    double between = 0;                         ///< variance of the expected output between rows
    double interaction = 0;                     ///< variance of one run about its row's expectation, beyond what moves all rows alike
    double common = 0;                          ///< variance of what moves all rows alike
    double share() const;                       ///< of the variance of single runs that is luck
    double total_floor(unsigned means) const;   ///< total Sobol' index of that disturbance alone, for means over so many replicates
    double morris_floor(unsigned means) const;  ///< expected absolute effect of that disturbance alone, likewise
};

/// Two-way analysis of variance. With one replicate luck is not a number.
LuckVariance luck_of(const Eigen::MatrixXd& replicates);

}  // namespace hubs
