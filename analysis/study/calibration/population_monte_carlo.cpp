#include "analysis/study/calibration/population_monte_carlo.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include "analysis/statistics/sampling/sampling.h"

namespace hubs {
namespace {

constexpr double furthest = 20.0;  // of a logit: 1 in 500 million, where a uniform prior has nothing more to tell
constexpr std::uint32_t discrepancy_purpose = 0xABC0u, proposal_purpose = 0xABC1u;

/// Points on the logit scale, what was seen there and their importance weights.
struct Pool {
    Eigen::MatrixXd x, seen;
    Eigen::VectorXd weights;

    Eigen::Index size() const { return x.rows(); }
    Pool rows(const std::vector<Eigen::Index>& some) const { return {x(some, Eigen::all), seen(some, Eigen::all), weights(some)}; }
    static Pool of_both(const Pool& a, const Pool& b) {
        Pool out{Eigen::MatrixXd(a.size() + b.size(), a.x.cols()), Eigen::MatrixXd(a.size() + b.size(), a.seen.cols()), Eigen::VectorXd(a.size() + b.size())};
        out.x << a.x, b.x;
        out.seen << a.seen, b.seen;
        out.weights << a.weights, b.weights;
        return out;
    }
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Median absolute deviation of each column.
Eigen::VectorXd spreads(const Eigen::MatrixXd& seen) {
    Eigen::VectorXd out(seen.cols());
    for (Eigen::Index j = 0; j < seen.cols(); ++j) {
        std::vector<double> values(seen.col(j).begin(), seen.col(j).end());
        const double middle = median(values);
        for (double& v : values) v = std::fabs(v - middle);
        out[j] = std::max(median(values), 1e-12);
    }
    return out;
}

Eigen::VectorXd distances(const Eigen::MatrixXd& seen, const Eigen::VectorXd& y, const Eigen::VectorXd& scale) {
    return ((seen.rowwise() - y.transpose()).array().rowwise() / scale.transpose().array()).matrix().rowwise().norm();
}

/// The rows with the least distances, in their own order.
std::vector<Eigen::Index> nearest(const Eigen::VectorXd& distance, std::size_t count) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(distance.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return distance[a] < distance[b]; });
    order.resize(std::min(count, order.size()));
    std::sort(order.begin(), order.end());
    return order;
}

Eigen::MatrixXd covariance(const Eigen::MatrixXd& x, const Eigen::VectorXd& weights) {
    const Eigen::VectorXd share = weights / weights.sum();
    const Eigen::MatrixXd centred = x.rowwise() - (share.transpose() * x);
    return centred.transpose() * share.asDiagonal() * centred;
}

class MonteCarlo {
public:
    MonteCarlo(const Eigen::VectorXd& y, const Discrepancies& discrepancies, const MonteCarloOptions& options, const SimulateRows& simulate)
        : y_(y), discrepancies_(discrepancies), o_(options), simulate_(simulate) {}

    Particles run(const Eigen::MatrixXd& u, const Eigen::MatrixXd& outputs) {
        const Pool prior = pool_of((u.array() / (1.0 - u.array())).log(), outputs, Eigen::VectorXd::Ones(u.rows()), 0);
        if (static_cast<std::size_t>(prior.size()) <= o_.kept)
            throw std::invalid_argument(std::to_string(prior.size()) + " first runs for " + std::to_string(o_.kept) + " particles");
        if (static_cast<Eigen::Index>(o_.kept) < 3 * y_.size())
            throw std::invalid_argument(std::to_string(o_.kept) + " particles for " + std::to_string(y_.size()) + " outputs");
        Eigen::VectorXd scale = spreads(prior.seen);
        Pool kept = prior.rows(nearest(distances(prior.seen, y_, scale), o_.kept));
        Particles out;
        while (out.generations < o_.generations && out.acceptance >= o_.lowest_acceptance) {
            const Pool tried = propose(kept, ++out.generations);
            if (tried.size() == 0) throw std::invalid_argument("no run of generation " + std::to_string(out.generations) + " shows every output");
            out.runs += o_.kept;
            scale = spreads(tried.seen);
            const double before = distances(kept.seen, y_, scale).maxCoeff();
            out.acceptance = static_cast<double>((distances(tried.seen, y_, scale).array() <= before).count()) / static_cast<double>(o_.kept);
            const Pool both = Pool::of_both(kept, tried);
            kept = both.rows(nearest(distances(both.seen, y_, scale), o_.kept));
        }
        adjust(kept, scale, out);
        return out;
    }

private:
    /// Rows that show every output, with rounding, discrepancy and shifts added.
    Pool pool_of(const Eigen::MatrixXd& x, const Eigen::MatrixXd& outputs, const Eigen::VectorXd& weights, unsigned generation) const {
        std::vector<Eigen::Index> shown;
        for (Eigen::Index i = 0; i < outputs.rows(); ++i)
            if (outputs.row(i).allFinite()) shown.push_back(i);
        Pool out = Pool{x, outputs, weights}.rows(shown);
        for (Eigen::Index i = 0; i < out.size(); ++i) {
            Dice dice(o_.seed, static_cast<std::uint32_t>(shown[static_cast<std::size_t>(i)]), discrepancy_purpose + (generation << 16));
            for (Eigen::Index j = 0; j < out.seen.cols(); ++j) {  // one draw a line: their order is the compiler's otherwise
                const double normal = dice.normal();
                const double size = dice.exponential();
                const double sign = dice.uniform() < 0.5 ? -1 : 1;
                out.seen(i, j) += discrepancies_.sd[j] * normal + discrepancies_.shift[j] * size * sign;
            }
        }
        return out;
    }

