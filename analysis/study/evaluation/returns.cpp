#include "analysis/study/evaluation/returns.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "sim/base/deterministic_math.h"
#include "sim/run/history.h"
#include "sim/simulate.h"

namespace hubs {
namespace {

/// The plan under a design: the same, or with places drawn by lot.
Plan designed(const Plan& plan, Assignment assignment, unsigned months) {
    Plan out = plan;
    if (assignment == Assignment::as_planned) return out;
    out.waves.clear();
    for (const Wave& wave : plan.waves) {
        if (!wave.joins() || wave.rule == Allocation::as_listed) continue;
        Wave now = wave;
        (wave.rule == Allocation::by_area ? now.within : now.rule) = Allocation::lottery;
        if (assignment == Assignment::stepped) {
            Wave later = now;
            later.month = static_cast<std::uint16_t>(wave.month + months + 1);
            now.members = wave.members / 2;
            later.members = wave.members - now.members;
            for (std::size_t a = 0; a < wave.areas.size(); ++a) {
                now.areas[a].members = wave.areas[a].members / 2;
                later.areas[a].members = wave.areas[a].members - now.areas[a].members;
            }
            out.waves.push_back(later);
        }
        out.waves.push_back(now);
        break;  // the first wave is the one evaluated
    }
    return out;
}

std::uint16_t first_wave(const Plan& plan) {
    std::uint16_t first = 0xffff;
    for (const Wave& wave : plan.waves)
        if (wave.joins()) first = std::min(first, wave.month);
    return first;
}

/// Chances of being in the sample, proportional to the weights where that is no more than one, so that `wanted` are
/// expected.
std::vector<double> chances_of(std::vector<double> weights, double wanted) {
    double low = 0, high = 1;
    const auto expected = [&](double scale) {
        double sum = 0;
        for (const double w : weights) sum += std::min(1.0, scale * w);
        return sum;
    };
    while (expected(high) < wanted && high < 1e12) high *= 2;
    for (int i = 0; i < 50; ++i) {
        const double middle = 0.5 * (low + high);
        (expected(middle) < wanted ? low : high) = middle;
    }
    for (double& w : weights) w = std::min(1.0, high * w);
    return weights;
}

/// Who answered: those with a return in the window, thinned to the published shares. Hub members are thinned at
/// random; of others those whose senior leaders back careers work are likelier to have both returns.
void draw_answers(Returns& r, const World& world, const EvaluationDesign& design, const CompleteCompass::Parameters& p,
                  unsigned until, Replicate replicate) {
    const auto n = static_cast<std::uint32_t>(r.count());
    const auto returned_since = [&](std::uint32_t i, unsigned months) {
        const int at = world.establishments.returned[EstablishmentId{i}];
        return at >= 0 && at >= static_cast<int>(world.first_month + until) - static_cast<int>(months);
    };
    double members[2]{};
    std::vector<std::uint32_t> returned[2];
    std::vector<double> weights[2];
    for (std::uint32_t i = 0; i < n; ++i) {
        const bool hub = r.arm[i] == Returns::Arm::treated;
        r.returned[i] = returned_since(i, 12);
        const EstablishmentId e{i};
        if (world.establishments.status[e] == Status::hub &&
            world.establishments.status_since[e] < static_cast<int>(world.first_month))
            continue;  // a member from before the run is in neither arm
        ++members[hub];
        if (!returned_since(i, design.window)) continue;
        returned[hub].push_back(i);
        weights[hub].push_back(
            hub ? 1.0 : exponential(p.repeat_support * world.establishments.slt_support[EstablishmentId{i}]));
    }
    const double wanted[2] = {design.other_answers, design.hub_answers};
    const Luck luck(replicate, Month{0}, stream_of("evaluation", 10));
    for (const int hub : {0, 1}) {
        const auto chances = chances_of(weights[hub], wanted[hub] * members[hub]);
        for (std::size_t k = 0; k < chances.size(); ++k) {
            const std::uint32_t i = returned[hub][k];
            r.answered[i] =
                luck.words(world.population->establishments.address[EstablishmentId{i}])[0] < threshold32(chances[k]);
        }
    }
}

/// A plan's world, and its twin without hubs if asked for, taken on from date to date.
class EvaluatedRun {
public:
    EvaluatedRun(const Study& study, const Scenario& scenario, const Plan& plan, const EvaluationDesign& design,
                 unsigned last, Replicate replicate, bool with_twin)
        : scenario_(scenario), design_(design), replicate_(replicate),
          plan_(designed(plan, design.assignment, design.months)), without_(plan_) {
        wave_ = first_wave(plan_);
        if (wave_ == 0xffff)
            throw EstimationError("Plan \"" + plan.name + "\" has no wave that an evaluation could compare.");
        if (wave_ + last > scenario.months)
            throw EstimationError("Plan \"" + plan.name + "\" starts in month " + std::to_string(wave_ + 1) + " of " +
                                  std::to_string(scenario.months) + "; an evaluation after " + std::to_string(last) +
                                  " months does not fit.");
        without_.waves.clear();
        world_ = first_world(scenario, study.population, study.framework, replicate);
        world_.plan = &plan_;
        reserve_room(world_);
        run(world_, 0, wave_);
        now_ = wave_;
        if (with_twin) {
            twin_ = world_;
            twin_->plan = &without_;
            reserve_room(*twin_);
        }
        const auto& s = world_.establishments;
        before_.status_before.assign(s.status.begin(), s.status.end());
        before_.items_before.assign(s.reported.begin(), s.reported.end());
        before_.reported_before.assign(s.achieved_reported.begin(), s.achieved_reported.end());
        before_.true_before.assign(s.achieved.begin(), s.achieved.end());
    }

