// Plans that agree so far are simulated once and parted where they first differ.
#include "sim/simulate_plans.h"
#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

Wave wave(std::uint16_t month, Allocation rule, std::uint32_t members) {
    Wave w;
    w.month = month;
    w.rule = rule;
    w.members = members;
    return w;
}
Plan plan(std::vector<Wave> waves) {
    Plan p;
    p.waves = std::move(waves);
    return p;
}

}  // namespace

TEST_CASE("plans are alike up to the first wave or absence that only one has, and never if a lever differs") {
    const Wave first = wave(0, Allocation::volunteers, 40), later = wave(6, Allocation::lottery, 30),
               last = wave(9, Allocation::rural, 20);
    CHECK(months_alike(plan({first, later}), plan({first, later}), 24) == 24);
    CHECK(months_alike(plan({first, later}), plan({first}), 24) == 6);
    CHECK(months_alike(plan({first}), plan({first, last, later}), 24) == 6);
    CHECK(months_alike(plan({first, later}), plan({later}), 24) == 0);
    CHECK(months_alike(plan({first, later}), plan({first, wave(6, Allocation::lottery, 31)}), 24) == 6);
    CHECK(months_alike(plan({first, first}), plan({first}), 24) == 0);
    CHECK(months_alike(plan({first, later}), plan({later, first}), 24) == 0);  // the order they are listed in may tell
    Plan named = plan({first}), absent = plan({first}), lever = plan({first});
    named.name = "other";
    absent.absences = {{5, 3}};
    lever.hub_size = 20;
    CHECK(months_alike(plan({first}), named, 24) == 24);
    CHECK(months_alike(plan({first}), absent, 24) == 3);
    CHECK(months_alike(plan({first}), lever, 24) == 0);
    lever = plan({first});
    lever.priority[3] = true;
    CHECK(months_alike(plan({first}), lever, 24) == 0);
}

TEST_CASE("plans parted where they differ have the bytes of each simulated by itself") {
    Small small(300, 20);
    const Wave first = wave(0, Allocation::volunteers, 60), middle = wave(7, Allocation::lowest_attainment, 30),
               last = wave(13, Allocation::lottery, 30);
    Plan lever = plan({first, middle});
    lever.meetings_per_year = 11;
    // The sixth parts from the second, which parts from the first; the last has its waves listed backwards.
    small.scenario.plans = {
        plan({first}),       plan({first, middle}),      plan({}), plan({first}), lever, plan({first, middle, last}),
        plan({last, first}), plan({last, first, middle})};
    const Groups groups = groups_of(small.population);
    const World start = small.start();
    const std::vector<std::size_t> all{0, 1, 2, 3, 4, 5, 6, 7}, some{5, 0, 1};
    for (const auto& plans : {all, some})
        for (const bool watched : {true, false}) {
            Watch prepared;
            prepared.prepare(groups, small.scenario.months);
            std::vector<bool> taken(plans.size());
            simulate_plans(start, small.scenario, plans, {7, 0}, watched ? &prepared : nullptr,
                           [&](std::size_t k, const World& world, Observations&& seen) {
                               INFO("plan " << plans[k]);
                               Watch watch;
                               watch.prepare(groups, small.scenario.months);
                               World by_itself = simulate(start, small.scenario, small.scenario.plans[plans[k]], {7, 0},
                                                          watched ? &watch : nullptr),
                                     copy = world;
                               CHECK(columns_of(copy) == columns_of(by_itself));
                               CHECK(seen.placed == watch.seen.placed);
                               Fingerprint a, b;
                               seen.add_to(a);
                               watch.seen.add_to(b);
                               CHECK(a.text() == b.text());
                               taken[k] = true;
                           });
            CHECK(std::count(taken.begin(), taken.end(), true) == static_cast<std::ptrdiff_t>(plans.size()));
        }
}
