#include "analysis/estimator/least_squares.h"

#include <cmath>
#include <map>

namespace hubs {

std::optional<Eigen::Index> first_dependent_column(Eigen::MatrixXd X) {
    for (Eigen::Index k = 0; k < X.cols(); ++k) {
        const double length = X.col(k).norm();
        if (length > 0) X.col(k) /= length;
    }
    for (Eigen::Index k = 0; k < X.cols(); ++k) {  // Gram-Schmidt in the order given: the later column is named
        Eigen::VectorXd rest = X.col(k);
        for (int twice = 0; twice < 2; ++twice)
            for (Eigen::Index j = 0; j < k; ++j) rest -= X.col(j) * X.col(j).dot(rest);
        const double left = rest.norm();
        if (!(left > 1e-9)) return k;
        X.col(k) = rest / left;
    }
    return std::nullopt;
}

namespace {

/// Refuses what follows from other columns, by name.
void check_rank(const Eigen::MatrixXd& X, const std::vector<std::string>& names) {
    if (const auto k = first_dependent_column(X))
        throw EstimationError("Column \"" + names.at(static_cast<std::size_t>(*k)) +
                              "\" is constant or follows from the other columns; leave it out.");
}

Eigen::MatrixXd inverse_root(const Eigen::MatrixXd& symmetric) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(symmetric);
    Eigen::VectorXd roots = parts.eigenvalues();
    for (double& r : roots) r = r > 1e-12 ? 1.0 / std::sqrt(r) : 0.0;  // a cluster that fixes a column: pseudo-inverse
    return parts.eigenvectors() * roots.asDiagonal() * parts.eigenvectors().transpose();
}

}  // namespace

LeastSquares::LeastSquares(const Eigen::MatrixXd& X, const Eigen::VectorXd& y, const std::vector<std::string>& names,
                           const Eigen::VectorXd* weights)
    : X_(X) {
    if (X.rows() <= X.cols())
        throw EstimationError("A regression on " + std::to_string(X.cols()) + " columns needs more than " +
                              std::to_string(X.rows()) + " rows.");
    Eigen::VectorXd root = Eigen::VectorXd::Ones(X.rows());
    if (weights != nullptr) root = weights->cwiseSqrt();
    X_ = root.asDiagonal() * X;
    check_rank(X_, names);
    const Eigen::VectorXd scaled_y = root.asDiagonal() * y;
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(X_);
    coefficients_ = qr.solve(scaled_y);
    const Eigen::MatrixXd R = qr.matrixQR().topRows(X.cols()).triangularView<Eigen::Upper>();
    const Eigen::MatrixXd inverse_R =
        R.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(X.cols(), X.cols()));
    bread_ = inverse_R * inverse_R.transpose();
    residuals_ = y - X * coefficients_;
    scaled_ = root.asDiagonal() * residuals_;
    const double sum = root.squaredNorm(), mean = root.cwiseAbs2().dot(y) / sum;
    const double total = (root.asDiagonal() * (y.array() - mean).matrix()).squaredNorm();
    r_squared_ = total > 0 ? 1.0 - scaled_.squaredNorm() / total : not_available;
}

double LeastSquares::classical_error(Eigen::Index k) const {
    return std::sqrt(scaled_.squaredNorm() / static_cast<double>(degrees_of_freedom()) * bread_(k, k));
}

double LeastSquares::robust_error(Eigen::Index k, Robust kind) const {
    const Eigen::VectorXd influence = X_ * bread_.col(k);
    double sum = 0;
    for (Eigen::Index i = 0; i < X_.rows(); ++i) {
        double e = scaled_[i] * influence[i];
        if (kind == Robust::HC2 || kind == Robust::HC3) {
            const double leverage = X_.row(i) * bread_ * X_.row(i).transpose();
            if (1.0 - leverage < 1e-10) continue;  // a row that a column of its own fits: no residual, no contribution
            e /= kind == Robust::HC2 ? std::sqrt(1.0 - leverage) : 1.0 - leverage;
        }
        sum += e * e;
    }
    if (kind == Robust::HC1) sum *= static_cast<double>(X_.rows()) / static_cast<double>(degrees_of_freedom());
    return std::sqrt(sum);
}

LeastSquares::Clustered LeastSquares::clustered_error(Eigen::Index k,
                                                      const std::vector<std::uint32_t>& clusters) const {
    std::map<std::uint32_t, std::vector<Eigen::Index>> members;
    for (std::size_t i = 0; i < clusters.size(); ++i) members[clusters[i]].push_back(static_cast<Eigen::Index>(i));
    const auto groups = static_cast<double>(members.size()), n = static_cast<double>(X_.rows()),
               columns = static_cast<double>(X_.cols());
    if (members.size() < 2) throw EstimationError("Errors by cluster need at least two clusters.");
    double plain = 0, adjusted = 0;
    Eigen::MatrixXd sides(static_cast<Eigen::Index>(members.size()), X_.cols());
    Eigen::VectorXd squares(static_cast<Eigen::Index>(members.size()));
    Eigen::Index g = 0;
    for (const auto& [id, rows] : members) {
        const auto size = static_cast<Eigen::Index>(rows.size());
        Eigen::MatrixXd own(size, X_.cols());
        Eigen::VectorXd left(size);
        for (Eigen::Index i = 0; i < size; ++i) {
            own.row(i) = X_.row(rows[static_cast<std::size_t>(i)]);
            left[i] = scaled_[rows[static_cast<std::size_t>(i)]];
        }
        plain += std::pow((own * bread_.col(k)).dot(left), 2);
        const Eigen::MatrixXd keeps = Eigen::MatrixXd::Identity(size, size) - own * bread_ * own.transpose();
        const Eigen::VectorXd v = inverse_root(keeps) * (own * bread_.col(k));
        adjusted += std::pow(v.dot(left), 2);
        squares[g] = v.squaredNorm();
        sides.row(g++) = v.transpose() * own;
    }
    // Satterthwaite: (trace)^2 over the sum of squares of G = P'P, P the clusters' contrasts.
    const Eigen::MatrixXd G = Eigen::MatrixXd(squares.asDiagonal()) - sides * bread_ * sides.transpose();
    if (!(adjusted > 1e-20 * plain) || !(G.trace() > 1e-12 * G.cwiseAbs().maxCoeff()))
        throw EstimationError("Errors by cluster need at least two clusters on each side of the comparison.");
    return {std::sqrt(plain), std::sqrt(plain * groups / (groups - 1.0) * (n - 1.0) / (n - columns)),
            std::sqrt(adjusted), std::pow(G.trace(), 2) / G.squaredNorm(), members.size()};
}

}  // namespace hubs
