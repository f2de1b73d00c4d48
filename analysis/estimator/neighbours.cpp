#include "analysis/estimator/neighbours.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

Eigen::MatrixXd covariance(const Eigen::MatrixXd& X) {
    const Eigen::MatrixXd centred = X.rowwise() - X.colwise().mean();
    return centred.transpose() * centred / static_cast<double>(X.rows() - 1);
}

/// Pooled within the arms, with n - 2 degrees of freedom.
Eigen::MatrixXd covariance_within(const Eigen::MatrixXd& X, const std::vector<bool>& treated) {
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(X.cols(), X.cols());
    for (const bool arm : {false, true}) {
        std::vector<Eigen::Index> rows;
        for (std::size_t i = 0; i < treated.size(); ++i)
            if (treated[i] == arm) rows.push_back(static_cast<Eigen::Index>(i));
        const Eigen::MatrixXd own = X(rows, Eigen::all);
        const Eigen::MatrixXd centred = own.rowwise() - own.colwise().mean();
        sum += centred.transpose() * centred;
    }
    return sum / static_cast<double>(X.rows() - 2);
}

}  // namespace

Eigen::MatrixXd placed(const Eigen::MatrixXd& X, Metric metric, const std::vector<bool>& treated, const std::vector<std::string>& names) {
    Eigen::MatrixXd S = metric == Metric::mahalanobis_within ? covariance_within(X, treated) : covariance(X);
    Eigen::VectorXd sd = S.diagonal().cwiseSqrt();
    for (Eigen::Index k = 0; k < X.cols(); ++k)
        if (!(sd[k] > 0)) throw EstimationError("Covariate \"" + names.at(static_cast<std::size_t>(k)) + "\" is constant; leave it out.");
    Eigen::MatrixXd Z = (X.rowwise() - X.colwise().mean()) * sd.cwiseInverse().asDiagonal();
    if (metric == Metric::inverse_variance) return Z;
    const double n = static_cast<double>(X.rows());
    // Full sample: as R's Matching, sums over n of columns scaled by n - 1.
    const Eigen::MatrixXd R = metric == Metric::mahalanobis ? Eigen::MatrixXd(Z.transpose() * Z / n)
                                                            : Eigen::MatrixXd(sd.cwiseInverse().asDiagonal() * S * sd.cwiseInverse().asDiagonal());
    const Eigen::LLT<Eigen::MatrixXd> root(R);
    const Eigen::MatrixXd L = root.matrixL();
    for (Eigen::Index k = 0; k < X.cols(); ++k)
        if (root.info() != Eigen::Success || !(L(k, k) > 1e-7))
            throw EstimationError("Covariate \"" + names.at(static_cast<std::size_t>(k)) + "\" follows from the other covariates; leave it out.");
    return L.triangularView<Eigen::Lower>().solve(Z.transpose()).transpose();
}

std::vector<std::uint32_t> Search::nearest(std::uint32_t i, const std::vector<std::uint32_t>& among, std::size_t most) const {
    const Eigen::RowVectorXd from = place.row(i);
    const auto eligible = [&](std::uint32_t j) {
        if (j == i) return false;
        for (Eigen::Index k = 0; k < caliper.size(); ++k)
            if (std::fabs((*X)(i, k) - (*X)(j, k)) > caliper[k]) return false;
        return true;
    };
    std::vector<double> distance(among.size(), -1.0), best;  // best: the `most` smallest so far, ascending
    for (std::size_t c = 0; c < among.size(); ++c) {
        if (!eligible(among[c])) continue;
        double d = 0;
        for (Eigen::Index k = 0; k < place.cols(); ++k) d += (from[k] - place(among[c], k)) * (from[k] - place(among[c], k));
        distance[c] = d;
        if (best.size() == most && d >= best.back()) continue;
        if (best.size() == most) best.pop_back();
        best.insert(std::upper_bound(best.begin(), best.end(), d), d);
    }
    std::vector<std::uint32_t> found;
    if (best.size() < most || most == 0) return found;
    const double reach = best.back() + (first_only ? 0.0 : tolerance);
    std::size_t room = among.size();
    if (first_only) room = most - static_cast<std::size_t>(std::lower_bound(best.begin(), best.end(), reach) - best.begin());
    for (std::size_t c = 0; c < among.size(); ++c) {
        if (distance[c] < 0 || distance[c] > reach) continue;
        if (distance[c] == reach && room == 0) continue;
        room -= distance[c] == reach ? 1 : 0;
        found.push_back(among[c]);
    }
    return found;
}

}  // namespace hubs
