// hubsim-card-bench CODE.ptx SCENARIO.json [REPLICATES]: what a graphics card makes of the model, beside one processor
// thread in the same run. First the fingerprints, world by world, then nanoseconds per agent-month.
#include <chrono>
#include <cstdio>
#include <thread>

#include "sim/card/card.h"
#include "sim/card/run.h"
#include "sim/run/file_bytes.h"
#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/run/study.h"
#include "sim/simulate.h"

namespace {

using namespace hubs;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void on_all_threads(std::uint32_t count, const std::function<void(std::uint32_t)>& one) {
    std::vector<std::jthread> threads;
    const unsigned workers = std::max(1u, std::thread::hardware_concurrency());
    for (unsigned t = 0; t < workers; ++t)
        threads.emplace_back([&, t] {
            for (std::uint32_t i = t; i < count; i += workers) one(i);
        });
}

/// The scenario's first replicates, with a start for each.
struct Runs {
    const Study& study;
    Groups groups;
    std::vector<Scenario> scenarios;
    std::vector<World> starts;
    std::vector<card::Job> jobs;

    Runs(const Study& s, std::uint32_t replicates)
        : study(s), groups(groups_of(s.population)), scenarios(replicates), starts(replicates) {
        on_all_threads(replicates, [&](std::uint32_t r) {
            scenarios[r] = scenario_of(study.scenario, r);
            starts[r] = first_world(scenarios[r], study.population, study.framework, {scenarios[r].seed, r});
        });
        for (std::uint32_t r = 0; r < replicates; ++r)
            for (std::size_t p = 0; p < study.scenario.plans.size(); ++p)
                jobs.push_back({&starts[r],
                                &scenarios[r],
                                p,
                                {scenarios[r].seed, r},
                                &groups,
                                scenarios[r].observe_every,
                                card::Wanted::all});
    }
    Observations on_processor(const card::Job& job) const {
        Watch watch;
        watch.every = job.scenario->observe_every;
        watch.prepare(groups, job.scenario->months);
        simulate(*job.start, *job.scenario, job.scenario->plans[job.plan], job.replicate, &watch);
        return watch.seen;
    }
};

std::uint64_t word_of(const Observations& seen) {
    Fingerprint f;
    seen.add_to(f);
    return f.word();
}

void compare(card::Card& machine, const Study& study, std::uint32_t replicates) {
    const Runs runs(study, replicates);
    const card::Given given(machine, study.population, study.framework, runs.groups);
    std::vector<std::uint64_t> here(runs.jobs.size()), there(runs.jobs.size());
    auto start = Clock::now();
    card::run_jobs(
        machine, given, runs.jobs, card::most_worlds, on_all_threads, [] {},
        [&](std::size_t j, card::Left&& left) { there[j] = word_of(left.seen); });
    const double card_seconds = seconds_since(start);
    start = Clock::now();
    on_all_threads(static_cast<std::uint32_t>(runs.jobs.size()),
                   [&](std::uint32_t j) { here[j] = word_of(runs.on_processor(runs.jobs[j])); });
    std::size_t equal = 0;
    for (std::size_t j = 0; j < here.size(); ++j) equal += here[j] == there[j];
    std::printf("%s: %zu of %zu fingerprints equal (%u months; card %.2f s in all, %u processor threads %.2f s)\n",
                study.scenario.name.c_str(), equal, here.size(), study.scenario.months, card_seconds,
                std::thread::hardware_concurrency(), seconds_since(start));
    std::fflush(stdout);
}

/// So many worlds, in turn of the scenario's plans.
std::vector<card::Job> jobs_of(const Runs& runs, std::uint32_t count) {
    std::vector<card::Job> out;
    for (std::uint32_t w = 0; w < count; ++w) out.push_back(runs.jobs[w % runs.jobs.size()]);
    return out;
}

void time_worlds(card::Card& machine, const Study& study) {
    const Runs runs(study, 2);
    const double n = study.population.establishments.count(), months = study.scenario.months;
    auto start = Clock::now();
    const Observations seen = runs.on_processor(runs.jobs.front());
    std::printf("one processor thread: %.1f ns per agent-month\n", seconds_since(start) / (n * months) * 1e9);
    const card::Given given(machine, study.population, study.framework, runs.groups);
    std::printf("worlds  ns per agent-month  up s  months s  down s\n");
    for (const std::uint32_t count : {1u, 8u, 64u, 512u, 1024u}) {
        const std::vector<card::Job> jobs = jobs_of(runs, count);
        const card::Shape shape(jobs);
        card::Batch batch(machine, shape, count);
        start = Clock::now();
        const card::Worlds worlds = batch.send(given, jobs.data(), count, on_all_threads);
        machine.wait();
        const double sent = seconds_since(start);
        start = Clock::now();
        for (std::uint16_t m = 0; m < study.scenario.months; ++m)
            machine.step(worlds, Month{m}, study.scenario.switches);
        machine.wait();
        const double stepped = seconds_since(start);
        start = Clock::now();
        batch.fetch(card::Wanted::all, count);
        std::printf("%6u  %18.3f  %4.2f  %8.3f  %6.2f\n", count, stepped / (n * months * count) * 1e9, sent, stepped,
                    seconds_since(start));
        std::fflush(stdout);
    }
}

void time_processes(card::Card& machine, const Study& study, std::uint32_t count) {
    const Runs runs(study, 1);
    const card::Given given(machine, study.population, study.framework, runs.groups);
    const std::vector<card::Job> jobs = jobs_of(runs, count);
    const card::Shape shape(jobs);
    card::Batch batch(machine, shape, count);
    const card::Worlds worlds = batch.send(given, jobs.data(), count, on_all_threads);
    const auto names = card::entry_points();
    std::vector<std::vector<double>> seconds;
    for (const auto& process : names) seconds.emplace_back(process.size());
    machine.wait();
    for (std::uint16_t m = 0; m < study.scenario.months; ++m)
        for (std::size_t p = 0; p < names.size(); ++p)
            for (std::size_t k = 0; k < names[p].size(); ++k) {
                const auto start = Clock::now();
                machine.launch(p, k, worlds, Month{m});
                machine.wait();
                seconds[p][k] += seconds_since(start);
            }
    std::printf("ns per agent-month at %u worlds (launches waited for one by one): all, prepare, then each pass\n",
                count);
    const double agent_months = static_cast<double>(worlds.establishments) * study.scenario.months * count;
    std::size_t p = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        double sum = 0;
        for (const double s : seconds[p]) sum += s;
        std::printf("  %-18.*s %6.3f ", static_cast<int>(P::name.size()), P::name.data(), sum / agent_months * 1e9);
        for (const double s : seconds[p]) std::printf(" %6.3f", s / agent_months * 1e9);
        std::printf("\n");
        ++p;
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: hubsim-card-bench CODE.ptx SCENARIO.json [REPLICATES]\n");
        return 2;
    }
    const FileBytes code = read_file_bytes(argv[1], std::size_t{64} << 20);
    if (!code.read()) {
        std::fprintf(stderr, "%s: %s\n", argv[1], code.headline.c_str());
        return 3;
    }
    const StudyRead read = read_study(argv[2], {});
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return 3;
    }
    try {
        for (const card::CardNamed& c : card::cards())
            std::printf("card %d: %s, %.1f GiB, generation %d.%d, driver %d.%d\n", c.number, c.name.c_str(),
                        static_cast<double>(c.bytes) / 1073741824.0, c.major, c.minor, c.driver / 1000,
                        c.driver % 1000 / 10);
        const auto start = Clock::now();
        card::Card machine(code.bytes);
        std::printf("code compiled for it in %.2f s\n", seconds_since(start));
        std::fflush(stdout);
        compare(machine, *read.study, argc > 3 ? static_cast<std::uint32_t>(std::atoi(argv[3])) : 4);
        Study shorter = *read.study;
        if (shorter.scenario.months > 24) shorter.scenario.months = 24;
        time_worlds(machine, shorter);
        time_processes(machine, shorter, 512);
    } catch (const card::CardFailure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 6;
    }
    return 0;
}
