#pragma once
#include <atomic>

#include "analysis/study/calibration/emulator.h"
#include "analysis/study/calibration/problem.h"

namespace hubs {

/// How far the best point is from each target, in standard deviations.
struct Implausibility {
    double second_largest = 0;                  ///< robust to one bad emulator
    double joint = 0;                           ///< squared Mahalanobis distance
    Eigen::VectorXd single;                     ///< by target
    bool plausible(std::size_t targets) const;  ///< 3 at most, and inside the chi-square 99.5 % point
};
Implausibility implausibility(const CalibrationProblem& problem, const Emulator& emulator, const Eigen::VectorXd& u, const Eigen::VectorXd& y);

/// Scale of the Laplace prior of a target's shift, in its standard deviations (robust synthetic likelihood).
inline constexpr double shift_scale = 0.5;

struct SamplerOptions {
    unsigned chains = 64, steps = 45000, burn = 9000, thin = 36;
    double temperature = 1;                  ///< above 1: a wider distribution, for the design of the next wave
    double shift_scale = hubs::shift_scale;  ///< of the Laplace prior of each target's shift; 0: none (not robust)
    std::uint64_t seed = 1;
    const std::atomic<bool>* stop = nullptr;
};

/// Draws of u, and of each target's shift in its own standard deviations: what the model
/// cannot reproduce shows there instead of bending parameters.
struct Draws {
    Eigen::MatrixXd u, shift;                   ///< rows are draws; columns parameters, targets
    Eigen::VectorXd log_likelihood;             ///< emulated, without shifts
    Eigen::VectorXd r_hat, bulk_ess, tail_ess;  ///< by parameter (Vehtari et al. 2021)
};

/// Differential-evolution MCMC (ter Braak and Vrugt 2008) on logit u against the emulated
/// synthetic likelihood; shifts by Gibbs steps of the Laplace prior (robust synthetic
/// likelihood, Frazier and Drovandi 2021). The same draws for any number of threads.
Draws sample_posterior(const CalibrationProblem& problem, const Emulator& emulator, const Eigen::VectorXd& y, const SamplerOptions& options);

/// log N(y; mean, D R D + own) with D^2 the noise of one run.
double log_likelihood(const CalibrationProblem& problem, const Eigen::VectorXd& y, const Eigen::VectorXd& mean, const Eigen::VectorXd& noise,
                      const Eigen::VectorXd& more, const Eigen::MatrixXd& correlation);

}  // namespace hubs
