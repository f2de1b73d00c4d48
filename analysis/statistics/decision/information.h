#pragma once
#include <Eigen/Dense>

namespace hubs {

/// Expected value of perfect information on some parameters (EVPPI), by regression: net benefit of each
/// plan on polynomials of the parameters, then the mean of the best fitted value less the best mean.
/// `parameters`: draws × parameters; `net_benefit`: draws × plans, pounds. Single parameters to the power
/// of `degree`; several together have squares and products (cubes of each) if draws allow at least ten to a
/// term, else powers alone. Source: Strong, Oakley and Brennan 2014.
double partial_information(const Eigen::MatrixXd& parameters, const Eigen::MatrixXd& net_benefit, unsigned degree = 3);

/// The same with its expectation when the parameters say nothing taken off: the mean over permutations of
/// the draws (own dice, fixed seed). Never below 0.
double partial_information_beyond_chance(const Eigen::MatrixXd& parameters, const Eigen::MatrixXd& net_benefit, unsigned permutations = 20);

}  // namespace hubs
