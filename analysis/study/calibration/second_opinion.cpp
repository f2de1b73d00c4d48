#include "analysis/study/calibration/second_opinion.h"

#include <cmath>

#include "analysis/study/calibration/population_monte_carlo.h"
#include "analysis/study/calibration/weighted_quantile.h"
#include "analysis/statistics/sampling/sampling.h"

namespace hubs {
namespace {

constexpr std::size_t most_particles = 1000;

std::size_t particles_of(const CalibrationProblem& p) { return std::min<std::size_t>(most_particles, p.wave_runs / 4); }

/// Weighted draws of one parameter, on the prior's scale.
struct Marginal {
    std::vector<std::pair<double, double>> draws;
    double mean = 0, variance = 0;

    Marginal(const Eigen::VectorXd& u, const Eigen::VectorXd& weights) {
        for (Eigen::Index i = 0; i < u.size(); ++i) draws.emplace_back(u[i], weights[i]);
        mean = u.dot(weights);
        variance = (u.array() - mean).square().matrix().dot(weights);
    }
    double median() const { return weighted_quantile(draws, 0.5); }
    DrawsRange range(const CalibratedParameter& p) const {
        return {p.value(median()), p.value(weighted_quantile(draws, 0.05)), p.value(weighted_quantile(draws, 0.95))};
    }
};

Eigen::VectorXd equal(Eigen::Index n) { return Eigen::VectorXd::Constant(n, 1.0 / static_cast<double>(n)); }

Particles monte_carlo(const Study& study, const CalibrationFolder& folder, const WaveOptions& options, const Calibration& c) {
    const CalibrationProblem& p = c.problem;
    const Eigen::MatrixXd first = scrambled_sobol(p.wave_runs, p.dimensions(), p.seed);
    WaveOptions quiet = options;
    quiet.progress = {};
    const Eigen::MatrixXd seen = run_points(study, p, folder, "wave-1", first, 1u << 20, p.fitted, quiet);
    Discrepancies d{Eigen::VectorXd(c.y.size()), c.emulator->at(Eigen::VectorXd::Constant(first.cols(), 0.5)).noise};  // shifts as the sampler's
    for (Eigen::Index j = 0; j < c.y.size(); ++j) {
        const double own = p.targets[static_cast<std::size_t>(j)].own_variance();
        d.sd[j] = std::sqrt(own);
        d.shift[j] = shift_scale * std::sqrt(own + d.shift[j]);
    }
    MonteCarloOptions o;
    o.kept = particles_of(p);
    o.generations = second_opinion_generations;
    o.seed = p.seed;
    return population_monte_carlo(first, seen, c.y, d, o, [&](const Eigen::MatrixXd& u, unsigned generation) {
        const auto numbers = (12u << 20) + generation * static_cast<unsigned>(u.rows());
        return run_points(study, p, folder, "second-opinion-" + std::to_string(generation), u, numbers, p.fitted, options);
    });
}

Draws without_discrepancy(const Calibration& c, const WaveOptions& options) {
    CalibrationProblem p = c.problem;
    for (CalibrationTarget& t : p.targets) t.discrepancy = 0;
    SamplerOptions o;
    o.steps = 15000;
    o.burn = 3000;
    o.thin = 12;
    o.seed = p.seed * 16 + 15;
    o.stop = options.stop;
    return sample_posterior(p, *c.emulator, c.y, o);
}

}  // namespace

SecondOpinion second_opinion(const Study& study, const CalibrationFolder& folder, const CalibrateOptions& options, const Calibration& c) {
    options.stage("second opinion, at most", second_opinion_generations * particles_of(c.problem));
    const Particles particles = monte_carlo(study, folder, options.runs, c);
    const Draws plain = without_discrepancy(c, options.runs);
    SecondOpinion out{{}, particles.runs, particles.generations, particles.acceptance, particles.effective};
    for (std::size_t i = 0; i < c.problem.dimensions(); ++i) {
        const auto k = static_cast<Eigen::Index>(i);
        const CalibratedParameter& parameter = c.problem.parameters[i];
        const Marginal posterior(c.u.col(k), c.weights), other(particles.u.col(k), particles.weights), undeclared(plain.u.col(k), equal(plain.u.rows()));
        const double widest = std::sqrt(std::max(posterior.variance, other.variance));
        out.rows.push_back({parameter.path, posterior.range(parameter), other.range(parameter), undeclared.range(parameter),
                            std::fabs(posterior.median() - other.median()) / widest});
    }
    return out;
}

}  // namespace hubs
