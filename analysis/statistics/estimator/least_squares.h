#pragma once
#include <optional>
#include "analysis/statistics/estimator/sample.h"

namespace hubs {

inline const char* const two_clusters_needed =
    "Errors by cluster need at least two clusters of treated and two of controls.";

/// The first column that follows from those before it (or is zero), to a billionth of its length; nothing if all stand
/// alone.
std::optional<Eigen::Index> first_dependent_column(Eigen::MatrixXd X);

/// (Weighted) least squares and its errors. `X` has full column rank or EstimationError is thrown,
/// naming the column (from `names`, one for each column of X) that follows from the others.
class LeastSquares {
public:
    LeastSquares(const Eigen::MatrixXd& X, const Eigen::VectorXd& y, const std::vector<std::string>& names,
                 const Eigen::VectorXd* weights = nullptr);

    const Eigen::VectorXd& coefficients() const { return coefficients_; }
    const Eigen::VectorXd& residuals() const { return residuals_; }  ///< unweighted
    const Eigen::MatrixXd& bread() const { return bread_; }          ///< (X'WX)^-1
    double r_squared() const { return r_squared_; }
    Eigen::Index degrees_of_freedom() const { return X_.rows() - X_.cols(); }

    enum class Robust { HC0, HC1, HC2, HC3 };
    double classical_error(Eigen::Index coefficient) const;
    /// Heteroscedasticity-consistent (MacKinnon and White 1985).
    double robust_error(Eigen::Index coefficient, Robust kind) const;

    struct Clustered {
        double CR0, CR1S;      ///< Liang and Zeger; with Stata's small-sample factor
        double CR2, df;        ///< Bell and McCaffrey 2002; Satterthwaite (as clubSandwich, rows of equal variance)
        std::size_t clusters;  ///< at least 2
    };
    Clustered clustered_error(Eigen::Index coefficient, const std::vector<std::uint32_t>& clusters) const;

private:
    Eigen::MatrixXd X_;     ///< rows times the square root of their weight
    Eigen::VectorXd root_;  ///< square root of each weight; none is zero
    Eigen::VectorXd coefficients_, residuals_, scaled_;
    Eigen::MatrixXd bread_;
    double r_squared_ = 0;
};

}  // namespace hubs
