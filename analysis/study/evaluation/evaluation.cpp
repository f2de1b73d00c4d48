#include "analysis/study/evaluation/evaluation.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/run/ensemble.h"
#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

constexpr std::size_t sizes[] = {100, 200, 400, 800, 1600};
constexpr int levels = 4;  // of Outcome

struct OneReplicate {
    std::string refusal;  // the sample was too small for any estimator
    double truth = 0, treated = 0, controls = 0, effect_size = 0;
    std::vector<Answer> answers;                              // on reports
    std::map<std::string, std::array<double, levels>> parts;  // by estimator, on each kind of outcome
    std::vector<AwardRow> award;
    std::vector<std::array<double, 2>> lower;  // lower ends of intervals by size: DiD, regression
};

/// The first `n` rows in an order of luck, in the sample's own shares of treated and controls.
Sample part_of(const Sample& s, std::size_t n, Replicate replicate) {
    std::vector<std::pair<std::uint32_t, Eigen::Index>> order;
    const Luck luck(replicate, Month{1}, stream_of("evaluation", 10));
    for (std::uint32_t i = 0; i < s.size(); ++i) order.emplace_back(luck.words(i)[0], static_cast<Eigen::Index>(i));
    std::sort(order.begin(), order.end());
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < n; ++i) rows.push_back(order[i].second);
    Sample out;
    out.outcome = s.outcome(rows);
    out.before = s.before(rows);
    out.names = s.names;
    out.covariates = s.covariates(rows, Eigen::all);
    for (const Eigen::Index i : rows) out.treated.push_back(s.treated[static_cast<std::size_t>(i)]);
    return out;
}

OneReplicate one_replicate(const Study& study, const Plan& plan, const EvaluationDesign& design, std::uint32_t number) {
    const Replicate replicate{study.scenario.seed, number};
    const Returns returns = returns_of(study, scenario_of(study.scenario, number), plan, design, replicate);
    OneReplicate out;
    out.truth = true_effect(returns);
    out.award = award_holders(study, returns, replicate);
    BatteryOptions options;
    options.with_balance = false;
    for (int level = 0; level < levels; ++level) {
        Sample sample = sample_of(study, returns, static_cast<Outcome>(level));
        sample.clusters.clear();
        options.single = level == 0;
        Battery battery;
        try {
            battery = run_battery(sample, options);
        } catch (const EstimationError& e) {
            if (level == 0) out.refusal = e.what();
            return out;
        }
        for (const Answer& a : battery.answers) {
            auto& values =
                out.parts.try_emplace(a.id + a.name, std::array<double, levels>{not_available, not_available, not_available, not_available}).first->second;
            values[static_cast<std::size_t>(level)] = a.value;
        }
        if (level > 0) continue;
        out.answers = battery.answers;
        out.treated = static_cast<double>(battery.treated);
        out.controls = static_cast<double>(battery.controls);
        if (const Answer* matched = battery.find("nearest_neighbour"); matched != nullptr && !matched->refused())
            out.effect_size = effect_size(sample, matched->value);
        BatteryOptions few;
        few.single = false;
        for (const std::size_t n : sizes) {
            if (n > sample.size()) break;
            try {
                const Sample part = part_of(sample, n, replicate);
                const Battery b = run_battery(part, few);
                out.lower.push_back({b.find("difference_in_differences")->low, b.find("regression")->low});
            } catch (const EstimationError&) {
                out.lower.push_back({not_available, not_available});
            }
        }
    }
    return out;
}

