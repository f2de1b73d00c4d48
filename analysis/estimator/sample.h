#pragma once
#include <Eigen/Dense>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace hubs {

/// A sample cannot answer: the message names what is wrong with it.
struct EstimationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Establishments with both returns. Rows are establishments; all columns have `size()` rows.
struct Sample {
    Eigen::VectorXd outcome;              ///< benchmarks at the end
    Eigen::VectorXd before;               ///< benchmarks at the start; may be empty
    std::vector<bool> treated;            ///< in a hub
    Eigen::MatrixXd covariates;           ///< rows by covariates
    std::vector<std::string> names;       ///< of the covariates
    std::vector<std::uint32_t> clusters;  ///< group number of each row; may be empty

    std::size_t size() const { return treated.size(); }
    Eigen::VectorXd treatment() const {
        Eigen::VectorXd t(static_cast<Eigen::Index>(size()));
        for (std::size_t i = 0; i < size(); ++i) t[static_cast<Eigen::Index>(i)] = treated[i] ? 1.0 : 0.0;
        return t;
    }
    std::size_t treated_count() const {
        std::size_t n = 0;
        for (const bool t : treated) n += t;
        return n;
    }
    /// Ones, then the covariates.
    Eigen::MatrixXd with_constant() const {
        Eigen::MatrixXd out(covariates.rows(), covariates.cols() + 1);
        out << Eigen::VectorXd::Ones(covariates.rows()), covariates;
        return out;
    }
};

inline constexpr double not_available = std::numeric_limits<double>::quiet_NaN();

/// Whose average effect an estimator aims at.
enum class Estimand { treated, all, controls };

}  // namespace hubs
