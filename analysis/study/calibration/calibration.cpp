#include "analysis/study/calibration/calibration.h"

#include <algorithm>
#include <cmath>

#include "analysis/statistics/sampling/sampling.h"
#include "analysis/study/calibration/identify.h"

namespace hubs {
namespace {

/// So many rows, evenly spaced.
Eigen::MatrixXd spread_rows(const Eigen::MatrixXd& all, std::size_t count) {
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(static_cast<Eigen::Index>((2 * i + 1) * static_cast<std::size_t>(all.rows()) / (2 * count)));
    return all(rows, Eigen::all);
}

/// So many posterior draws, evenly over the time and over all chains.
Eigen::MatrixXd spread_draws(const Eigen::MatrixXd& all, std::size_t count, unsigned chains) {
    std::vector<Eigen::Index> rows;
    const std::size_t places = static_cast<std::size_t>(all.rows()) / chains;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(static_cast<Eigen::Index>((2 * i + 1) * places / (2 * count) * chains + i * 37 % chains));
    return all(rows, Eigen::all);
}

class Run {
public:
    Run(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const CalibrateOptions& options)
        : study_(study), folder_(folder), options_(options) {
        out_.problem = problem;
        y_.resize(static_cast<Eigen::Index>(problem.fitted));
        for (std::size_t j = 0; j < problem.fitted; ++j) y_[static_cast<Eigen::Index>(j)] = problem.targets[j].value;
    }

    Calibration go() {
        const CalibrationProblem& p = out_.problem;
        Eigen::MatrixXd inputs = scrambled_sobol(p.wave_runs, p.dimensions(), p.seed);
        for (unsigned wave = 1;; ++wave) {
            simulate_wave(wave, inputs);
            const Emulator emulator(pool_inputs_, pool_outputs_);
            if (wave == p.waves) {
                finish(emulator);
                return std::move(out_);
            }
            inputs = next_design(emulator, wave);
        }
    }

private:
    void simulate_wave(unsigned wave, const Eigen::MatrixXd& inputs) {
        const CalibrationProblem& p = out_.problem;
        options_.stage("wave " + std::to_string(wave), static_cast<std::size_t>(inputs.rows()));
        const Eigen::MatrixXd outputs = run_points(study_, p, folder_, "wave-" + std::to_string(wave), inputs, wave << 20, p.fitted, options_.runs);
        const auto rows = finite_rows(outputs);
        for (std::size_t j = 0; j < p.fitted; ++j)
            if (!outputs.col(static_cast<Eigen::Index>(j)).array().isFinite().any())
                throw EmptyRegion("Target \"" + p.targets[j].id + "\" (" + p.targets[j].quantity + ", " + p.targets[j].group_named +
                                  ") is shown by no run. Nothing was fitted.");
        const auto terms = static_cast<std::size_t>(inputs.cols() * (inputs.cols() + 5) / 2 + 1);
        if (rows.size() <= terms)
            throw EmptyRegion(std::to_string(rows.size()) + " runs show every target; the emulator has " + std::to_string(terms) +
                              " terms. Nothing was fitted; give more wave_runs.");
        out_.waves.push_back({static_cast<std::size_t>(inputs.rows()), static_cast<std::size_t>(inputs.rows()) - rows.size(), 0, 0, 0});
        keep_inside(inputs);
        Eigen::MatrixXd x(pool_inputs_.rows() + static_cast<Eigen::Index>(rows.size()), inputs.cols()), y(x.rows(), outputs.cols());
        if (pool_inputs_.rows() > 0) {
            x.topRows(pool_inputs_.rows()) = pool_inputs_;
            y.topRows(pool_inputs_.rows()) = pool_outputs_;
        }
        x.bottomRows(static_cast<Eigen::Index>(rows.size())) = inputs(rows, Eigen::all);
        y.bottomRows(static_cast<Eigen::Index>(rows.size())) = outputs(rows, Eigen::all);
        pool_inputs_ = std::move(x);
        pool_outputs_ = std::move(y);
    }

