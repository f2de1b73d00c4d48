#pragma once
#include <Eigen/Dense>
#include <cmath>
#include <map>
#include <set>

#include "analysis/statistics/estimator/sample.h"

/// Estimators as a textbook has them: every matrix written out, every pair looked at. Slow, and nothing shared with the
/// product but the sample.
namespace hubs::plain {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

inline MatrixXd pseudo_inverse(const MatrixXd& A) { return A.completeOrthogonalDecomposition().pseudoInverse(); }

/// B^(-1/2), nothing in directions without variance.
inline MatrixXd inverse_root(const MatrixXd& B) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> parts(0.5 * (B + B.transpose()));
    VectorXd roots = parts.eigenvalues();
    for (double& r : roots) r = r > 1e-12 ? 1 / std::sqrt(r) : 0;
    return parts.eigenvectors() * roots.asDiagonal() * parts.eigenvectors().transpose();
}

/// Start and covariates, each in standard deviations; of columns that follow from others those last by name are left
/// out.
inline MatrixXd usable(const Sample& s) {
    std::map<std::string, VectorXd> by_name;
    if (s.before.size() > 0) by_name[""] = s.before;
    for (Index k = 0; k < s.covariates.cols(); ++k) by_name[s.names[static_cast<std::size_t>(k)]] = s.covariates.col(k);
    MatrixXd kept(s.outcome.size(), 0);
    for (const auto& [name, column] : by_name) {
        VectorXd c = column.array() - column.mean();
        if (column.maxCoeff() == column.minCoeff()) continue;
        c /= c.norm() / std::sqrt(static_cast<double>(c.size()));
        MatrixXd more(c.size(), kept.cols() + 1);
        more << kept, c;
        Eigen::JacobiSVD<MatrixXd> svd(more);
        svd.setThreshold(1e-8);
        if (svd.rank() == more.cols() && more.cols() + 1 < more.rows()) kept = more;
    }
    return kept;
}

inline VectorXd weights(const Sample& s) { return s.weights.size() > 0 ? s.weights : VectorXd::Ones(s.outcome.size()); }

struct Regression {
    double value, hc3, cr2 = 0, df = 0;
};
/// Of `y` on 1, treatment and Z with weights w; errors with the whole hat matrix.
inline Regression regression(const Sample& s, const VectorXd& y, const MatrixXd& Z, const VectorXd& w) {
    const Index n = y.size();
    MatrixXd X(n, Z.cols() + 2);
    X << VectorXd::Ones(n), s.treatment(), Z;
    const MatrixXd W = w.asDiagonal(), M = pseudo_inverse(X.transpose() * W * X), A = M * X.transpose() * W, H = X * A;
    const VectorXd beta = A * y, e = y - X * beta;
    Regression out{beta[1], 0};
    const MatrixXd root = w.cwiseSqrt().asDiagonal(), Hw = root * X * M * X.transpose() * root;
    for (Index i = 0; i < n; ++i)
        if (1 - Hw(i, i) > 1e-10) out.hc3 += std::pow(A(1, i) * e[i] / (1 - Hw(i, i)), 2);
    out.hc3 = std::sqrt(out.hc3);
    if (s.clusters.empty()) return out;
    const MatrixXd rest = MatrixXd::Identity(n, n) - H;
    std::map<std::uint32_t, std::vector<Index>> groups;
    for (Index i = 0; i < n; ++i) groups[s.clusters[static_cast<std::size_t>(i)]].push_back(i);
    MatrixXd g(n, static_cast<Index>(groups.size()));
    Index k = 0;
    for (const auto& [id, rows] : groups) {
        const MatrixXd own = rest(rows, Eigen::all), B = own * own.transpose();
        const VectorXd a = A.row(1)(rows).transpose(), u = inverse_root(B) * a;
        out.cr2 += std::pow(u.dot(e(rows)), 2);
        g.col(k++) = own.transpose() * u;
    }
    const MatrixXd P = g.transpose() * g;
    out.cr2 = std::sqrt(out.cr2);
    out.df = std::pow(P.trace(), 2) / P.squaredNorm();
    return out;
}

