#include "analysis/study/calibration/emulator.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

constexpr double ridge = 1e-4;               // of the number of runs; features have variance about one
constexpr double mean_log_square = -1.2704;  // of a squared standard normal

Eigen::MatrixXd rows_where(const Eigen::MatrixXd& all, bool left_out) {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index i = 0; i < all.rows(); ++i)
        if ((i % 8 == 7) == left_out) rows.push_back(i);
    return all(rows, Eigen::all);
}

/// Shrunk towards no correlation by the share that noise explains.
Eigen::MatrixXd shrunk_correlation(const Eigen::MatrixXd& z) {
    const auto n = static_cast<double>(z.rows());
    Eigen::MatrixXd r = z.transpose() * z / n;
    const Eigen::VectorXd sd = r.diagonal().cwiseSqrt();
    r = sd.cwiseInverse().asDiagonal() * r * sd.cwiseInverse().asDiagonal();
    double noise = 0, signal = 0;
    for (Eigen::Index i = 0; i < r.cols(); ++i)
        for (Eigen::Index j = 0; j < i; ++j) {
            noise += std::pow(1.0 - r(i, j) * r(i, j), 2) / n;
            signal += r(i, j) * r(i, j);
        }
    const double keep = 1.0 - std::clamp(signal > 0 ? noise / signal : 1.0, 0.01, 1.0);
    for (Eigen::Index i = 0; i < r.cols(); ++i)
        for (Eigen::Index j = 0; j < r.cols(); ++j) r(i, j) = i == j ? 1.0 : keep * r(i, j);
    return r;
}

}  // namespace

Eigen::RowVectorXd Emulator::features(const Eigen::VectorXd& u) const {
    const Eigen::Index p = u.size();
    const Eigen::VectorXd z = (u - centre_).cwiseQuotient(scale_);
    Eigen::RowVectorXd f(1 + 2 * p + p * (p + 1) / 2);
    Eigen::Index k = 0;
    f[k++] = 1;
    for (Eigen::Index i = 0; i < p; ++i) f[k++] = z[i];
    for (Eigen::Index i = 0; i < p; ++i) f[k++] = z[i] * z[i] * z[i] / 3.0;
    for (Eigen::Index i = 0; i < p; ++i)
        for (Eigen::Index j = 0; j <= i; ++j) f[k++] = z[i] * z[j];
    return f;
}

void Emulator::fit(const Eigen::MatrixXd& inputs, const Eigen::MatrixXd& outputs) {
    centre_ = inputs.colwise().mean();
    scale_ = ((inputs.rowwise() - centre_.transpose()).colwise().squaredNorm() / static_cast<double>(inputs.rows())).cwiseSqrt().transpose().cwiseMax(1e-6);
    const Eigen::Index n = inputs.rows(), q = outputs.cols();
    Eigen::MatrixXd F(n, features(centre_).size());
    for (Eigen::Index i = 0; i < n; ++i) F.row(i) = features(inputs.row(i).transpose());
    Eigen::MatrixXd A = F.transpose() * F;
    for (Eigen::Index k = 1; k < A.rows(); ++k) A(k, k) += ridge * static_cast<double>(n);
    inverse_ = A.ldlt().solve(Eigen::MatrixXd::Identity(A.rows(), A.cols()));
    coefficients_ = inverse_ * (F.transpose() * outputs);
    const Eigen::MatrixXd left = outputs - F * coefficients_;
    const double df = static_cast<double>(n) / std::max(1.0, static_cast<double>(n - F.cols()));
    residual_ = left.colwise().squaredNorm().transpose() / static_cast<double>(n) * df;
    Eigen::MatrixXd L(n, 1 + inputs.cols());
    for (Eigen::Index i = 0; i < n; ++i) L.row(i) << 1.0, (inputs.row(i).transpose() - centre_).cwiseQuotient(scale_).transpose();
    Eigen::MatrixXd logs(n, q);
    for (Eigen::Index j = 0; j < q; ++j)
        for (Eigen::Index i = 0; i < n; ++i) logs(i, j) = std::log(std::max(left(i, j) * left(i, j) * df, residual_[j] * 1e-8 + 1e-300));
    spread_ = (L.transpose() * L).ldlt().solve(L.transpose() * logs);
    spread_.row(0).array() -= mean_log_square;
    lowest_ = (residual_ * 0.1).cwiseMax(1e-12);
    highest_ = (residual_ * 10.0).cwiseMax(1e-12);
    Eigen::MatrixXd z(n, q);
    for (Eigen::Index i = 0; i < n; ++i) z.row(i) = left.row(i).cwiseQuotient((L.row(i) * spread_).array().exp().sqrt().matrix());
    correlation_ = shrunk_correlation(z);
}

Emulator::Emulator(const Eigen::MatrixXd& inputs, const Eigen::MatrixXd& outputs) {
    fit(rows_where(inputs, false), rows_where(outputs, false));
    const Eigen::MatrixXd x = rows_where(inputs, true), y = rows_where(outputs, true);
    Eigen::MatrixXd z(x.rows(), y.cols()), m(x.rows(), y.cols());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        const Prediction p = at(x.row(i).transpose());
        m.row(i) = p.mean.transpose();
        z.row(i) = (y.row(i).transpose() - p.mean).cwiseQuotient((p.noise + p.mean_variance).cwiseSqrt()).transpose();
    }
    for (Eigen::Index j = 0; j < y.cols(); ++j) {
        const double total = (y.col(j).array() - y.col(j).mean()).square().sum(), left = (y.col(j) - m.col(j)).squaredNorm();
        const double sd = std::sqrt(z.col(j).squaredNorm() / static_cast<double>(z.rows()));
        checks_.push_back({total > 0 ? 1.0 - left / total : 0.0, sd, z.col(j).array().cube().mean() / (sd * sd * sd)});
    }
    fit(inputs, outputs);
}

Emulator::Prediction Emulator::at(const Eigen::VectorXd& u) const {
    const Eigen::RowVectorXd f = features(u);
    Prediction out;
    out.mean = (f * coefficients_).transpose();
    Eigen::RowVectorXd l(1 + u.size());
    l << 1.0, (u - centre_).cwiseQuotient(scale_).transpose();
    out.noise = (l * spread_).array().exp().matrix().transpose().cwiseMax(lowest_).cwiseMin(highest_);
    out.mean_variance = residual_ * (f * inverse_ * f.transpose())(0, 0);
    return out;
}

Eigen::MatrixXd Emulator::slopes(const Eigen::VectorXd& u) const {
    Eigen::MatrixXd out(outputs(), u.size());
    constexpr double step = 1e-3;
    for (Eigen::Index k = 0; k < u.size(); ++k) {
        Eigen::VectorXd up = u, down = u;
        up[k] += step;
        down[k] -= step;
        out.col(k) = (at(up).mean - at(down).mean) / (2 * step);
    }
    return out;
}

}  // namespace hubs
