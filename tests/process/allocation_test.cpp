// Who is taken by each rule, and who sits with whom, in populations where the answer is plain.
#include <map>
#include <set>

#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

constexpr std::uint32_t schools = 60, places = 12;

/// Two areas of thirty. Free school meals rise with the address; every third is rural, every fifth a special school,
/// the lowest ten addresses are not judged good; reported benchmarks fall with the address within each eight.
struct Ranked : Ideal {
    explicit Ranked(Allocation rule) : Ideal(schools) {
        PopulationInput in;
        in.regions = {"region"};
        in.areas = {"north", "south"};
        in.enterprises.resize(2);
        for (std::uint32_t i = 0; i < schools; ++i) {
            EstablishmentRow row;
            row.address = i + 1;
            row.area = i % 2;
            row.easting = 400000 + static_cast<std::int32_t>(i) * 1000;
            row.northing = 400000;
            row.pupils = 1000;
            row.fsm_percent = 0.5 * i;
            row.rural = i % 3 == 0;
            row.type = i % 5 == 0 ? Type::special : Type::mainstream;
            row.ofsted = i < 10 ? Ofsted::inadequate : Ofsted::good;
            in.rows.push_back(row);
        }
        population = make_population(in, framework_);
        plan.hub_size = places / 2;
        plan.waves[0] = {};
        plan.waves[0].rule = rule;
        plan.waves[0].members = places;
        auto& launch = Schedule::of<LaunchHubs>(scenario.parameters);
        launch.level = launch.network = launch.fsm = launch.ofsted = 0;
        switch_off({"hold_meetings", "share_practice", "turn_over_staff", "train_leaders", "join_network"});
    }
    LaunchHubs::Parameters& launch() { return Schedule::of<LaunchHubs>(scenario.parameters); }

    World launched(std::uint64_t seed = 3) const {
        World w = empty({seed, 0});
        each_establishment(w, [&](EstablishmentId e) {
            const std::uint32_t address = population.establishments.address[e];
            w.establishments.achieved_reported[e] = static_cast<std::uint8_t>((1u << (address % 9)) - 1);  // 0 to 8
            w.establishments.status[e] = address > 40 ? Status::network : Status::none;
        });
        Schedule::step(Month{0}, {seed, 0}, w, scenario.parameters, scenario.switches);
        return w;
    }
    /// Addresses of the members.
    std::set<std::uint32_t> members(std::uint64_t seed = 3) const {
        const World w = launched(seed);
        std::set<std::uint32_t> out;
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.status[e] == Status::hub) out.insert(population.establishments.address[e]);
        });
        return out;
    }
};

/// Everyone of a kind that is taken first, when nobody outside it is.
template <class F>
void all_are(const std::set<std::uint32_t>& members, F&& kind) {
    CHECK(members.size() == places);
    for (const std::uint32_t address : members) {
        INFO("member " << address);
        CHECK(kind(address));
    }
}

}  // namespace

TEST_CASE("highest_fsm takes those with most free school meals") {
    all_are(Ranked(Allocation::highest_fsm).members(), [](std::uint32_t a) { return a > schools - places; });
}

TEST_CASE("rural takes rural establishments before any other") {
    all_are(Ranked(Allocation::rural).members(), [](std::uint32_t a) { return (a - 1) % 3 == 0; });
}

TEST_CASE("lowest_attainment takes those that report fewest benchmarks") {
    all_are(Ranked(Allocation::lowest_attainment).members(), [](std::uint32_t a) { return a % 9 <= 1; });
}

TEST_CASE("at_most_benchmarks leaves out those that report more") {
    Ranked r(Allocation::lottery);
    r.plan.waves[0].at_most = 3;
    all_are(r.members(), [](std::uint32_t a) { return a % 9 <= 3; });
}

