#include "analysis/statistics/estimator/neighbours.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics/estimator/least_squares.h"

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

Eigen::MatrixXd placed(const Eigen::MatrixXd& X, Metric metric, const std::vector<bool>& treated,
                       const std::vector<std::string>& names) {
    Eigen::MatrixXd S = metric == Metric::mahalanobis_within ? covariance_within(X, treated) : covariance(X);
    Eigen::VectorXd sd = S.diagonal().cwiseSqrt();
    for (Eigen::Index k = 0; k < X.cols(); ++k)
        if (!(sd[k] > 0))
            throw EstimationError("Covariate \"" + names.at(static_cast<std::size_t>(k)) +
                                  "\" is constant; leave it out.");
    Eigen::MatrixXd Z = (X.rowwise() - X.colwise().mean()) * sd.cwiseInverse().asDiagonal();
    if (metric == Metric::inverse_variance) return Z;
    const double n = static_cast<double>(X.rows());
    // Full sample: as R's Matching, sums over n of columns scaled by n - 1.
    const Eigen::MatrixXd R =
        metric == Metric::mahalanobis
            ? Eigen::MatrixXd(Z.transpose() * Z / n)
            : Eigen::MatrixXd(sd.cwiseInverse().asDiagonal() * S * sd.cwiseInverse().asDiagonal());
    const Eigen::LLT<Eigen::MatrixXd> root(R);
    const Eigen::MatrixXd L = root.matrixL();
    if (root.info() != Eigen::Success || !(L.diagonal().minCoeff() > 1e-7)) {
        const auto k = first_dependent_column(Z).value_or(X.cols() - 1);
        throw EstimationError("Covariate \"" + names.at(static_cast<std::size_t>(k)) +
                              "\" follows from the other covariates; leave it out.");
    }
    return L.triangularView<Eigen::Lower>().solve(Z.transpose()).transpose();
}

Search::Search(const Eigen::MatrixXd& place, const std::vector<std::uint32_t>& among, SearchRules rules)
    : rules_(rules), place_(place.transpose()), rows_(among) {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return place(a, 0) < place(b, 0); });
    for (const std::uint32_t row : rows_) first_.push_back(place(row, 0));
}

template <class Visit>
void Search::outwards(double from, Visit&& visit) const {
    const auto middle = static_cast<std::size_t>(std::lower_bound(first_.begin(), first_.end(), from) - first_.begin());
    std::size_t below = middle, above = middle;  // [below, above) has been visited
    bool down = below > 0, up = above < first_.size();
    while (down || up) {
        const bool lower = down && (!up || from - first_[below - 1] < first_[above] - from);
        const std::size_t at = lower ? --below : above++;
        const double apart = first_[at] - from;
        if (!visit(rows_[at], apart * apart)) (lower ? down : up) = false;
        down = down && below > 0;
        up = up && above < first_.size();
    }
}

bool Search::eligible(std::uint32_t i, std::uint32_t j) const {
    if (rules_.cells != nullptr && (*rules_.cells)[i] != (*rules_.cells)[j]) return false;
    if (rules_.limits == nullptr) return true;
    const auto& [values, widest] = *rules_.limits;
    for (Eigen::Index k = 0; k < widest.size(); ++k)
        if (std::fabs(values(i, k) - values(j, k)) > widest[k]) return false;
    return true;
}

std::vector<std::uint32_t> Search::nearest(std::uint32_t i, std::size_t most) const {
    if (most == 0) return {};
    const double* const from = place_.data() + static_cast<Eigen::Index>(i) * place_.rows();
    const double tolerance = rules_.first_only ? 0.0 : rules_.tolerance;
    std::vector<double> best;  // the `most` smallest distances so far, ascending
    std::vector<Near> found;   // all that may yet be near enough
    outwards(from[0], [&](std::uint32_t j, double d) {
        const double limit = best.size() == most ? best.back() + tolerance : std::numeric_limits<double>::infinity();
        if (d > limit) return false;  // and so is everything beyond
        if (!eligible(i, j)) return true;
        const double* const to = place_.data() + static_cast<Eigen::Index>(j) * place_.rows();
        for (Eigen::Index k = 1; k < place_.rows() && d <= limit; ++k) d += (from[k] - to[k]) * (from[k] - to[k]);
        if (d > limit) return true;
        found.push_back({d, j});
        if (best.size() < most || d < best.back()) {
            if (best.size() == most) best.pop_back();
            best.insert(std::upper_bound(best.begin(), best.end(), d), d);
        }
        return true;
    });
    if (best.size() < most) return {};
    const auto closer =
        static_cast<std::size_t>(std::lower_bound(best.begin(), best.end(), best.back()) - best.begin());
    return within(std::move(found), best.back() + tolerance, closer, most);
}

std::vector<std::uint32_t> Search::within(std::vector<Near> found, double reach, std::size_t closer,
                                          std::size_t most) const {
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) { return a.row < b.row; });
    std::size_t room = rules_.first_only ? most - closer : found.size();  // for rows exactly at the reach
    std::vector<std::uint32_t> out;
    for (const Near& n : found) {
        if (n.distance > reach || (n.distance == reach && room == 0)) continue;
        room -= n.distance == reach ? 1 : 0;
        out.push_back(n.row);
    }
    return out;
}

}  // namespace hubs