    /// As an evaluator finds it so many months after the first wave; not before an earlier date.
    Returns after(unsigned months) {
        const unsigned until = wave_ + months;
        run(world_, now_, until);
        const auto n = world_.count();
        const auto& s = world_.establishments;
        Returns r = before_;
        r.status_after.assign(s.status.begin(), s.status.end());
        r.items_after.assign(s.reported.begin(), s.reported.end());
        r.reported_after.assign(s.achieved_reported.begin(), s.achieved_reported.end());
        r.true_after.assign(s.achieved.begin(), s.achieved.end());
        r.arm.assign(n, Returns::Arm::none);
        r.answered.assign(n, 0);
        r.returned.assign(n, 0);
        r.cluster.resize(n);
        for (std::uint32_t i = 0; i < n; ++i) {
            const EstablishmentId e{i};
            const AreaId area = world_.population->establishments.area[e];
            const bool member = s.status[e] == Status::hub;
            const int joined = s.status_since[e] - world_.first_month;  // below 0: before the run, in its history
            const bool early = joined >= 0 && joined <= static_cast<int>(wave_);
            r.cluster[i] = member ? s.hub[e].index : (1u << 20 | area.index);
            if (member && early) r.arm[i] = Returns::Arm::treated;
            const bool eligible = design_.assignment == Assignment::as_planned || world_.areas.has_hub[area] != 0;
            if (!member && eligible) r.arm[i] = Returns::Arm::control;
        }
        draw_answers(r, world_, design_, Schedule::of<CompleteCompass>(scenario_.parameters), until, replicate_);
        if (design_.assignment == Assignment::stepped) leave_out_never_members(r, until);
        if (twin_) {
            run(*twin_, now_, until);
            r.true_after_without.assign(twin_->establishments.achieved.begin(), twin_->establishments.achieved.end());
        }
        now_ = until;
        return r;
    }

private:
    void run(World& world, unsigned from, unsigned until) const {
        for (unsigned m = from; m < until; ++m)
            Schedule::step(Month{static_cast<std::uint16_t>(world.first_month + m)}, replicate_, world,
                           scenario_.parameters, scenario_.switches);
    }
    /// In a stepped roll-out controls are those still waiting; who waits is known when they join.
    void leave_out_never_members(Returns& r, unsigned until) const {
        World next = world_;
        reserve_room(next);
        run(next, until, until + 2);
        for (std::uint32_t i = 0; i < r.count(); ++i)
            if (r.arm[i] == Returns::Arm::control && next.establishments.status[EstablishmentId{i}] != Status::hub)
                r.arm[i] = Returns::Arm::none;
    }

