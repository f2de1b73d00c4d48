#include "analysis/statistics/estimator/least_squares.h"

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

/// `symmetric`^(-1/2) `v`; directions of no variance, as where a cluster fixes a column, count as nothing.
Eigen::VectorXd inverse_root_times(const Eigen::MatrixXd& symmetric, const Eigen::VectorXd& v) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(symmetric);
    Eigen::VectorXd roots = parts.eigenvalues();
    for (double& r : roots) r = r > 1e-12 ? 1.0 / std::sqrt(r) : 0.0;
    return parts.eigenvectors() * (roots.asDiagonal() * (parts.eigenvectors().transpose() * v));
}

/// An orthonormal basis of what the columns span.
Eigen::MatrixXd basis_of(const Eigen::MatrixXd& columns) {
    const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(columns);
    return qr.householderQ() * Eigen::MatrixXd::Identity(columns.rows(), qr.rank());
}

}  // namespace

LeastSquares::LeastSquares(const Eigen::MatrixXd& X, const Eigen::VectorXd& y, const std::vector<std::string>& names,
                           const Eigen::VectorXd* weights)
    : X_(X), root_(Eigen::VectorXd::Ones(X.rows())) {
    if (X.rows() <= X.cols())
        throw EstimationError("A regression on " + std::to_string(X.cols()) + " columns needs more than " +
                              std::to_string(X.rows()) + " rows.");
    if (weights != nullptr) root_ = weights->cwiseSqrt();
    X_ = root_.asDiagonal() * X;
    check_rank(X_, names);
    const Eigen::VectorXd scaled_y = root_.asDiagonal() * y;
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(X_);
    coefficients_ = qr.solve(scaled_y);
    const Eigen::MatrixXd R = qr.matrixQR().topRows(X.cols()).triangularView<Eigen::Upper>();
    const Eigen::MatrixXd inverse_R =
        R.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(X.cols(), X.cols()));
    bread_ = inverse_R * inverse_R.transpose();
    residuals_ = y - X * coefficients_;
    scaled_ = root_.asDiagonal() * residuals_;
    const double sum = root_.squaredNorm(), mean = root_.cwiseAbs2().dot(y) / sum;
    const double total = (root_.asDiagonal() * (y.array() - mean).matrix()).squaredNorm();
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
    // Rows of cluster g as they were: X_g, weights W_g, M = (X'WX)^-1, Q = X'W^2X. Were all rows independent with one
    // variance, the cluster's residuals would have variance B_g = I - H_g - H_g' + X_g M Q M X_g' with H_g = X_g M X_g'
    // W_g; the adjustment is its inverse root. B_g differs from I only in the span of X_g and W_g X_g.
    const Eigen::MatrixXd Q = X_.transpose() * root_.cwiseAbs2().asDiagonal() * X_;
    const Eigen::MatrixXd between = bread_ * Q * bread_;
    const auto size = static_cast<Eigen::Index>(members.size());
    Eigen::MatrixXd s(X_.cols(), size), t(X_.cols(), size);
    Eigen::VectorXd squares(size);
    double plain = 0, adjusted = 0, given = 0;
    Eigen::Index g = 0;
    for (const auto& [id, rows] : members) {
        const Eigen::VectorXd root = root_(rows);
        const Eigen::MatrixXd scaled = X_(rows, Eigen::all), own = root.cwiseInverse().asDiagonal() * scaled,
                              weighted = root.asDiagonal() * scaled;
        Eigen::MatrixXd both(own.rows(), 2 * own.cols());
        both << own, weighted;
        const Eigen::MatrixXd U = basis_of(both), own_in = U.transpose() * own, weighted_in = U.transpose() * weighted;
        const Eigen::MatrixXd hat = own_in * bread_ * weighted_in.transpose();
        const Eigen::MatrixXd variance = Eigen::MatrixXd::Identity(U.cols(), U.cols()) - hat - hat.transpose() +
                                         own_in * between * own_in.transpose();
        const Eigen::VectorXd u = U * inverse_root_times(variance, weighted_in * bread_.col(k));
        const Eigen::VectorXd left = residuals_(rows);
        plain += std::pow((weighted * bread_.col(k)).dot(left), 2);
        given += (weighted * bread_.col(k)).squaredNorm();
        adjusted += std::pow(u.dot(left), 2);
        squares[g] = u.squaredNorm();
        s.col(g) = own.transpose() * u;
        t.col(g++) = weighted.transpose() * u;
    }
    // Satterthwaite: (trace)^2 over the sum of squares of the clusters' contrasts' products.
    const Eigen::MatrixXd cross = t.transpose() * bread_ * s;
    const Eigen::MatrixXd G =
        Eigen::MatrixXd(squares.asDiagonal()) - cross - cross.transpose() + s.transpose() * between * s;
    if (!(squares.sum() > 1e-12 * given) || !(G.trace() > 1e-12 * G.cwiseAbs().maxCoeff()))
        throw EstimationError("Errors by cluster need at least two clusters on each side of the comparison.");
    return {std::sqrt(plain), std::sqrt(plain * groups / (groups - 1.0) * (n - 1.0) / (n - columns)),
            std::sqrt(adjusted), std::pow(G.trace(), 2) / G.squaredNorm(), members.size()};
}

}  // namespace hubs