    Pool propose(const Pool& from, unsigned generation) const {
        const Eigen::LLT<Eigen::MatrixXd> root(2.0 * covariance(from.x, from.weights));
        if (root.info() != Eigen::Success) throw std::invalid_argument("the particles of generation " + std::to_string(generation - 1) + " stand in one place");
        const Eigen::VectorXd share = from.weights / from.weights.sum();
        std::vector<double> up_to(static_cast<std::size_t>(share.size()));
        std::partial_sum(share.begin(), share.end(), up_to.begin());
        Eigen::MatrixXd x(static_cast<Eigen::Index>(o_.kept), from.x.cols());
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            Dice dice(o_.seed, static_cast<std::uint32_t>(i), proposal_purpose + (generation << 16));
            const auto at = std::upper_bound(up_to.begin(), up_to.end(), dice.uniform() * up_to.back()) - up_to.begin();
            Eigen::VectorXd z(x.cols());
            for (double& each : z) each = dice.normal();
            const Eigen::VectorXd step = root.matrixL() * z;
            x.row(i) = (from.x.row(std::min<Eigen::Index>(at, from.size() - 1)) + step.transpose()).cwiseMax(-furthest).cwiseMin(furthest);
        }
        return pool_of(x, simulate_((1.0 + (-x.array()).exp()).inverse(), generation), importance(x, from, share, root), generation);
    }

    /// Prior over the mixture that proposed: the uniform prior is u (1 - u) on the logit scale.
    static Eigen::VectorXd importance(const Eigen::MatrixXd& x, const Pool& from, const Eigen::VectorXd& share, const Eigen::LLT<Eigen::MatrixXd>& root) {
        const Eigen::MatrixXd centres = root.matrixL().solve(from.x.transpose()), points = root.matrixL().solve(x.transpose());
        Eigen::VectorXd out(x.rows());
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            const Eigen::ArrayXd u = (1.0 + (-x.row(i).array()).exp()).inverse().transpose();
            const Eigen::ArrayXd kernel = (-0.5 * (centres.colwise() - points.col(i)).colwise().squaredNorm().array()).exp().transpose();
            out[i] = (u * (1.0 - u)).prod() / (kernel * share.array()).sum();
        }
        const double volume = root.matrixLLT().diagonal().array().log().sum() + 0.5 * static_cast<double>(x.cols()) * std::log(2.0 * std::numbers::pi);
        return out * std::exp(volume);
    }

    /// Regresses points on what was seen, near y; moves each to y, its residual rescaled.
    void adjust(const Pool& kept, const Eigen::VectorXd& scale, Particles& out) const {
        const Eigen::VectorXd distance = distances(kept.seen, y_, scale);
        const Eigen::VectorXd near = 1.0 - (distance / (distance.maxCoeff() * (1 + 1e-9))).array().square();
        const Eigen::VectorXd weights = kept.weights.cwiseProduct(near);
        Eigen::MatrixXd from(kept.size(), kept.seen.cols() + 1);
        from << Eigen::VectorXd::Ones(kept.size()), ((kept.seen.rowwise() - y_.transpose()).array().rowwise() / scale.transpose().array()).matrix();
        Eigen::MatrixXd normal = from.transpose() * weights.asDiagonal() * from;
        normal.diagonal().tail(kept.seen.cols()).array() += 1e-6 * normal(0, 0);
        const Eigen::LDLT<Eigen::MatrixXd> solver(normal);
        const auto fitted = [&](const Eigen::MatrixXd& values) { return Eigen::MatrixXd(solver.solve(from.transpose() * weights.asDiagonal() * values)); };
        const Eigen::MatrixXd means = fitted(kept.x), residuals = kept.x - from * means;
        const Eigen::MatrixXd logs = residuals.array().square().max(1e-12).log(), spreads = fitted(logs);
        const Eigen::MatrixXd rescale = (0.5 * ((-(from * spreads)).rowwise() + spreads.row(0)).array()).exp();
        const Eigen::MatrixXd moved = (residuals.array() * rescale.array()).matrix().rowwise() + means.row(0);
        out.u = (1.0 + (-moved.array()).exp()).inverse();
        out.weights = weights / weights.sum();
        out.effective = 1.0 / out.weights.squaredNorm();
    }

    const Eigen::VectorXd& y_;
    const Discrepancies& discrepancies_;
    const MonteCarloOptions& o_;
    const SimulateRows& simulate_;
};

}  // namespace

Particles population_monte_carlo(const Eigen::MatrixXd& first_u, const Eigen::MatrixXd& first_outputs, const Eigen::VectorXd& y,
                                 const Discrepancies& discrepancies, const MonteCarloOptions& options, const SimulateRows& simulate) {
    return MonteCarlo(y, discrepancies, options, simulate).run(first_u, first_outputs);
}

}  // namespace hubs
