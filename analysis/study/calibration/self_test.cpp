#include "analysis/study/calibration/self_test.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/statistics/sampling/sampling.h"
#include "analysis/study/calibration/observables.h"
#include "analysis/statistics/estimator/sample.h"
#include "sim/run/ensemble.h"

namespace hubs {
namespace {

constexpr std::size_t ranked = 199;
constexpr const char* pipeline = "truth-3-";  ///< a change of sampler or emulator is another number: old truths are then left aside

/// What is kept of one truth: for each row its truth, posterior mean, rank and 5, 25, 75, 95 and 2.5, 97.5 percentiles.
constexpr Eigen::Index kept_columns = 9;

double quantile_of(const Eigen::VectorXd& sorted, double q) { return sorted[static_cast<Eigen::Index>(q * static_cast<double>(sorted.size() - 1) + 0.5)]; }

Eigen::RowVectorXd summary_of(double truth, Eigen::VectorXd draws) {
    const double mean = draws.mean();
    double rank = 0;
    for (std::size_t i = 0; i < ranked; ++i) rank += draws[static_cast<Eigen::Index>(i * static_cast<std::size_t>(draws.size()) / ranked)] < truth;
    std::sort(draws.begin(), draws.end());
    Eigen::RowVectorXd out(kept_columns);
    out << truth, mean, rank, quantile_of(draws, 0.05), quantile_of(draws, 0.25), quantile_of(draws, 0.75), quantile_of(draws, 0.95), quantile_of(draws, 0.025),
        quantile_of(draws, 0.975);
    return out;
}

class Tester {
public:
    Tester(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const SelfTestOptions& o)
        : study_(study), p_(problem), folder_(folder), o_(o) {}

    SelfTest run() {
        const Eigen::MatrixXd inputs = scrambled_sobol(p_.wave_runs, p_.dimensions(), p_.seed);
        o_.stage("wave 1, shared", static_cast<std::size_t>(inputs.rows()));
        const Eigen::MatrixXd outputs = run_points(study_, p_, folder_, "wave-1", inputs, 1u << 20, p_.fitted, o_.runs);
        const auto shown = finite_rows(outputs);
        const Eigen::MatrixXd usable = inputs(shown, Eigen::all), seen = outputs(shown, Eigen::all);
        const Emulator first(usable, seen);
        std::vector<Eigen::MatrixXd> finished;
        o_.stage("truths", o_.count);
        for (unsigned i = 0; i < o_.count; ++i) {
            const std::string name = pipeline + std::to_string(i) + ".csv";
            const Eigen::MatrixXd truth = truth_of(i).transpose();
            Eigen::MatrixXd kept = folder_.read(name, truth, kept_columns * rows());
            if (kept.rows() == 0 && o_.share.takes(static_cast<std::uint32_t>(i))) {
                kept = one(i, truth.transpose(), first, usable, seen);
                folder_.write(name, truth, kept);
            }
            if (kept.rows() > 0 && kept.allFinite()) finished.push_back(kept);
            if (o_.runs.progress) o_.runs.progress(1);
        }
        return gather(finished);
    }

private:
    Eigen::Index rows() const { return static_cast<Eigen::Index>(p_.dimensions()) + 2; }

    Eigen::VectorXd truth_of(unsigned i) const {
        Dice dice(p_.seed, i, 0x7A17u);
        Eigen::VectorXd u(static_cast<Eigen::Index>(p_.dimensions()));
        for (double& x : u) x = dice.uniform();
        return u;
    }

    /// Targets simulated at a truth, with rounding, discrepancy and a shift drawn as the pipeline assumes them.
    Eigen::VectorXd targets_at(unsigned i, const Eigen::VectorXd& truth, const Emulator& first) const {
        Eigen::VectorXd y = simulate_targets(study_, p_, truth, (14u << 20) + i, p_.fitted);
        Dice dice(p_.seed, i, 0x7A18u);
        const Eigen::VectorXd noise = first.at(Eigen::VectorXd::Constant(truth.size(), 0.5)).noise;
        for (Eigen::Index j = 0; j < y.size(); ++j) {
            const double own = p_.targets[static_cast<std::size_t>(j)].own_variance();
            const double shift = shift_scale * dice.exponential() * (dice.uniform() < 0.5 ? -1 : 1);
            y[j] += std::sqrt(own) * dice.normal() + shift * std::sqrt(own + noise[j]);
        }
        return y;
    }

