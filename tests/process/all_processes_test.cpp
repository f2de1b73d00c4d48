// Tests that speak of every process and every parameter; a new one is covered by being listed.
#include "tests/catch.h"
#include <set>

#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

TEST_CASE("a process writes the columns it names, all of them and no other") {
    Small small;
    Wave close;
    close.month = 10;
    close.action = WaveAction::close_hubs;
    close.areas = {{0, 0}};
    small.scenario.plans[0].waves.push_back(close);
    World world = small.start();
    world.plan = &small.scenario.plans[0];
    reserve_room(world);
    std::map<std::string, std::set<std::string>> wrote;
    for (std::uint16_t m = 0; m < 24; ++m) {
        world.activity.fill(0);
        Schedule::each_process([&]<class P>(std::type_identity<P>) {
            const auto before = columns_of(world);
            P::step(Schedule::moment_of<P>(Month{m}, {7, 0}), world, Schedule::of<P>(small.scenario.parameters));
            for (const auto& [column, hash] : columns_of(world))
                if (hash != before.at(column)) wrote[std::string(P::name)].insert(column);
        });
    }
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        INFO(P::name);
        CHECK(wrote[std::string(P::name)] == std::set<std::string>(P::writes.begin(), P::writes.end()));
    });
}

TEST_CASE("a process switched off leaves what it alone writes unchanged") {
    Small small;
    std::size_t place = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        Small off;
        off.scenario.switches.off[place++] = true;
        World start = off.start(), end = off.run();
        const auto first = columns_of(start), last = columns_of(end);
        for (const std::string_view column : P::writes) {
            bool alone = true;
            Schedule::each_process([&]<class Q>(std::type_identity<Q>) {
                if constexpr (!std::is_same_v<P, Q>)
                    for (const std::string_view other : Q::writes) alone &= other != column;
            });
            INFO(P::name << " alone writes " << column);
            if (alone) CHECK(first.at(std::string(column)) == last.at(std::string(column)));
        }
    });
}

namespace {

/// Moves one numbered setting of a description as far as it goes.
struct Mover {
    int wanted, at = 0;
    bool up;
    std::string moved;

    void operator()(const Field& f, double& value) {
        if (at++ != wanted) return;
        moved = std::string(f.name);
        value = up ? f.maximum : f.minimum;
    }
    void operator()(const Choice& c, bool& value) {
        if (at++ != wanted) return;
        moved = std::string(c.name);
        value = !value;
    }
    template <class Words, class Enum>
    void operator()(const Choice& c, const Words& words, Enum& value) {
        if (at++ != wanted) return;
        moved = std::string(c.name);
        value = static_cast<Enum>(up ? words.size() - 1 : (static_cast<std::size_t>(value) + 1) % words.size());
    }
};

/// Everything a run leaves, costs and counts of every month among it.
std::string outcome(const Small& small) {
    const Groups groups = groups_of(small.population);
    Watch watch;
    watch.prepare(groups, small.scenario.months);
    simulate(small.start(), small.scenario, small.scenario.plans[0], {7, 0}, &watch);
    Fingerprint f;
    watch.seen.add_to(f);
    return f.text();
}

}  // namespace

TEST_CASE("changing any parameter or lever changes something") {
    // Two settings act only beside another: the second base has the rule and the format they belong to.
    // It goes on past the closures, when places come back by half.
    std::array<Small, 2> bases{Small(), Small(400, 26)};
    Schedule::of<SharePractice>(bases[1].scenario.parameters).rule = SharingRule::capacity;
    bases[1].scenario.plans[0].format = Format::clusters_by_place;
    const std::array<std::string, 2> as_it_is{outcome(bases[0]), outcome(bases[1])};
    const auto moves = [&](const std::string& section, auto&& describe) {
        for (int k = 0;; ++k) {
            bool changed = false;
            std::string name;
            for (const bool up : {true, false})
                for (std::size_t b = 0; b < bases.size() && !changed; ++b) {
                    Small small = bases[b];
                    Mover mover{k, 0, up, ""};
                    describe(small, mover);
                    if (mover.at <= k) return;
                    name = mover.moved;
                    changed |= outcome(small) != as_it_is[b];
                }
            INFO(section << "/" << name);
            if (name == "repeat_support")
                CHECK_FALSE(changed);  // who is in an evaluation's sample: evaluation_test.cpp
            else CHECK(changed);
        }
    };
    moves("initial_state", [](Small& s, Mover& m) { InitialState::Parameters::describe(m, s.scenario.initial); });
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        moves(std::string(P::name),
              [](Small& s, Mover& m) { P::Parameters::describe(m, Schedule::of<P>(s.scenario.parameters)); });
    });
    moves("plan", [](Small& s, Mover& m) { Plan::describe(m, s.scenario.plans[0]); });
}

TEST_CASE("every parameter has a unit, a range that holds its default, a source and an evidence rating") {
    const auto well_described = [](const Field& f, const double& value) {
        INFO(f.name);
        CHECK_FALSE(f.name.empty());
        CHECK_FALSE(f.unit.empty());
        CHECK_FALSE(f.meaning.empty());
        CHECK_FALSE(f.source.empty());
        CHECK(f.minimum < f.maximum);
        CHECK(value >= f.minimum);
        CHECK(value <= f.maximum);
        CHECK(f.padlocks >= 0);
        CHECK(f.padlocks <= 5);
        if (f.padlocks == 0) CHECK(f.source.find("assumed") != std::string_view::npos);
    };
    struct Visitor {
        decltype(well_described)& check;
        void operator()(const Field& f, const double& v) { check(f, v); }
        void operator()(const Choice& c, const bool&) { CHECK_FALSE(c.source.empty()); }
    };
    const auto visit = [&](auto&&... field) {
        if constexpr (sizeof...(field) == 2) Visitor{well_described}(field...);
    };
    InitialState::Parameters initial;
    InitialState::Parameters::describe(visit, initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        typename P::Parameters p;
        P::Parameters::describe(visit, p);
    });
    Plan plan;
    Plan::describe(visit, plan);
}
