// Worlds whose answer is known in closed form. Tolerances are four Monte-Carlo standard errors.
#include "tests/catch.h"
#include <cmath>

#include "sim/base/deterministic_math.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

TEST_CASE("without sharing, known items are finished as the closed form says") {
    Ideal ideal(4000);
    ideal.plan.waves.clear();
    ideal.switch_on("improve_provision");
    ideal.switch_off({"share_practice"});
    auto& p = Schedule::of<ImproveProvision>(ideal.scenario.parameters);
    p.improvement_share = 0.1;  // of 10 hours a week
    p.coordinator_hours = p.adviser_lift = p.network_lift = p.hub_lift = p.duty_rate = p.inspection_hours = p.near_weight = p.network_focus = 0;
    p.cost_1 = p.cost_2 = p.cost_3 = p.cost_4 = p.cost_5 = p.cost_6 = p.cost_7 = p.cost_8 = 100;
    World world = ideal.empty({3, 0});
    // One benchmark is left to do, with its know-how there: all hours go to it.
    each_establishment(world, [&](EstablishmentId e) {
        world.establishments.done[e] = ideal.framework_.all() & ~Items{1};
        world.establishments.know_how[e] = ideal.framework_.all();
    });
    const double monthly = 1 - std::exp(-10 * 39.0 / 11 * 0.1 / 100);
    for (std::uint16_t m = 0; m < 11; ++m) {
        Schedule::step(Month{m}, {3, 0}, world, ideal.scenario.parameters, ideal.scenario.switches);
        double done = 0;
        each_establishment(world, [&](EstablishmentId e) { done += static_cast<double>(world.establishments.done[e] & 1u); });
        const double expected = 1 - std::pow(1 - monthly, m + 1), sd = std::sqrt(expected * (1 - expected) * 4000);
        INFO("month " << m);
        CHECK(std::fabs(done - 4000 * expected) < 4 * sd);
    }
}

TEST_CASE("complete mixing spreads know-how as logistic growth") {
    // Everyone talks with one other, drawn from all, every month; what is known is done at once.
    constexpr std::uint32_t n = 4000;
    Ideal ideal(n);
    auto& share = Schedule::of<SharePractice>(ideal.scenario.parameters);
    share.talks_per_meeting = 1;
    share.learnt_per_exposure = 0.5;
    World world = ideal.empty({11, 0});
    each_establishment(world, [&](EstablishmentId e) {
        if (e.index % 20 == 0) world.establishments.know_how[e] = world.establishments.done[e] = ideal.framework_.all();
    });
    double expected = 0.05;
    for (std::uint16_t m = 0; m < 33; ++m) {
        Schedule::step(Month{m}, {11, 0}, world, ideal.scenario.parameters, ideal.scenario.switches);
        each_establishment(world, [&](EstablishmentId e) { world.establishments.done[e] = world.establishments.know_how[e]; });
        double holders = 0;
        each_establishment(world, [&](EstablishmentId e) { holders += std::popcount(world.establishments.know_how[e]); });
        holders /= 8.0 * n;
        // openness is 255 of 256; a talk with oneself passes nothing
        if (m % 12 != 11) expected += (1 - expected) * 0.5 * expected * (255.0 / 256.0);
        INFO("month " << m << ": " << holders << " against " << expected);
        CHECK(std::fabs(holders - expected) < 0.03);
    }
    CHECK(expected > 0.99);
}

TEST_CASE("a star around one Lead School: members learn from its visits and from nobody else") {
    constexpr std::uint32_t n = 3000;
    Ideal ideal(n);
    ideal.plan.meetings_per_year = 0;
    ideal.plan.lead_schools_per_hub = 1;
    ideal.plan.lead_release_days = 200;
    auto& share = Schedule::of<SharePractice>(ideal.scenario.parameters);
    share.visits_per_release_day = 8;
    share.visit_exposures = 2;
    share.learnt_per_exposure = 0.3;
    World world = ideal.empty({5, 0});
    Schedule::step(Month{0}, {5, 0}, world, ideal.scenario.parameters, ideal.scenario.switches);
    const EstablishmentId lead = [&] {
        EstablishmentId found = EstablishmentId::none();
        each_establishment(world, [&](EstablishmentId e) {
            if (world.establishments.leads[e]) found = e;
        });
        return found;
    }();
    REQUIRE(lead.exists());
    world.establishments.know_how[lead] = world.establishments.done[lead] = ideal.framework_.all();
    world.leaders.hours_per_week[lead] = 40;  // time for 200 days
    const double visit = 200.0 * 8 / (11 * n), pass = 1 - std::pow(0.7, 2);
    double lacks = 1, known = 0;
    for (std::uint16_t m = 1; m < 12; ++m) {
        Schedule::step(Month{m}, {5, 0}, world, ideal.scenario.parameters, ideal.scenario.switches);
        if (m % 12 != 11) lacks *= 1 - visit * pass;
    }
    each_establishment(world, [&](EstablishmentId e) {
        if (e != lead) known += std::popcount(world.establishments.know_how[e]);
    });
    // Items of one visit are drawn together, so the spread is that of visits, not of items.
    const double expected = (n - 1) * 8 * (1 - lacks), sd = 8 * std::sqrt((n - 1) * (1 - lacks));
    INFO(known << " against " << expected);
    CHECK(std::fabs(known - expected) < 4 * sd);
    CHECK(expected > 4 * sd);
}

TEST_CASE("doubling the demand on the same employers makes benchmarks 5 and 6 stall, and no other") {
    const auto shares = [](double encounters, double places) {
        Small small(1000, 36);
        auto& p = Schedule::of<EngageEmployers>(small.scenario.parameters);
        p.closure_capacity = 1;
        p.encounters_per_pupil = encounters;
        p.places_per_pupil = places;
        std::array<double, 8> out{};
        for (std::uint32_t r = 0; r < 4; ++r) {
            const World end = small.run({9, r});
            each_establishment(end, [&](EstablishmentId e) {
                for (unsigned b = 0; b < 8; ++b) out[b] += (end.establishments.achieved[e] >> b & 1u) * 25.0 / end.count();
            });
        }
        return out;
    };
    const auto once = shares(1, 0.2), twice = shares(2, 0.4);
    INFO("B5 " << once[4] << " to " << twice[4] << ", B6 " << once[5] << " to " << twice[5]);
    CHECK(twice[4] < once[4] - 2);
    CHECK(twice[5] < once[5] - 2);
    for (const unsigned b : {0u, 1u, 2u, 3u, 6u, 7u}) CHECK(std::fabs(twice[b] - once[b]) < 2);
}
