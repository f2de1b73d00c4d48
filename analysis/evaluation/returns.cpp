#include "analysis/evaluation/returns.h"

#include <algorithm>
#include <bit>

#include "sim/simulate.h"

namespace hubs {
namespace {

/// The plan under a design: the same, or with places drawn by lot.
Plan designed(const Plan& plan, Assignment assignment, unsigned months) {
    Plan out = plan;
    if (assignment == Assignment::as_planned) return out;
    out.waves.clear();
    for (const Wave& wave : plan.waves) {
        if (wave.leaving || wave.rule == Allocation::as_listed) continue;
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
        if (!wave.leaving) first = std::min(first, wave.month);
    return first;
}

struct Runner {
    const Scenario& scenario;
    Replicate replicate;

    void run(World& world, unsigned from, unsigned until) const {
        for (unsigned m = from; m < until; ++m) Schedule::step(Month{static_cast<std::uint16_t>(m)}, replicate, world, scenario.parameters, scenario.switches);
    }
};

/// Who answered: those with a return in the window, thinned to the published shares.
void draw_answers(Returns& r, const World& world, const EvaluationDesign& design, unsigned until, Replicate replicate) {
    const auto n = static_cast<std::uint32_t>(r.count());
    int since = static_cast<int>(until) - static_cast<int>(design.window), july = static_cast<int>(until) - 1;
    while (july > 0 && world.calendar.academic_month(Month{static_cast<std::uint16_t>(july)}) != 11) --july;
    since = std::min(since, july);
    for (std::uint32_t i = 0; i < n; ++i) r.returned[i] = world.establishments.returned[EstablishmentId{i}] >= since;
    double members[2]{}, returned[2]{};
    for (std::uint32_t i = 0; i < n; ++i) {
        const bool hub = r.arm[i] == Returns::Arm::treated;
        ++members[hub];
        returned[hub] += r.returned[i];
    }
    const double wanted[2] = {design.other_answers, design.hub_answers};
    std::uint64_t keep[2];
    for (const int hub : {0, 1}) keep[hub] = threshold32(returned[hub] > 0 ? wanted[hub] * members[hub] / returned[hub] : 0.0);
    const Luck luck(replicate, Month{0}, stream_of("evaluation", 10));
    for (std::uint32_t i = 0; i < n; ++i)
        r.answered[i] =
            r.returned[i] != 0 && luck.words(world.population->establishments.address[EstablishmentId{i}])[0] < keep[r.arm[i] == Returns::Arm::treated];
}

}  // namespace

Returns returns_of(const Study& study, const Scenario& scenario, const Plan& plan, const EvaluationDesign& design, Replicate replicate, bool with_twin) {
    const Plan evaluated = designed(plan, design.assignment, design.months);
    const unsigned wave = first_wave(evaluated);
    if (wave == 0xffff) throw EstimationError("Plan \"" + plan.name + "\" has no wave that an evaluation could compare.");
    const unsigned until = wave + design.months;
    if (until > scenario.months)
        throw EstimationError("Plan \"" + plan.name + "\" starts in month " + std::to_string(wave + 1) + " of " + std::to_string(scenario.months) +
                              "; an evaluation after " + std::to_string(design.months) + " months does not fit.");
    Plan without = evaluated;
    without.waves.clear();
    const Runner runner{scenario, replicate};
    World world = start_world(start_of(scenario, study.population, study.framework), replicate);
    world.plan = &evaluated;
    reserve_room(world);
    runner.run(world, 0, wave);
    World twin;
    if (with_twin) {
        twin = world;
        twin.plan = &without;
        reserve_room(twin);
    }
    const auto n = world.count();
    const auto& s = world.establishments;
    Returns r;
    r.status_before.assign(s.status.begin(), s.status.end());
    r.items_before.assign(s.reported.begin(), s.reported.end());
    r.reported_before.assign(s.achieved_reported.begin(), s.achieved_reported.end());
    r.true_before.assign(s.achieved.begin(), s.achieved.end());
    runner.run(world, wave, until);
    r.items_after.assign(s.reported.begin(), s.reported.end());
    r.reported_after.assign(s.achieved_reported.begin(), s.achieved_reported.end());
    r.true_after.assign(s.achieved.begin(), s.achieved.end());
    r.arm.assign(n, Returns::Arm::none);
    r.answered.assign(n, 0);
    r.returned.assign(n, 0);
    r.cluster.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        const EstablishmentId e{i};
        const AreaId area = study.population.establishments.area[e];
        const bool member = s.status[e] == Status::hub, early = s.status_since[e] <= static_cast<int>(wave);
        r.cluster[i] = member ? s.hub[e].index : (1u << 20 | area.index);
        if (member && early) r.arm[i] = Returns::Arm::treated;
        const bool eligible = design.assignment == Assignment::as_planned || world.areas.has_hub[area] != 0;
        if (!member && eligible) r.arm[i] = Returns::Arm::control;
    }
    draw_answers(r, world, design, until, replicate);
    if (design.assignment == Assignment::stepped) {  // who is still waiting is known when they join
        World next = world;
        reserve_room(next);
        runner.run(next, until, until + 2);
        for (std::uint32_t i = 0; i < n; ++i)
            if (r.arm[i] == Returns::Arm::control && next.establishments.status[EstablishmentId{i}] != Status::hub) r.arm[i] = Returns::Arm::none;
    }
    if (with_twin) {
        runner.run(twin, wave, until);
        r.true_after_without.assign(twin.establishments.achieved.begin(), twin.establishments.achieved.end());
    }
    return r;
}

namespace {

struct Covariate {
    const char* name;
    double (*of)(const Establishments&, EstablishmentId, Status before);
};
constexpr Covariate covariates[] = {
    {"in the network before", [](const Establishments&, EstablishmentId, Status before) { return before == Status::none ? 0.0 : 1.0; }},
    {"special or alternative",
     [](const Establishments& w, EstablishmentId e, Status) { return w.type[e] == Type::special || w.type[e] == Type::alternative_provision ? 1.0 : 0.0; }},
    {"college", [](const Establishments& w, EstablishmentId e, Status) { return w.type[e] == Type::college ? 1.0 : 0.0; }},
    {"sixth form", [](const Establishments& w, EstablishmentId e, Status) { return w.sixth_form[e] != 0 ? 1.0 : 0.0; }},
    {"pupils, hundreds", [](const Establishments& w, EstablishmentId e, Status) { return w.pupils[e] / 100.0; }},
    {"free school meals, %",
     [](const Establishments& w, EstablishmentId e, Status) { return w.fsm_permille[e] == unknown_fsm ? 0.0 : w.fsm_permille[e] / 10.0; }},
    {"rural", [](const Establishments& w, EstablishmentId e, Status) { return w.rural[e] != 0 ? 1.0 : 0.0; }},
    {"good or outstanding",
     [](const Establishments& w, EstablishmentId e, Status) { return w.ofsted[e] == Ofsted::good || w.ofsted[e] == Ofsted::outstanding ? 1.0 : 0.0; }},
};

double number_of(Benchmarks set) { return std::popcount(set); }

}  // namespace

Sample sample_of(const Study& study, const Returns& r, Outcome outcome) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < r.count(); ++i) {
        const bool answered = r.answered[i] != 0 || outcome == Outcome::complete || outcome == Outcome::without_spill_over;
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
        for (Eigen::Index k = 0; k < X.cols(); ++k) X(row, k) = covariates[k].of(study.population.establishments, EstablishmentId{i}, r.status_before[i]);
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
