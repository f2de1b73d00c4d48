// hubsim-bench: ns per agent-month of the whole step and of each process, beside a bare
// reference kernel on the same graph in the same run. An agent-month is one establishment
// for one month with its leader, ties and share of employers.
#include <benchmark/benchmark.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <map>
#include <memory>

#include "analysis/bench/reference_kernel.h"
#include "sim/run/embedded.h"
#include "sim/run/study.h"
#include "sim/run/document.h"
#include "sim/simulate.h"

namespace {

using namespace hubs;

/// England at a scale, half a year into the roll-out: every layer and process is on.
struct Setting {
    Study study;
    Groups groups;
    World world;  ///< at month `from`
    Plan plan;
    static constexpr std::uint16_t from = 12, months = 24;

    explicit Setting(std::uint32_t establishments) {
        Problems problems;
        const Document framework = parse_document("framework", std::string(embedded::framework));
        study.framework = read_framework(framework, problems);
        auto figures = read_figures(parse_document("figures", std::string(embedded::figures)), problems);
        const unsigned scale = establishments <= 4932 ? 1 : (establishments + 2466) / 4932;
        if (establishments < 4932)
            for (auto& area : figures)
                for (auto& t : area.types) t.count = t.count * establishments / 4932;
        study.population = make_population(synthetic_england(figures, 1, scale), study.framework);
        Scenario& s = study.scenario;
        s.months = from + months;
        plan.name = "roll-out";
        const std::uint32_t n = study.population.establishments.count();
        for (const auto& [month, share] : {std::pair{0, 15u}, std::pair{12, 12u}}) {
            Wave wave;
            wave.month = static_cast<std::uint16_t>(month);
            wave.rule = Allocation::volunteers;
            wave.members = n * share / 100;
            plan.waves.push_back(wave);
        }
        plan.peer_review = true;
        groups = groups_of(study.population);
        const Start start = start_of(s, study.population, study.framework);
        world = simulate(start_world(start, {1, 0}), s, plan, {1, 0}, nullptr, nullptr, from);
        world.plan = &plan;
        reserve_room(world);
    }
    std::uint32_t count() const { return study.population.establishments.count(); }
};

Setting& setting(std::int64_t establishments) {
    static std::map<std::int64_t, std::unique_ptr<Setting>> made;
    auto& s = made[establishments];
    if (!s) s = std::make_unique<Setting>(static_cast<std::uint32_t>(establishments));
    return *s;
}

void per_agent_month(benchmark::State& state, std::uint64_t agent_months) {
    state.counters["ns_per_agent_month"] =
        benchmark::Counter(static_cast<double>(agent_months) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void reference_kernel(benchmark::State& state) {
    Setting& s = setting(state.range(0));
    ReferenceKernel kernel(s.study.population);
    std::uint32_t month = 0;
    for (auto _ : state) kernel.step(month++);
    benchmark::DoNotOptimize(kernel.sum());
    per_agent_month(state, state.iterations() * s.count());
}

void whole_step(benchmark::State& state) {
    Setting& s = setting(state.range(0));
    World world = s.world;
    reserve_room(world);
    Watch watch;
    watch.prepare(s.groups, 400);
    world.watch = &watch;
    std::uint16_t month = Setting::from;
    for (auto _ : state) {
        if (month == Setting::from + Setting::months) {
            state.PauseTiming();
            world = s.world;
            reserve_room(world);
            watch.prepare(s.groups, 400);
            world.watch = &watch;
            month = Setting::from;
            state.ResumeTiming();
        }
        Schedule::step(Month{month++}, {1, 0}, world, s.study.scenario.parameters);
    }
    per_agent_month(state, state.iterations() * s.count());
}

template <class P>
void one_process(benchmark::State& state) {
    Setting& s = setting(state.range(0));
    World world = s.world;
    Watch watch;
    watch.prepare(s.groups, 400);
    reserve_room(world);
    world.watch = &watch;
    std::uint16_t month = Setting::from;
    // The other processes run untimed, so that this one sees the world it would see.
    for (auto _ : state) {
        state.PauseTiming();
        if (month == Setting::from + Setting::months) {
            world = s.world;
            reserve_room(world);
            watch.prepare(s.groups, 400);
            world.watch = &watch;
            month = Setting::from;
        }
        world.activity.fill(0);
        Schedule::each_process([&]<class Q>(std::type_identity<Q>) {
            const Moment now = Schedule::moment_of<Q>(Month{month}, {1, 0});
            if constexpr (std::is_same_v<P, Q>) {
                state.ResumeTiming();
                Q::step(now, world, Schedule::of<Q>(s.study.scenario.parameters));
                state.PauseTiming();
            } else Q::step(now, world, Schedule::of<Q>(s.study.scenario.parameters));
        });
        ++month;
        state.ResumeTiming();
    }
    per_agent_month(state, state.iterations() * s.count());
}

/// Twelve replicates of 24 months on 1 or 2 threads: wall time per agent-month.
void ensemble(benchmark::State& state) {
    Setting& s = setting(state.range(0));
    tbb::global_control threads(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(state.range(1)));
    const Start start = start_of(s.study.scenario, s.study.population, s.study.framework);
    for (auto _ : state)
        tbb::parallel_for(0u, 12u, [&](std::uint32_t r) {
            Watch watch;
            watch.prepare(s.groups, 24);
            benchmark::DoNotOptimize(simulate(start_world(start, {1, r}), s.study.scenario, s.plan, {1, r}, &watch, nullptr, 24));
        });
    per_agent_month(state, state.iterations() * s.count() * 12 * 24);
}

void bytes_per_establishment(benchmark::State& state) {
    Setting& s = setting(state.range(0));
    std::size_t bytes = 0;
    each_column(s.world, [&](const char*, const auto* values, std::size_t count) { bytes += count * sizeof *values; });
    const auto n = s.count();
    const std::size_t attributes = n * std::size_t{48} + s.study.population.employers.count() * std::size_t{17} +
                                   s.study.population.network.slots() * std::size_t{5} + (n + 1) * std::size_t{4};
    for (auto _ : state) benchmark::DoNotOptimize(bytes);
    state.counters["bytes_per_establishment"] = static_cast<double>(bytes + attributes) / n;
    state.counters["establishments"] = n;
}

void sizes(benchmark::internal::Benchmark* b) {
    for (const int n : {1000, 5000, 50000}) b->Arg(n);
    b->UseRealTime();
}
void five_thousand(benchmark::internal::Benchmark* b) { b->Arg(5000)->Iterations(72)->UseRealTime(); }

void two_years(benchmark::internal::Benchmark* b) { b->Arg(1000000)->Iterations(24)->UseRealTime(); }

BENCHMARK(reference_kernel)->Apply(sizes);
BENCHMARK(whole_step)->Apply(sizes);
BENCHMARK(reference_kernel)->Apply(two_years);
BENCHMARK(whole_step)->Apply(two_years);
BENCHMARK(one_process<LaunchHubs>)->Apply(five_thousand);
BENCHMARK(one_process<TurnOverStaff>)->Apply(five_thousand);
BENCHMARK(one_process<TrainLeaders>)->Apply(five_thousand);
BENCHMARK(one_process<EngageEmployers>)->Apply(five_thousand);
BENCHMARK(one_process<HoldMeetings>)->Apply(five_thousand);
BENCHMARK(one_process<SharePractice>)->Apply(five_thousand);
BENCHMARK(one_process<RenewTies>)->Apply(five_thousand);
BENCHMARK(one_process<ImproveProvision>)->Apply(five_thousand);
BENCHMARK(one_process<Lapse>)->Apply(five_thousand);
BENCHMARK(one_process<CompleteCompass>)->Apply(five_thousand);
BENCHMARK(one_process<AccountCosts>)->Apply(five_thousand);
BENCHMARK(one_process<Observe>)->Apply(five_thousand);
BENCHMARK(ensemble)->Args({5000, 1})->Args({5000, 2})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(bytes_per_establishment)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