    /// Earlier runs stay in the pool where they lie within the new design.
    void keep_inside(const Eigen::MatrixXd& inputs) {
        std::vector<Eigen::Index> rows;
        const Eigen::RowVectorXd low = inputs.colwise().minCoeff(), high = inputs.colwise().maxCoeff();
        for (Eigen::Index i = 0; i < pool_inputs_.rows(); ++i)
            if ((pool_inputs_.row(i).array() >= low.array()).all() && (pool_inputs_.row(i).array() <= high.array()).all()) rows.push_back(i);
        pool_inputs_ = Eigen::MatrixXd(pool_inputs_(rows, Eigen::all));
        pool_outputs_ = Eigen::MatrixXd(pool_outputs_(rows, Eigen::all));
    }

    void record(const Emulator& emulator, const Draws& draws) {
        WaveRecord& w = out_.waves.back();
        w.emulator_r2 = 1;
        for (const EmulatorCheck& c : emulator.checks()) w.emulator_r2 = std::min(w.emulator_r2, c.r_squared);
        const Eigen::MatrixXd some = spread_draws(draws.u, 1000, SamplerOptions{}.chains);
        double closest = 1e300;
        Implausibility best;
        for (Eigen::Index i = 0; i < some.rows(); ++i) {
            const Implausibility I = implausibility(out_.problem, emulator, some.row(i).transpose(), y_);
            w.plausible += I.plausible(out_.problem.fitted) / 1000.0;
            if (I.joint < closest) {
                closest = I.joint;
                best = I;
            }
        }
        const auto p = emulator.at(some.colwise().mean().transpose());
        for (std::size_t j = 0; j < out_.problem.fitted; ++j) {
            const auto k = static_cast<Eigen::Index>(j);
            w.worst_emulator_share = std::max(w.worst_emulator_share, p.mean_variance[k] / (p.noise[k] + out_.problem.targets[j].own_variance()));
        }
        if (w.plausible == 0) refuse(best);
    }

    [[noreturn]] void refuse(const Implausibility& best) const {
        std::vector<std::pair<double, std::string>> named;
        for (std::size_t j = 0; j < out_.problem.fitted; ++j) {
            char text[240];
            const CalibrationTarget& t = out_.problem.targets[j];
            std::snprintf(text, sizeof text, "  %-8s %-60.60s %-28.28s published %g, %.1f standard deviations away", t.id.c_str(), t.quantity.c_str(),
                          t.group_named.c_str(), t.value, best.single[static_cast<Eigen::Index>(j)]);
            named.emplace_back(-best.single[static_cast<Eigen::Index>(j)], text);
        }
        std::sort(named.begin(), named.end());
        std::string message = "No parameters bring the model near these targets together. Furthest at the best point:\n";
        for (std::size_t i = 0; i < std::min<std::size_t>(named.size(), 6); ++i) message += named[i].second + "\n";
        throw EmptyRegion(message + "Nothing was fitted; the cut-off is not widened.");
    }

    SamplerOptions sampler(unsigned wave, double temperature) const {
        SamplerOptions o;
        o.temperature = temperature;
        o.seed = out_.problem.seed * 16 + wave;
        o.stop = options_.runs.stop;
        o.shift_scale = shift_scale;
        return o;
    }

    Eigen::MatrixXd next_design(const Emulator& emulator, unsigned wave) {
        SamplerOptions o = sampler(wave, 4.0);
        o.steps = 3000;
        o.burn = 1500;
        o.thin = 5;
        const Draws wide = sample_posterior(out_.problem, emulator, y_, o);
        record(emulator, wide);
        return spread_rows(wide.u, out_.problem.wave_runs);
    }