    SamplerOptions sampler(unsigned i, bool wide) const {
        SamplerOptions s;
        s.seed = p_.seed * 4096 + 2 * i + wide;
        s.shift_scale = shift_scale;
        s.temperature = wide ? 4 : 1;
        s.steps = wide ? 1000 : 3000;
        s.burn = wide ? 500 : 1000;
        s.thin = 4;
        s.stop = o_.runs.stop;
        return s;
    }

    Eigen::MatrixXd one(unsigned i, const Eigen::VectorXd& truth, const Emulator& first, const Eigen::MatrixXd& inputs, const Eigen::MatrixXd& outputs) const {
        const Eigen::VectorXd y = targets_at(i, truth, first);
        if (!y.allFinite()) return Eigen::MatrixXd::Constant(1, kept_columns * rows(), not_available);  // a truth that shows no estimate
        const Draws wide = sample_posterior(p_, first, y, sampler(i, true));
        std::vector<Eigen::Index> chosen;
        for (unsigned k = 0; k < o_.own_runs; ++k)
            chosen.push_back(static_cast<Eigen::Index>((2 * k + 1) * static_cast<std::size_t>(wide.u.rows()) / (2 * o_.own_runs)));
        const Eigen::MatrixXd design = wide.u(chosen, Eigen::all);
        WaveOptions quiet = o_.runs;
        quiet.progress = {};
        const Eigen::MatrixXd all =
            run_points(study_, p_, folder_, pipeline + std::to_string(i) + "-wave", design, (13u << 20) + i * o_.own_runs, p_.fitted, quiet);
        const auto shown = finite_rows(all);
        const Eigen::MatrixXd own = design(shown, Eigen::all), seen = all(shown, Eigen::all);
        std::vector<Eigen::Index> near;
        const Eigen::RowVectorXd low = own.colwise().minCoeff(), high = own.colwise().maxCoeff();
        for (Eigen::Index r = 0; r < inputs.rows(); ++r)
            if ((inputs.row(r).array() >= low.array()).all() && (inputs.row(r).array() <= high.array()).all()) near.push_back(r);
        Eigen::MatrixXd x(own.rows() + static_cast<Eigen::Index>(near.size()), own.cols()), z(x.rows(), seen.cols());
        x << inputs(near, Eigen::all), own;
        z << outputs(near, Eigen::all), seen;
        const Emulator second(x, z);
        const Draws draws = sample_posterior(p_, second, y, sampler(i, false));
        if (o_.runs.stop != nullptr && *o_.runs.stop) throw Interrupted();
        return kept_of(truth, y, second, draws);
    }

