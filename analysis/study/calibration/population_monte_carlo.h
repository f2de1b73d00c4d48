#pragma once
#include <Eigen/Dense>
#include <cstdint>
#include <functional>

namespace hubs {

/// One run's outputs at each row of `u`, by generation from 1. Rows without an answer are not finite.
using SimulateRows = std::function<Eigen::MatrixXd(const Eigen::MatrixXd& u, unsigned generation)>;

/// What lies between a run and a published figure, added to every run as luck of its own (Wilkinson 2013).
struct Discrepancies {
    Eigen::VectorXd sd;     ///< of rounding and discrepancy, normal, by output
    Eigen::VectorXd shift;  ///< scale of a Laplace shift, by output; zero: none
};

struct MonteCarloOptions {
    std::size_t kept = 1000;  ///< particles that go on; as many are tried in a generation
    unsigned generations = 12;
    double lowest_acceptance = 0.01;  ///< stops when fewer of a generation are kept
    std::uint64_t seed = 1;
};

struct Particles {
    Eigen::MatrixXd u;        ///< rows are particles, adjusted by regression
    Eigen::VectorXd weights;  ///< sum to one
    unsigned generations = 0;
    double acceptance = 1;  ///< share of the last generation nearer than the farthest kept before it
    double effective = 0;   ///< equal draws that the weights are worth (Kish)
    std::size_t runs = 0;   ///< simulated here, the first ones not among them
};

/// Approximate Bayesian computation by adaptive population Monte Carlo, without any emulator: the nearer
/// half goes on (Lenormand, Jabot and Deffuant 2013) by weights and a kernel of twice the covariance
/// (Beaumont et al. 2009), with distances in median absolute deviations of all that was simulated in
/// the generation (Prangle 2017; his rule that a particle pass all earlier distances too is left out); then the heteroscedastic local-linear adjustment (Blum
/// and Francois 2010). `first_u` are draws from the uniform prior on (0, 1), with their runs. Throws std::invalid_argument where particles are fewer than three
/// to an output, or runs show too little.
Particles population_monte_carlo(const Eigen::MatrixXd& first_u, const Eigen::MatrixXd& first_outputs, const Eigen::VectorXd& y,
                                 const Discrepancies& discrepancies, const MonteCarloOptions& options, const SimulateRows& simulate);

}  // namespace hubs
