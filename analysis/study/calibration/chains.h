#pragma once
#include <Eigen/Dense>
#include <vector>

namespace hubs {

/// What chains visited, and whether they agree: rank-normalised split R-hat, bulk and tail
/// effective sample sizes (Vehtari, Gelman, Simpson, Carpenter and Buerkner 2021).
class ChainStore {
public:
    ChainStore(unsigned chains, unsigned steps, Eigen::Index parameters);
    void add(unsigned chain, unsigned step, const Eigen::VectorXd& x);
    void diagnose(Eigen::VectorXd& r_hat, Eigen::VectorXd& bulk, Eigen::VectorXd& tail) const;

private:
    std::vector<Eigen::MatrixXd> values_;  ///< by parameter: steps by chains
};

/// Effective number of draws in columns of steps by chains (Geyer's initial monotone sequence).
double effective_draws(const Eigen::MatrixXd& chains);
/// Potential scale reduction of split chains.
double split_r_hat(const Eigen::MatrixXd& chains);

/// Shape k of the generalised Pareto distribution of the largest of `log_weights` (Zhang and
/// Stephens 2009), and the weights with that tail smoothed (Vehtari et al. 2024).
struct Smoothed {
    double pareto_k;
    Eigen::VectorXd weights;  ///< sum to one
};
Smoothed pareto_smoothed(const Eigen::VectorXd& log_weights);

}  // namespace hubs