    const Scenario& scenario_;
    const EvaluationDesign& design_;
    const Replicate replicate_;
    const Plan plan_;
    Plan without_;
    unsigned wave_ = 0, now_ = 0;
    World world_;
    std::optional<World> twin_;
    Returns before_;
};

}  // namespace

Returns returns_of(const Study& study, const Scenario& scenario, const Plan& plan, const EvaluationDesign& design,
                   Replicate replicate, bool with_twin) {
    return EvaluatedRun(study, scenario, plan, design, design.months, replicate, with_twin).after(design.months);
}

std::vector<Returns> returns_after(const Study& study, const Scenario& scenario, const Plan& plan,
                                   const EvaluationDesign& design, const std::vector<unsigned>& months,
                                   Replicate replicate) {
    EvaluatedRun run(study, scenario, plan, design, months.back(), replicate, false);
    std::vector<Returns> out;
    for (const unsigned m : months) out.push_back(run.after(m));
    return out;
}

namespace {

struct Covariate {
    const char* name;
    double (*of)(const Establishments&, EstablishmentId, Status before);
};
constexpr Covariate covariates[] = {
    {"in the network before",
     [](const Establishments&, EstablishmentId, Status before) { return before == Status::none ? 0.0 : 1.0; }},
    {"special or alternative",
     [](const Establishments& w, EstablishmentId e, Status) {
         return w.type[e] == Type::special || w.type[e] == Type::alternative_provision ? 1.0 : 0.0;
     }},
    {"college",
     [](const Establishments& w, EstablishmentId e, Status) { return w.type[e] == Type::college ? 1.0 : 0.0; }},
    {"sixth form", [](const Establishments& w, EstablishmentId e, Status) { return w.sixth_form[e] != 0 ? 1.0 : 0.0; }},
    {"pupils, hundreds", [](const Establishments& w, EstablishmentId e, Status) { return w.pupils[e] / 100.0; }},
    {"free school meals, %", [](const Establishments& w, EstablishmentId e,
                                Status) { return w.fsm_permille[e] == unknown_fsm ? 0.0 : w.fsm_permille[e] / 10.0; }},
    {"rural", [](const Establishments& w, EstablishmentId e, Status) { return w.rural[e] != 0 ? 1.0 : 0.0; }},
    {"good or outstanding",
     [](const Establishments& w, EstablishmentId e, Status) {
         return w.ofsted[e] == Ofsted::good || w.ofsted[e] == Ofsted::outstanding ? 1.0 : 0.0;
     }},
};

double number_of(Benchmarks set) { return std::popcount(set); }

}  // namespace

Sample sample_of(const Study& study, const Returns& r, Outcome outcome) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < r.count(); ++i) {
        const bool answered =
            r.answered[i] != 0 || outcome == Outcome::complete || outcome == Outcome::without_spill_over;
        if (answered && r.arm[i] != Returns::Arm::none) rows.push_back(i);
    }
    const auto n = static_cast<Eigen::Index>(rows.size());
    Sample s;
    s.outcome.resize(n);
    s.before.resize(n);
    Eigen::MatrixXd X(n, static_cast<Eigen::Index>(std::size(covariates)));
    for (Eigen::Index row = 0; row < n; ++row) {
        const std::uint32_t i = rows[static_cast<std::size_t>(row)];
        const bool treated = r.arm[i] == Returns::Arm::treated;
        s.treated.push_back(treated);
        s.clusters.push_back(r.cluster[i]);
        const bool reported = outcome == Outcome::reported;
        s.before[row] = number_of(reported ? r.reported_before[i] : r.true_before[i]);
        s.outcome[row] = number_of(reported                                             ? r.reported_after[i]
                                   : outcome == Outcome::without_spill_over && !treated ? r.true_after_without[i]
                                                                                        : r.true_after[i]);
        for (Eigen::Index k = 0; k < X.cols(); ++k)
            X(row, k) = covariates[k].of(study.population.establishments, EstablishmentId{i}, r.status_before[i]);
    }
    std::vector<Eigen::Index> varying;
    for (Eigen::Index k = 0; k < X.cols(); ++k)
        if (n > 0 && X.col(k).maxCoeff() > X.col(k).minCoeff()) {
            varying.push_back(k);
            s.names.emplace_back(covariates[k].name);
        }
    s.covariates = X(Eigen::all, varying);
    return s;
}

double true_effect(const Returns& r) {
    double sum = 0, n = 0;
    for (std::size_t i = 0; i < r.count(); ++i) {
        if (r.arm[i] != Returns::Arm::treated) continue;
        sum += number_of(r.true_after[i]) - number_of(r.true_after_without[i]);
        ++n;
    }
    return n > 0 ? sum / n : not_available;
}

}  // namespace hubs
