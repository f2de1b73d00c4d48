#include "sim/simulate.h"

#include <cstring>

#include "sim/start_levels.h"

namespace hubs {

Start start_of(const Scenario& scenario, const Population& population, const Framework& framework) {
    const auto& compass = Schedule::of<CompleteCompass>(scenario.parameters);
    return {&population,
            &framework,
            scenario.calendar,
            scenario.initial,
            Schedule::of<TurnOverStaff>(scenario.parameters),
            compass,
            Schedule::of<LaunchHubs>(scenario.parameters),
            Schedule::of<SeekAwards>(scenario.parameters),
            start_levels(framework, population, scenario.initial, compass)};
}

World simulate(World world, const Scenario& scenario, const Plan& plan, Replicate replicate, Watch* watch,
               Journal* journal, std::uint16_t until, const std::function<void(const World&)>& after_month) {
    world.plan = &plan;
    world.watch = watch;
    world.journal = journal;
    reserve_room(world);
    if (watch != nullptr) {
        watch->seen.placed.assign(plan.waves.size(), 0);
        Observe::first(world);
    }
    const std::uint16_t months = until != 0 && until < scenario.months ? until : scenario.months;
    if (after_month) after_month(world);
    for (std::uint16_t m = 0; m < months; ++m) {
        Schedule::step(Month{static_cast<std::uint16_t>(world.first_month + m)}, replicate, world, scenario.parameters, scenario.switches);
        if (after_month) after_month(world);
    }
    if (watch != nullptr) watch->seen.final_state = fingerprint(world);
    world.watch = nullptr;
    world.journal = nullptr;
    return world;
}

Fingerprint fingerprint(World& world) {
    Fingerprint all;
    each_column(world, [&](const char*, const auto* values, std::size_t count) {
        // Columns are little-endian words without padding on every machine we build for.
        const auto* bytes = reinterpret_cast<const unsigned char*>(values);
        const std::size_t size = count * sizeof(*values);
        all.add(size);
        for (std::size_t i = 0; i < size; i += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes + i, size - i < 8 ? size - i : 8);
            all.add(word);
        }
    });
    return all;
}

}  // namespace hubs
