// hubsim-fingerprint SCENARIO.json [REPLICATES]
//
// Simulates every plan and replicate on one thread and prints the fingerprint: the same
// 32 digits from any compiler, optimisation level, sanitizer and from WebAssembly.
#include <cstdio>
#include <cstdlib>

#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/run/study.h"
#include "sim/simulate.h"

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: hubsim-fingerprint SCENARIO.json [REPLICATES]\n");
        return 2;
    }
    hubs::Overrides overrides;
    if (argc > 2) overrides.replicates = static_cast<std::uint32_t>(std::atoi(argv[2]));
    const hubs::StudyRead read = hubs::read_study(argv[1], overrides);
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return 3;
    }
    const hubs::Study& study = *read.study;
    const hubs::Scenario& scenario = study.scenario;
    const hubs::Groups groups = hubs::groups_of(study.population);
    hubs::Fingerprint all;
    for (std::uint32_t r = 0; r < scenario.replicates; ++r) {
        const hubs::Replicate replicate{scenario.seed, r};
        const hubs::Scenario own = hubs::scenario_of(scenario, r);
        const hubs::World world = hubs::first_world(own, study.population, study.framework, replicate);
        for (const hubs::Plan& plan : own.plans) {
            hubs::Watch watch;
            watch.every = scenario.observe_every;
            watch.prepare(groups, scenario.months);
            hubs::simulate(world, own, plan, replicate, &watch);
            hubs::Fingerprint one;
            watch.seen.add_to(one);
            all.add(one.word());
        }
    }
    std::printf("%s\n", all.text().c_str());
    return 0;
}
