#include "analysis/statistics/estimator/columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hubs {

Columns independent_columns(const Eigen::MatrixXd& X, const std::vector<std::string>& names, const std::string& start) {
    Columns out;
    std::vector<Eigen::Index> order(static_cast<std::size_t>(X.cols()));
    std::iota(order.begin(), order.end(), 0);
    const auto rank = [&](Eigen::Index k) {
        const std::string& name = names.at(static_cast<std::size_t>(k));
        return std::pair(name != start, name);
    };
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return std::pair(rank(a), a) < std::pair(rank(b), b); });
    std::vector<Eigen::VectorXd> basis;
    const auto rows = static_cast<std::size_t>(X.rows());
    for (const Eigen::Index k : order) {
        if (rows == 0 || X.col(k).maxCoeff() == X.col(k).minCoeff()) {
            out.constant.push_back(k);
            continue;
        }
        Eigen::VectorXd rest = X.col(k).array() - X.col(k).mean();
        const double digits = std::numeric_limits<double>::epsilon() * std::sqrt(static_cast<double>(rows)) *
                              X.col(k).cwiseAbs().maxCoeff() / rest.norm();
        rest.normalize();
        for (int twice = 0; twice < 2; ++twice)
            for (const Eigen::VectorXd& one : basis) rest -= one * one.dot(rest);
        const double left = rest.norm();
        const bool room = basis.size() + 1 < rows;  // beside the constant
        if (!room || !(left > std::max(1e-9, 8 * digits))) {
            out.follow.push_back(k);
            continue;
        }
        basis.push_back(rest / left);
        out.kept.push_back(k);
    }
    for (auto* list : {&out.kept, &out.constant, &out.follow}) std::sort(list->begin(), list->end());
    return out;
}

std::string quoted_list(const std::vector<Eigen::Index>& columns, const std::vector<std::string>& names) {
    std::vector<std::string> named;
    for (const Eigen::Index k : columns) named.push_back('"' + names.at(static_cast<std::size_t>(k)) + '"');
    std::sort(named.begin(), named.end());
    std::string out;
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (i > 0) out += i + 1 == named.size() ? " and " : ", ";
        out += named[i];
    }
    return out;
}

Eigen::MatrixXd standardised(const Eigen::MatrixXd& X) {
    Eigen::MatrixXd out = X.rowwise() - X.colwise().mean();
    for (Eigen::Index k = 0; k < out.cols(); ++k)
        out.col(k) /= out.col(k).norm() / std::sqrt(static_cast<double>(out.rows()));
    return out;
}

}  // namespace hubs
