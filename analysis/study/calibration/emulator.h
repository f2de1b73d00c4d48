#pragma once
#include <Eigen/Dense>
#include <vector>

namespace hubs {

/// How well an emulator foretells runs it has not seen (one in eight, left out for the test).
struct EmulatorCheck {
    double r_squared = 0;        ///< of single runs, noise included
    double standardised_sd = 0;  ///< of (run - mean) / sd; 1 if the noise model is right
    double skewness = 0;         ///< of the same
};

/// Mean, variance and correlation of the simulator's outputs as functions of u: ridge regression on
/// all linear, quadratic and product terms and cubes of main effects; log-variance linear in u;
/// one correlation matrix of standardised residuals, shrunk (Schaefer and Strimmer 2005).
class Emulator {
public:
    /// Rows of `inputs` are points u, of `outputs` one run each.
    Emulator(const Eigen::MatrixXd& inputs, const Eigen::MatrixXd& outputs);

    struct Prediction {
        Eigen::VectorXd mean;
        Eigen::VectorXd noise;          ///< variance of one run
        Eigen::VectorXd mean_variance;  ///< of the emulator's own mean
    };
    Prediction at(const Eigen::VectorXd& u) const;
    const Eigen::MatrixXd& correlation() const { return correlation_; }
    const std::vector<EmulatorCheck>& checks() const { return checks_; }
    Eigen::Index outputs() const { return coefficients_.cols(); }
    /// Derivatives of the mean at u: outputs by inputs.
    Eigen::MatrixXd slopes(const Eigen::VectorXd& u) const;

private:
    Eigen::RowVectorXd features(const Eigen::VectorXd& u) const;
    void fit(const Eigen::MatrixXd& inputs, const Eigen::MatrixXd& outputs);

    Eigen::VectorXd centre_, scale_;
    Eigen::MatrixXd coefficients_, inverse_, spread_, correlation_;  // spread_: log-variance
    Eigen::VectorXd residual_, lowest_, highest_;
    std::vector<EmulatorCheck> checks_;
};

}  // namespace hubs