    void finish(const Emulator& emulator) {
        const CalibrationProblem& p = out_.problem;
        const Draws draws = sample_posterior(p, emulator, y_, sampler(p.waves, 1.0));
        record(emulator, draws);
        out_.u = spread_draws(draws.u, p.draws, SamplerOptions{}.chains);
        const Eigen::VectorXd shifts = draws.shift.colwise().mean();
        const auto replicates = static_cast<Eigen::Index>(p.check_replicates);
        Eigen::MatrixXd repeated(out_.u.rows() * replicates, out_.u.cols());
        for (Eigen::Index i = 0; i < out_.u.rows(); ++i) repeated.middleRows(i * replicates, replicates).rowwise() = out_.u.row(i);
        options_.stage("check by real runs", static_cast<std::size_t>(repeated.rows()));
        const Eigen::MatrixXd real = run_points(study_, p, folder_, "check", repeated, 15u << 20, 2 * p.targets.size(), options_.runs);
        weigh(emulator, real);
        out_.fit = fit_of(out_, emulator, real, shifts);
        identify(out_, emulator, draws);
        out_.emulator = emulator;
        out_.y = y_;
    }

    /// Importance weights from the emulated to the simulated likelihood, shifts at their prior.
    void weigh(const Emulator& emulator, const Eigen::MatrixXd& real) {
        const CalibrationProblem& p = out_.problem;
        const auto replicates = static_cast<Eigen::Index>(p.check_replicates), fitted = static_cast<Eigen::Index>(p.fitted);
        Eigen::VectorXd shifted = emulator.at(Eigen::VectorXd::Constant(out_.u.cols(), 0.5)).noise;  // as the sampler's shifts
        for (Eigen::Index j = 0; j < fitted; ++j) shifted[j] += p.targets[static_cast<std::size_t>(j)].own_variance();
        shifted *= 2 * shift_scale * shift_scale;
        Eigen::VectorXd logs(out_.u.rows());
        for (Eigen::Index i = 0; i < out_.u.rows(); ++i) {
            const auto e = emulator.at(out_.u.row(i).transpose());
            const Eigen::MatrixXd own = real.middleRows(i * replicates, replicates).leftCols(fitted);
            const Eigen::VectorXd mean = own.allFinite() ? Eigen::VectorXd(own.colwise().mean().transpose()) : e.mean;
            logs[i] = log_likelihood(p, y_, mean, e.noise, shifted + e.noise / static_cast<double>(replicates), emulator.correlation()) -
                      log_likelihood(p, y_, e.mean, e.noise, shifted + e.mean_variance, emulator.correlation());
        }
        const Smoothed smoothed = pareto_smoothed(logs);
        out_.pareto_k = smoothed.pareto_k;
        out_.weighted = smoothed.pareto_k < 0.7;
        out_.weights = out_.weighted ? smoothed.weights : Eigen::VectorXd::Constant(logs.size(), 1.0 / static_cast<double>(logs.size()));
    }

    const Study& study_;
    const CalibrationFolder& folder_;
    const CalibrateOptions& options_;
    Calibration out_;
    Eigen::VectorXd y_;
    Eigen::MatrixXd pool_inputs_, pool_outputs_;
};

}  // namespace

Calibration calibrate(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const CalibrateOptions& options) {
    return Run(study, problem, folder, options).go();
}

std::string posterior_text(const Calibration& c) {
    std::string out = "weight";
    for (const auto& parameter : c.problem.parameters) out += "," + parameter.path;
    out += "\n";
    char buffer[40];
    for (Eigen::Index i = 0; i < c.u.rows(); ++i) {
        std::snprintf(buffer, sizeof buffer, "%.9g", c.weights[i]);
        out += buffer;
        for (std::size_t k = 0; k < c.problem.parameters.size(); ++k) {
            std::snprintf(buffer, sizeof buffer, ",%.9g", c.problem.parameters[k].value(c.u(i, static_cast<Eigen::Index>(k))));
            out += buffer;
        }
        out += "\n";
    }
    return out;
}

}  // namespace hubs