/// The answers of one estimator: samples differ in their covariates, so by name, not by place.
EstimatorRecord record_of(const std::string& id, const std::string& name, const std::vector<OneReplicate>& all) {
    EstimatorRecord r;
    r.id = id;
    r.name = name;
    double sum = 0, squares = 0, error_squares = 0, parts[levels]{};
    bool every_level = true;
    std::size_t decomposed = 0;
    for (const OneReplicate& one : all) {
        const auto found = std::find_if(one.answers.begin(), one.answers.end(), [&](const Answer& a) { return a.id == id && a.name == name; });
        if (found == one.answers.end() || found->refused() || !std::isfinite(found->error)) {
            ++r.refused;
            continue;
        }
        const Answer& a = *found;
        ++r.replicates;
        const double wrong = a.value - one.truth;
        sum += a.value;
        squares += a.value * a.value;
        r.bias += wrong;
        error_squares += wrong * wrong;
        r.mean_error += a.error;
        r.coverage += a.low <= one.truth && one.truth <= a.high;
        r.power += a.low > 0;
        r.above_truth += wrong > 0;
        const auto& values = one.parts.at(a.id + a.name);
        bool whole = a.id != "nearest_neighbour_single";
        for (const double v : values) whole = whole && std::isfinite(v);
        every_level = every_level && whole;
        if (!whole) continue;
        ++decomposed;
        for (int l = 0; l < levels; ++l)
            parts[l] += (values[static_cast<std::size_t>(l)] - (l + 1 < levels ? values[static_cast<std::size_t>(l) + 1] : one.truth));
    }
    if (r.replicates == 0) return r;
    const auto n = static_cast<double>(r.replicates);
    r.mean = sum / n;
    r.spread = std::sqrt(std::max(0.0, squares / n - r.mean * r.mean) * n / std::max(1.0, n - 1));
    r.bias /= n;
    r.bias_error = std::sqrt(std::max(0.0, error_squares / n - r.bias * r.bias) / std::max(1.0, n - 1));
    for (double* share : {&r.mean_error, &r.coverage, &r.power, &r.above_truth}) *share /= n;
    r.decomposed = every_level && decomposed > 0;
    if (r.decomposed) {
        const auto d = static_cast<double>(decomposed);
        r.misreporting = parts[0] / d;
        r.non_response = parts[1] / d;
        r.spill_over = parts[2] / d;
        r.selection = parts[3] / d;
    }
    return r;
}

}  // namespace

Evaluation evaluate_plan(const Study& study, const Plan& plan, const EvaluationDesign& design, std::size_t replicates, unsigned threads,
                         const std::atomic<bool>* stop, const std::function<void(std::size_t)>& progress) {
    std::vector<OneReplicate> all(replicates);
    std::atomic<std::size_t> finished{0};
    tbb::task_arena arena(threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads));
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, replicates, [&](std::size_t r) {
            if (stop != nullptr && *stop) return;
            all[r] = one_replicate(study, plan, design, static_cast<std::uint32_t>(r));
            if (progress) progress(++finished);
        });
    });
    if (stop != nullptr && *stop) throw Interrupted();
    Evaluation out;
    out.plan = plan.name;
    out.design = design;
    out.replicates = replicates;
    double n = 0, squares = 0;
    for (const OneReplicate& one : all) n += one.refusal.empty();
    if (n == 0) throw EstimationError("Plan \"" + plan.name + "\": no replicate can be evaluated. " + all.front().refusal);
    for (const OneReplicate& one : all) {
        if (!one.refusal.empty()) continue;
        out.truth += one.truth / n;
        squares += one.truth * one.truth / n;
        out.treated += one.treated / n;
        out.controls += one.controls / n;
        out.effect_size += one.effect_size / n;
        out.award.resize(one.award.size());
        for (std::size_t k = 0; k < one.award.size(); ++k) {
            out.award[k].validity = one.award[k].validity;
            out.award[k].reported += one.award[k].reported / n;
            out.award[k].truly += one.award[k].truly / n;
            out.award[k].items_gap += one.award[k].items_gap / n;
        }
    }
    out.truth_spread = std::sqrt(std::max(0.0, squares - out.truth * out.truth));
    for (const OneReplicate& one : all)
        for (const Answer& a : one.answers)
            if (std::none_of(out.estimators.begin(), out.estimators.end(), [&](const EstimatorRecord& r) { return r.id == a.id && r.name == a.name; }))
                out.estimators.push_back(record_of(a.id, a.name, all));
    for (std::size_t k = 0; k < std::size(sizes); ++k) {
        PowerRow row{sizes[k], 0, 0};
        double counted = 0;
        for (const OneReplicate& one : all) {
            if (k >= one.lower.size() || !std::isfinite(one.lower[k][0]) || !std::isfinite(one.lower[k][1])) continue;
            ++counted;
            row.difference_in_differences += one.lower[k][0] > 0;
            row.regression += one.lower[k][1] > 0;
        }
        if (counted < 0.5 * n) continue;  // too small for most samples
        row.difference_in_differences /= counted;
        row.regression /= counted;
        out.power.push_back(row);
    }
    return out;
}

}  // namespace hubs
