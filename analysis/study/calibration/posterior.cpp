#include "analysis/study/calibration/posterior.h"

#include <tbb/parallel_for.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "analysis/study/calibration/chains.h"
#include "analysis/statistics/sampling/sampling.h"
#include "sim/run/ensemble.h"

namespace hubs {
namespace {

Eigen::MatrixXd covariance(const Eigen::VectorXd& noise, const Eigen::VectorXd& more, const Eigen::MatrixXd& correlation) {
    const Eigen::VectorXd sd = noise.cwiseSqrt();
    Eigen::MatrixXd out = sd.asDiagonal() * correlation * sd.asDiagonal();
    out.diagonal() += more;
    return out;
}

Eigen::VectorXd own_variances(const CalibrationProblem& problem) {
    Eigen::VectorXd v(static_cast<Eigen::Index>(problem.fitted));
    for (std::size_t j = 0; j < problem.fitted; ++j) v[static_cast<Eigen::Index>(j)] = problem.targets[j].own_variance();
    return v;
}

double gaussian(const Eigen::VectorXd& left, const Eigen::MatrixXd& covariance) {
    const Eigen::LLT<Eigen::MatrixXd> root(covariance);
    const Eigen::VectorXd z = root.matrixL().solve(left);
    return -0.5 * z.squaredNorm() - root.matrixLLT().diagonal().array().log().sum();
}

/// One chain's state.
struct Chain {
    Eigen::VectorXd x;               ///< logit u
    Emulator::Prediction predicted;  ///< there: the costliest part, so kept until x moves
    Eigen::VectorXd variances;  ///< of each target's shift, in units of its own variance
    Eigen::VectorXd shift;      ///< in standard deviations
    double log_density = 0, log_likelihood = 0;
};

Eigen::VectorXd to_u(const Eigen::VectorXd& x) { return (1.0 + (-x.array()).exp()).inverse(); }

class Sampler {
public:
    Sampler(const CalibrationProblem& problem, const Emulator& emulator, const Eigen::VectorXd& y, const SamplerOptions& o)
        : emulator_(emulator), y_(y), o_(o), own_(own_variances(problem)), p_(static_cast<Eigen::Index>(problem.dimensions())) {
        unit_ = own_ + emulator.at(Eigen::VectorXd::Constant(p_, 0.5)).noise;  // a shift's unit does not depend on u
    }

    Draws run() {
        start();
        const unsigned kept = (o_.steps - o_.burn) / o_.thin;
        ChainStore store(o_.chains, kept, p_);
        Draws out;
        const auto rows = static_cast<Eigen::Index>(kept) * o_.chains;
        out.u.resize(rows, p_);
        out.shift.resize(rows, y_.size());
        out.log_likelihood.resize(rows);
        for (unsigned step = 0; step < o_.steps; ++step) {
            if (o_.stop != nullptr && *o_.stop) throw Interrupted();
            for (const unsigned half : {0u, 1u})
                tbb::parallel_for(0u, o_.chains / 2, [&](unsigned i) {
                    const unsigned c = 2 * i + half;
                    Dice dice(o_.seed, c, step);
                    move(c, 1 - half, step, dice);
                    if (o_.shift_scale > 0) shift(chains_[c], dice);
                });
            if (step < o_.burn || (step - o_.burn) % o_.thin != 0 || (step - o_.burn) / o_.thin >= kept) continue;
            const unsigned place = (step - o_.burn) / o_.thin;
            for (unsigned c = 0; c < o_.chains; ++c) {
                const auto row = static_cast<Eigen::Index>(place * o_.chains + c);
                out.u.row(row) = to_u(chains_[c].x).transpose();
                out.shift.row(row) = chains_[c].shift.transpose();
                out.log_likelihood[row] = chains_[c].log_likelihood;
                store.add(c, place, chains_[c].x);
            }
        }
        store.diagnose(out.r_hat, out.bulk_ess, out.tail_ess);
        return out;
    }

private:
    void start() {
        const Eigen::MatrixXd points = scrambled_sobol(4096, static_cast<std::size_t>(p_), o_.seed ^ 0x57A87u);
        std::vector<std::pair<double, Eigen::Index>> best;
        chains_.resize(o_.chains);
        Chain trial;
        trial.variances = Eigen::VectorXd::Constant(y_.size(), o_.shift_scale > 0 ? 2 * o_.shift_scale * o_.shift_scale : 0.0);
        trial.shift = Eigen::VectorXd::Zero(y_.size());
        for (Eigen::Index i = 0; i < points.rows(); ++i) {
            trial.x = (points.row(i).array() / (1.0 - points.row(i).array())).log().transpose();
            predict(trial);
            best.emplace_back(-trial.log_density, i);
        }
        std::sort(best.begin(), best.end());
        for (unsigned c = 0; c < o_.chains; ++c) {
            const auto row = points.row(best[c].second);
            chains_[c] = trial;
            chains_[c].x = (row.array() / (1.0 - row.array())).log().transpose();
            predict(chains_[c]);
        }
    }

    void predict(Chain& c) const {
        c.predicted = emulator_.at(to_u(c.x));
        evaluate(c);
    }