    /// Parameters, then the log-likelihood and the gain of hubs over the network.
    Eigen::MatrixXd kept_of(const Eigen::VectorXd& truth, const Eigen::VectorXd& y, const Emulator& emulator, const Draws& draws) const {
        Eigen::MatrixXd out(1, kept_columns * rows());
        const auto put = [&](Eigen::Index row, double t, const Eigen::VectorXd& d) { out.block(0, row * kept_columns, 1, kept_columns) = summary_of(t, d); };
        for (Eigen::Index k = 0; k < truth.size(); ++k) put(k, truth[k], draws.u.col(k));
        const auto likelihood = [&](const Eigen::VectorXd& u) {
            const auto at = emulator.at(u);
            return log_likelihood(p_, y, at.mean, at.noise, at.mean_variance, emulator.correlation());
        };
        const auto gain = [&](const Eigen::VectorXd& u) {
            const Eigen::VectorXd mean = emulator.at(u).mean;
            double hub = 0, network = 0;
            for (std::size_t j = 0; j < p_.fitted; ++j) {
                if (p_.targets[j].observe != "gain") continue;
                if (p_.targets[j].group == "hub") hub = mean[static_cast<Eigen::Index>(j)];
                if (p_.targets[j].group == "network") network = mean[static_cast<Eigen::Index>(j)];
            }
            return hub - network;
        };
        std::vector<Eigen::Index> some;
        for (std::size_t i = 0; i < 10 * ranked; ++i) some.push_back(static_cast<Eigen::Index>(i * static_cast<std::size_t>(draws.u.rows()) / (10 * ranked)));
        Eigen::VectorXd l(static_cast<Eigen::Index>(some.size())), g(l.size());
        for (std::size_t i = 0; i < some.size(); ++i) {
            const Eigen::VectorXd u = draws.u.row(some[i]).transpose();
            l[static_cast<Eigen::Index>(i)] = likelihood(u);
            g[static_cast<Eigen::Index>(i)] = gain(u);
        }
        put(truth.size(), likelihood(truth), l);
        put(truth.size() + 1, gain(truth), g);
        return out;
    }

    SelfTest gather(const std::vector<Eigen::MatrixXd>& all) const {
        SelfTest out;
        out.finished = all.size();
        if (all.size() < 2) return out;
        const auto n = static_cast<double>(all.size());
        std::vector<std::pair<double, std::size_t>> tests;
        for (Eigen::Index row = 0; row < rows(); ++row) {
            const auto k = static_cast<std::size_t>(row);
            SelfTestRow r{
                k < p_.dimensions() ? p_.parameters[k].path : k == p_.dimensions() ? "log-likelihood" : "gain of hubs over the network", 0, 0, 0, 0, 0, 0};
            std::vector<double> ranks;
            Eigen::VectorXd truth(static_cast<Eigen::Index>(all.size())), mean(truth.size());
            for (std::size_t i = 0; i < all.size(); ++i) {
                const Eigen::RowVectorXd s = all[i].block(0, row * kept_columns, 1, kept_columns);
                const double t = s[0];
                truth[static_cast<Eigen::Index>(i)] = t;
                mean[static_cast<Eigen::Index>(i)] = s[1];
                ranks.push_back((s[2] + 0.5) / (ranked + 1.0));
                r.coverage_90 += (s[3] <= t && t <= s[6]) / n;
                r.coverage_50 += (s[4] <= t && t <= s[5]) / n;
                r.coverage_95 += (s[7] <= t && t <= s[8]) / n;
                r.width += (s[6] - s[3]) / (0.9 * n);
            }
            const double error = (truth - mean).squaredNorm(), total = (truth.array() - truth.mean()).square().sum();
            r.recovery = total > 0 ? 1.0 - error / total : 0.0;
            std::sort(ranks.begin(), ranks.end());
            double distance = 0;
            for (std::size_t i = 0; i < ranks.size(); ++i)
                distance = std::max({distance, (static_cast<double>(i) + 1) / n - ranks[i], ranks[i] - static_cast<double>(i) / n});
            const double x = distance * (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n));
            double p = 0;
            for (int j = 1; j < 50; ++j) p += (j % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * j * j * x * x);
            tests.emplace_back(x < 0.2 ? 1.0 : std::clamp(p, 0.0, 1.0), k);
            out.rows.push_back(r);
        }
        std::sort(tests.begin(), tests.end());
        double highest = 0;
        for (std::size_t i = 0; i < tests.size(); ++i) {
            highest = std::max(highest, std::min(1.0, tests[i].first * static_cast<double>(tests.size() - i)));
            out.rows[tests[i].second].uniformity = highest;
        }
        return out;
    }

    const Study& study_;
    const CalibrationProblem& p_;
    const CalibrationFolder& folder_;
    const SelfTestOptions& o_;
};

}  // namespace

SelfTest self_test(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder, const SelfTestOptions& options) {
    return Tester(study, problem, folder, options).run();
}

}  // namespace hubs