TEST_CASE("volunteers follow the sign of each weight") {
    const auto with = [](double LaunchHubs::Parameters::*weight, double value) {
        Ranked r(Allocation::volunteers);
        r.launch().*weight = value;
        return r.members();
    };
    all_are(with(&LaunchHubs::Parameters::level, 50), [](std::uint32_t a) { return a % 9 >= 7; });
    all_are(with(&LaunchHubs::Parameters::level, -50), [](std::uint32_t a) { return a % 9 <= 1; });
    all_are(with(&LaunchHubs::Parameters::fsm, 500), [](std::uint32_t a) { return a > schools - places; });
    all_are(with(&LaunchHubs::Parameters::network, 50), [](std::uint32_t a) { return a > 40; });
    const auto poor = with(&LaunchHubs::Parameters::ofsted, 50);  // ten of twelve places
    CHECK(std::distance(poor.begin(), poor.upper_bound(10)) == 10);
}

TEST_CASE("a lottery follows nothing but luck") {
    const Ranked r(Allocation::lottery);
    std::map<std::uint32_t, int> taken;
    constexpr int draws = 600;
    for (int seed = 0; seed < draws; ++seed)
        for (const std::uint32_t a : r.members(static_cast<std::uint64_t>(seed))) ++taken[a];
    CHECK(taken.size() == schools);
    // Each is taken in a fifth of draws: 120 with a standard deviation of 9.8; four of them, over sixty schools.
    for (const auto& [address, count] : taken) {
        INFO("school " << address);
        CHECK(std::abs(count - draws * static_cast<int>(places) / static_cast<int>(schools)) < 45);
    }
}

TEST_CASE("by_area gives each area its number, and within it the rule that is asked") {
    Ranked r(Allocation::by_area);
    r.plan.waves[0].areas = {{0, 4}, {1, 8}};
    r.plan.waves[0].within = Allocation::highest_fsm;
    const auto members = r.members();
    std::size_t north = 0;
    for (const std::uint32_t a : members) north += a % 2 == 1;
    CHECK(north == 4);
    CHECK(members == std::set<std::uint32_t>{46, 48, 50, 52, 53, 54, 55, 56, 57, 58, 59, 60});
}

TEST_CASE("those who leave are members no longer, and the others stay") {
    Ranked r(Allocation::as_listed);
    r.plan.waves[0].addresses = {1, 3, 5, 7, 9, 11};
    Wave leaving = r.plan.waves[0];
    leaving.month = 1;
    leaving.action = WaveAction::leave;
    leaving.addresses = {3, 5};
    r.plan.waves.push_back(leaving);
    World w = r.launched();
    Schedule::step(Month{1}, {3, 0}, w, r.scenario.parameters, r.scenario.switches);
    std::set<std::uint32_t> left;
    each_establishment(w, [&](EstablishmentId e) {
        if (w.establishments.status[e] == Status::hub) left.insert(r.population.establishments.address[e]);
    });
    CHECK(left == std::set<std::uint32_t>{1, 7, 9, 11});
}

TEST_CASE("clusters keep types apart, or neighbours together") {
    for (const Format format : {Format::clusters_by_type, Format::clusters_by_place}) {
        Ranked r(Allocation::by_area);
        r.plan.waves[0].areas = {{0, 30}};
        r.plan.hub_size = 30;
        r.plan.format = format;
        r.plan.cluster_size = 10;
        const World w = r.launched();
        REQUIRE(w.hubs.rows.size() == 1);
        CHECK(w.hubs.groups.size() == (format == Format::clusters_by_type ? 2u : 3u));
        std::int32_t spread = 0;
        for (const MeetingGroup& group : w.hubs.groups) {
            std::set<Type> types;
            std::int32_t least = 1 << 30, most = 0;
            for (std::uint32_t i = 0; i < group.count; ++i) {
                const EstablishmentId e = w.hubs.members[group.first + i];
                types.insert(r.population.establishments.type[e]);
                least = std::min(least, static_cast<std::int32_t>(r.population.establishments.easting[e]));
                most = std::max(most, static_cast<std::int32_t>(r.population.establishments.easting[e]));
            }
            if (format == Format::clusters_by_type) CHECK(types.size() == 1);
            else CHECK(group.count == 10);
            spread = std::max(spread, most - least);
        }
        if (format == Format::clusters_by_place) CHECK(spread == 18000);  // ten neighbours, two km apart
    }
}
