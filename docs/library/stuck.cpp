// stuck SCENARIO.json
//
// A measure of one's own: of hub members, how many truly achieve fewer than three benchmarks, month by month and plan by
// plan, in the scenario's first replicate. The last line is the fingerprint of all of the scenario's runs, to compare
// with the one that `hubsim run` prints.
#include <bit>
#include <cstdio>

#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/run/study.h"
#include "sim/simulate.h"

namespace {

/// Percent of a world's hub members; 0 where there are none.
double stuck(const hubs::World& world) {
    unsigned members = 0, few = 0;
    hubs::each_establishment(world, [&](hubs::EstablishmentId e) {
        if (world.establishments.status[e] != hubs::Status::hub) return;
        ++members;
        few += std::popcount(world.establishments.achieved[e]) < 3 ? 1u : 0u;
    });
    return members > 0 ? 100.0 * few / members : 0.0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: stuck SCENARIO.json\n", stderr);
        return 2;
    }
    const hubs::StudyRead read = hubs::read_study(argv[1], {});
    if (!read.study) {  // every problem of the file, with its place
        std::fputs(read.report.c_str(), stderr);
        return 3;
    }
    const hubs::Study& study = *read.study;
    const hubs::Groups groups = hubs::groups_of(study.population);
    hubs::Fingerprint all;
    std::puts("plan,month,stuck_percent");
    for (std::uint32_t r = 0; r < study.scenario.replicates; ++r) {
        const hubs::Replicate replicate{study.scenario.seed, r};
        const hubs::Scenario scenario = hubs::scenario_of(study.scenario, r);  // with this replicate's draw of parameters
        const hubs::World start =
            hubs::first_world(scenario, study.population, study.framework, replicate);
        for (const hubs::Plan& plan : scenario.plans) {
            hubs::Watch watch;  // what is counted, for the fingerprint
            watch.every = scenario.observe_every;
            watch.prepare(groups, scenario.months);
            int month = 0;
            hubs::simulate(start, scenario, plan, replicate, &watch, nullptr, 0, [&](const hubs::World& world) {
                if (r == 0) std::printf("%s,%d,%.1f\n", plan.name.c_str(), month++, stuck(world));
            });
            hubs::Fingerprint one;
            watch.seen.add_to(one);
            all.add(one.word());
        }
    }
    std::printf("%s\n", all.text().c_str());
    return 0;
}
