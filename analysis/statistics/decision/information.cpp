#include "analysis/statistics/decision/information.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/base/random.h"

namespace hubs {
namespace {

Eigen::MatrixXd terms_of(const Eigen::MatrixXd& parameters, unsigned degree) {
    const Eigen::Index n = parameters.rows(), k = parameters.cols();
    Eigen::MatrixXd z = parameters.rowwise() - parameters.colwise().mean();
    for (Eigen::Index c = 0; c < k; ++c) {
        const double sd = std::sqrt(z.col(c).squaredNorm() / static_cast<double>(n));
        if (sd > 0) z.col(c) /= sd;
    }
    const Eigen::Index products = k * (k - 1) / 2, powers = 1 + k * static_cast<Eigen::Index>(degree);
    const bool pairs = k > 1 && (powers + products) * 10 <= n;
    Eigen::MatrixXd out(n, powers + (pairs ? products : 0));
    out.col(0).setOnes();
    Eigen::Index at = 1;
    for (Eigen::Index c = 0; c < k; ++c) {
        Eigen::ArrayXd power = Eigen::ArrayXd::Ones(n);
        for (unsigned d = 1; d <= degree; ++d) out.col(at++) = power *= z.col(c).array();
    }
    if (pairs)
        for (Eigen::Index a = 0; a < k; ++a)
            for (Eigen::Index b = 0; b < a; ++b) out.col(at++) = z.col(a).cwiseProduct(z.col(b));
    return out;
}

double best_of_fitted(const Eigen::ColPivHouseholderQR<Eigen::MatrixXd>& qr, const Eigen::MatrixXd& terms, const Eigen::MatrixXd& net_benefit) {
    const Eigen::MatrixXd fitted = terms * qr.solve(net_benefit);
    return fitted.rowwise().maxCoeff().mean() - net_benefit.colwise().mean().maxCoeff();
}

}  // namespace

double partial_information(const Eigen::MatrixXd& parameters, const Eigen::MatrixXd& net_benefit, unsigned degree) {
    const Eigen::MatrixXd terms = terms_of(parameters, degree);
    return best_of_fitted(terms.colPivHouseholderQr(), terms, net_benefit);
}

double partial_information_beyond_chance(const Eigen::MatrixXd& parameters, const Eigen::MatrixXd& net_benefit, unsigned permutations) {
    const Eigen::MatrixXd terms = terms_of(parameters, 3);
    const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr = terms.colPivHouseholderQr();
    const double found = best_of_fitted(qr, terms, net_benefit);
    double chance = 0;
    std::vector<Eigen::Index> order(static_cast<std::size_t>(net_benefit.rows()));
    for (unsigned i = 0; i < permutations; ++i) {
        std::iota(order.begin(), order.end(), Eigen::Index{0});
        for (std::size_t d = order.size(); d > 1; --d)
            std::swap(order[d - 1], order[below(philox({0x5EED, i}, static_cast<std::uint32_t>(d), 0, 0)[0], static_cast<std::uint32_t>(d))]);
        chance += best_of_fitted(qr, terms, net_benefit(order, Eigen::all)) / permutations;
    }
    return std::max(0.0, found - chance);
}

}  // namespace hubs
