#include "sim/run/history.h"

#include "sim/run/parameter_path.h"
#include "sim/simulate.h"

namespace hubs {
namespace {

/// The items met of the framework that follows, where `old` were met of the earlier one. What did not concern an
/// establishment before does not stand in the way.
Items carry(Items old, Items concerned, Items applies, const std::vector<Carried>& carried, Items drawn) {
    Items out = 0;
    for (unsigned item = 0; item < carried.size(); ++item)
        if ((carried[item].from & concerned & ~old) == 0) out |= one_item(item);
    return out & applies & drawn;
}

/// What each establishment does, knows and has reported, in the words of another framework. What is stricter than
/// before, or new, is drawn by share, with one draw for a benchmark: who meets one new part of it meets all that are
/// likelier. The same draw serves what is done, known and reported: who does not do the new part does not know how.
void change_framework(World& world, const Population& before, const std::vector<Carried>& carried,
                      Replicate replicate) {
    const Luck luck(replicate, Month{world.first_month}, stream_of("carried", 7));
    const Framework& f = *world.framework;
    const auto& who = world.population->establishments;
    auto& s = world.establishments;
    each_establishment(world, [&](EstablishmentId e) {
        const Words words[] = {luck.words(who.address[e], 0), luck.words(who.address[e], 1)};
        Items drawn = 0;
        for (unsigned item = 0; item < carried.size(); ++item) {
            const unsigned benchmark = f.benchmark_of[item];
            if (words[benchmark / 4][benchmark % 4] < threshold32(carried[item].share)) drawn |= one_item(item);
        }
        for (auto* column : {&s.done, &s.know_how, &s.reported})
            (*column)[e] = carry((*column)[e], before.establishments.applies[e], who.applies[e], carried, drawn);
        s.know_how[e] |= s.done[e];
        s.achieved[e] = f.achieved(s.done[e], who.applies[e]);
        s.achieved_reported[e] = f.achieved(s.reported[e], who.applies[e]);
        s.nearly[e] = f.nearly(s.reported[e], who.applies[e]);
    });
    for (HubRow& hub : world.hubs.rows) SteerHubs::average_reports(hub, world);
}

}  // namespace

World History::end(Replicate replicate) const {
    const std::pair key{replicate.seed, replicate.number};
    {
        const std::lock_guard lock(kept_.mutex);
        if (const auto found = kept_.worlds.find(key); found != kept_.worlds.end()) return *found->second;
    }
    const Scenario own = scenario_of(scenario, replicate.number);
    auto world = std::make_shared<World>(simulate(start_world(start_of(own, *population, *framework), replicate), own,
                                                  own.plans[plan], replicate, nullptr, nullptr, months));
    world->plan = nullptr;  // it is this function's own
    world->scratch = {};
    const std::lock_guard lock(kept_.mutex);
    if (replicate.number < most_kept) kept_.worlds.emplace(key, world);
    return *world;
}

std::shared_ptr<const History> History::middle(const std::function<Scenario(const Scenario&)>& middle_of) const {
    const std::lock_guard lock(kept_.mutex);
    if (!kept_.middle) {
        auto out = std::make_shared<History>(*this);
        out->scenario = middle_of(scenario);
        kept_.middle = std::move(out);
    }
    return kept_.middle;
}

World first_world(const Scenario& scenario, const Population& population, const Framework& framework,
                  Replicate replicate) {
    if (!scenario.history) return start_world(start_of(scenario, population, framework), replicate);
    const History& history = *scenario.history;
    World world = history.end(replicate);
    world.population = &population;
    world.framework = &framework;
    world.first_month = history.months;
    world.grant_before = history.scenario.plans[history.plan].grant_gbp_per_school;
    world.wallet_before = history.scenario.plans[history.plan].wallet_gbp;
    if (!history.carried.empty()) change_framework(world, *history.population, history.carried, replicate);
    world.establishments.achieved_first = world.establishments.achieved_reported;
    return world;
}

}  // namespace hubs