    /// The densities of what is predicted, with the shifts' variances as they are.
    void evaluate(Chain& c) const {
        const Eigen::VectorXd u = to_u(c.x);
        const auto& p = c.predicted;
        const Eigen::VectorXd more = own_ + p.mean_variance;
        const double prior = (u.array() * (1.0 - u.array())).log().sum();  // uniform in u
        c.log_likelihood = gaussian(y_ - p.mean, covariance(p.noise, more, emulator_.correlation()));
        const double with_shifts =
            o_.shift_scale > 0 ? gaussian(y_ - p.mean, covariance(p.noise, more + c.variances.cwiseProduct(unit_), emulator_.correlation())) : c.log_likelihood;
        c.log_density = prior + with_shifts / o_.temperature;
    }

    /// A difference of two chains of the other half, now and then a full one to jump between modes.
    void move(unsigned c, unsigned other, unsigned step, Dice& dice) {
        const unsigned half = o_.chains / 2, a = 2 * dice.below(half) + other;
        unsigned b = 2 * dice.below(half) + other;
        if (a == b) b = 2 * ((b / 2 + 1) % half) + other;
        const double length = step % 10 == 9 ? 1.0 : 2.38 / std::sqrt(2.0 * static_cast<double>(p_)) * (0.5 + dice.uniform());
        Chain proposal = chains_[c];
        for (Eigen::Index k = 0; k < p_; ++k) proposal.x[k] += length * (chains_[a].x[k] - chains_[b].x[k]) + 1e-3 * dice.normal();
        if (!(proposal.x.cwiseAbs().maxCoeff() < 30)) return;
        predict(proposal);
        evaluate(chains_[c]);  // the shifts' variances have moved since
        if (-dice.exponential() >= proposal.log_density - chains_[c].log_density) return;
        chains_[c] = std::move(proposal);
    }

    void shift(Chain& c, Dice& dice) const {
        const auto& p = c.predicted;
        const Eigen::MatrixXd S = covariance(p.noise, own_ + p.mean_variance, emulator_.correlation()) * o_.temperature;
        const Eigen::VectorXd T = c.variances.cwiseProduct(unit_);
        Eigen::MatrixXd both = S;
        both.diagonal() += T;
        const Eigen::LLT<Eigen::MatrixXd> root(both);
        // A draw of the shift given the residual: a draw of both, corrected by what was seen.
        const Eigen::LLT<Eigen::MatrixXd> noise(S);
        Eigen::VectorXd prior(T.size()), error(T.size());
        for (Eigen::Index j = 0; j < T.size(); ++j) prior[j] = std::sqrt(T[j]) * dice.normal();
        for (Eigen::Index j = 0; j < T.size(); ++j) error[j] = dice.normal();
        const Eigen::VectorXd seen = prior + noise.matrixL() * error;
        const Eigen::VectorXd drawn = prior + T.cwiseProduct(root.solve(y_ - p.mean - seen));
        c.shift = drawn.cwiseQuotient(unit_.cwiseSqrt());
        const double rate = 1.0 / o_.shift_scale;
        for (Eigen::Index j = 0; j < T.size(); ++j) {
            const double size = std::max(std::fabs(c.shift[j]), 1e-6);
            c.variances[j] = 1.0 / dice.inverse_gaussian(rate / size, rate * rate);
        }
    }

    const Emulator& emulator_;
    const Eigen::VectorXd& y_;
    const SamplerOptions& o_;
    const Eigen::VectorXd own_;
    Eigen::VectorXd unit_;
    const Eigen::Index p_;
    std::vector<Chain> chains_;
};

}  // namespace

bool Implausibility::plausible(std::size_t targets) const {
    return second_largest <= 3.0 && joint <= boost::math::quantile(boost::math::chi_squared(static_cast<double>(targets)), 0.995);
}

Implausibility implausibility(const CalibrationProblem& problem, const Emulator& emulator, const Eigen::VectorXd& u, const Eigen::VectorXd& y) {
    const auto p = emulator.at(u);
    const Eigen::VectorXd more = own_variances(problem) + p.mean_variance, left = y - p.mean;
    Implausibility out;
    out.single = left.cwiseAbs().cwiseQuotient((p.noise + more).cwiseSqrt());
    Eigen::VectorXd sorted = out.single;
    std::sort(sorted.begin(), sorted.end());
    out.second_largest = sorted.size() > 1 ? sorted[sorted.size() - 2] : sorted[0];
    const Eigen::LLT<Eigen::MatrixXd> root(covariance(p.noise, more, emulator.correlation()));
    out.joint = Eigen::VectorXd(root.matrixL().solve(left)).squaredNorm();
    return out;
}

Draws sample_posterior(const CalibrationProblem& problem, const Emulator& emulator, const Eigen::VectorXd& y, const SamplerOptions& options) {
    return Sampler(problem, emulator, y, options).run();
}

double log_likelihood(const CalibrationProblem& problem, const Eigen::VectorXd& y, const Eigen::VectorXd& mean, const Eigen::VectorXd& noise,
                      const Eigen::VectorXd& more, const Eigen::MatrixXd& correlation) {
    return gaussian(y - mean, covariance(noise, own_variances(problem) + more, correlation));
}

}  // namespace hubs