struct Matching {
    double value, error;
    std::size_t targets = 0, pairs = 0;
};
/// Effect on the treated by one nearest neighbour on Z (Mahalanobis), every tied one; Abadie and Imbens with J = 2.
inline Matching matching(const Sample& s, const MatrixXd& Z) {
    const Index n = Z.rows();
    const MatrixXd centred = Z.rowwise() - Z.colwise().mean(), S = (centred.transpose() * centred / (n - 1.0)).eval();
    // as R's Matching: columns over their n - 1 standard deviations, sums over n
    const VectorXd sd = S.diagonal().cwiseSqrt();
    const MatrixXd Zs = centred * sd.cwiseInverse().asDiagonal(),
                   inverse = (Zs.transpose() * Zs / static_cast<double>(n)).inverse();
    const auto distance = [&](Index i, Index j) {
        const VectorXd d = (Zs.row(i) - Zs.row(j)).transpose();
        return static_cast<double>(d.transpose() * inverse * d);
    };
    const auto nearest = [&](Index i, bool arm, std::size_t most, bool within) {
        std::multiset<double> all;
        const auto may = [&](Index j) {
            const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
            return s.treated[b] == arm && (!within || s.cells.empty() || s.cells[a] == s.cells[b]);
        };
        for (Index j = 0; j < n; ++j)
            if (may(j)) all.insert(distance(i, j));
        std::vector<Index> out;
        if (all.size() < most) return out;
        const double reach = *std::next(all.begin(), static_cast<std::ptrdiff_t>(most) - 1) + 1e-5;
        for (Index j = 0; j < n; ++j)
            if (may(j) && distance(i, j) <= reach) out.push_back(j);
        return out;
    };
    const VectorXd w = weights(s);
    const auto mean_of = [&](const std::vector<Index>& rows) { return w(rows).dot(s.outcome(rows)) / w(rows).sum(); };
    VectorXd effect = VectorXd::Zero(n), K = effect, K2 = effect, own = effect;
    Matching out{0, 0};
    for (Index i = 0; i < n; ++i) {
        if (!s.treated[static_cast<std::size_t>(i)]) continue;
        const auto near = nearest(i, false, 1, true);
        if (near.empty()) continue;
        ++out.targets;
        out.pairs += near.size();
        own[i] = w[i];
        effect[i] = s.outcome[i] - mean_of(near);
        for (const Index j : near) {
            const double share = w[i] * w[j] / w(near).sum();
            K[j] += share;
            K2[j] += share * share;
        }
    }
    out.value = own.dot(effect) / own.sum();
    double sum = 0;
    for (Index i = 0; i < n; ++i) {
        auto near = nearest(i, s.treated[static_cast<std::size_t>(i)], 3, true);
        if (near.empty()) near = nearest(i, s.treated[static_cast<std::size_t>(i)], 3, false);
        const double mean = mean_of(near);
        double variance = 0;
        for (const Index j : near) variance += w[j] * std::pow(s.outcome[j] - mean, 2) / w(near).sum();
        variance *= static_cast<double>(near.size()) / static_cast<double>(near.size() - 1);
        sum += std::pow(own[i] * (effect[i] - out.value), 2) + (K[i] * K[i] - K2[i]) * variance;
    }
    out.error = std::sqrt(sum) / own.sum();
    return out;
}

/// Weighting for the effect on the treated, its error from stacked estimating equations with a numerical derivative.
struct Weighting {
    double value, error;
};
inline Weighting weighting(const Sample& s, const MatrixXd& Z) {
    const Index n = Z.rows(), q = Z.cols() + 1;
    MatrixXd X(n, q);
    X << VectorXd::Ones(n), Z;
    const VectorXd D = s.treatment(), w = weights(s);
    const auto chance = [&](const VectorXd& g) { return VectorXd((1 + (-(X * g).array()).exp()).inverse()); };
    VectorXd g = VectorXd::Zero(q);
    for (int round = 0; round < 200; ++round) {  // half steps, until nothing moves
        const VectorXd p = chance(g);
        const MatrixXd information = X.transpose() * VectorXd(w.array() * p.array() * (1 - p.array())).asDiagonal() * X;
        g += 0.5 * pseudo_inverse(information) * X.transpose() * (w.array() * (D - p).array()).matrix();
    }
    const auto equations = [&](const VectorXd& t) {
        const VectorXd p = chance(t.head(q)), odds = p.array() / (1 - p.array());
        MatrixXd out(n, q + 2);
        out.leftCols(q) = (w.array() * (D - p).array()).matrix().asDiagonal() * X;
        out.col(q) = w.array() * (1 - D.array()) * odds.array() * (s.outcome.array() - t[q]);
        out.col(q + 1) = w.array() * D.array() * (s.outcome.array() - t[q] - t[q + 1]);
        return out;
    };
    const VectorXd p = chance(g), c = w.array() * (1 - D.array()) * p.array() / (1 - p.array()),
                   d = w.array() * D.array();
    VectorXd t(q + 2);
    t << g, c.dot(s.outcome) / c.sum(), d.dot(s.outcome) / d.sum() - c.dot(s.outcome) / c.sum();
    MatrixXd A(q + 2, q + 2);
    for (Index k = 0; k < q + 2; ++k) {
        const double h = 1e-5 * std::max(1.0, std::fabs(t[k]));
        VectorXd up = t, down = t;
        up[k] += h;
        down[k] -= h;
        A.col(k) = (equations(up).colwise().sum() - equations(down).colwise().sum()).transpose() / (2 * h);
    }
    const MatrixXd E = equations(t), V = A.inverse() * E.transpose() * E * A.inverse().transpose();
    return {t[q + 1], std::sqrt(V(q + 1, q + 1))};
}

}  // namespace hubs::plain
