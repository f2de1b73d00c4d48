#pragma once
#include <Eigen/Dense>
#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hubs {

/// A sample cannot answer: the message names what is wrong with it.
struct EstimationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// How the start is called among the covariates, unless a table has another name for it.
inline constexpr const char* before_name = "benchmarks before";

/// Establishments with both returns. Rows are establishments; all columns have `size()` rows.
struct Sample {
    Eigen::VectorXd outcome;                ///< benchmarks at the end
    Eigen::VectorXd before;                 ///< benchmarks at the start; may be empty
    std::string before_label{before_name};  ///< how it is called among the covariates
    std::vector<bool> treated;              ///< in a hub
    Eigen::MatrixXd covariates;             ///< rows by covariates
    std::vector<std::string> names;         ///< of the covariates
    std::vector<std::uint32_t> clusters;    ///< group number of each row; may be empty
    Eigen::VectorXd weights;                ///< of sampling or of non-response, above zero; may be empty: all alike
    std::vector<std::uint32_t> cells;       ///< rows may be matched within their cell only; may be empty

    std::size_t size() const { return treated.size(); }
    double weight(std::size_t row) const { return weights.size() == 0 ? 1.0 : weights[static_cast<Eigen::Index>(row)]; }
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
enum class Estimand : std::uint8_t { treated, all, controls };
inline constexpr std::array<std::string_view, 3> estimand_words{"att", "ate", "atc"};
inline constexpr std::array<std::string_view, 3> estimand_names{"treated", "all", "controls"};

}  // namespace hubs
