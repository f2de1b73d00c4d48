// What is scarce: advisers, training, providers, time, awards and what money buys while schools are closed. Each lever
// at its ends, where the answer is known.
#include "sim/process/improve_provision_rows.h"
#include "tests/catch.h"
#include "tests/ideal_steps.h"

using namespace hubs;
using namespace hubs::test;

TEST_CASE("where volunteers are fewer than schools want, the coverage is of the volunteers") {
    Ideal ideal(4000);
    auto& staff = Schedule::of<TurnOverStaff>(ideal.scenario.parameters);
    staff.advisers_per_year = 0.6;
    ideal.plan.adviser_coverage = 0.8;
    const double employers = ideal.population.areas[0].employers;
    const auto advisers = [&](double volunteers, double places) {
        staff.volunteers_per_employer = volunteers / employers;
        ideal.plan.advisers_per_school = places;
        World w = steps(ideal, 48);
        double out = 0;
        each_establishment(w, [&](EstablishmentId e) {
            out += w.establishments.adviser[e];
            CHECK(w.establishments.adviser[e] <= places);
        });
        return out;
    };
    // leavers equal those found: 0.8 of the volunteers, or of the places where volunteers are enough
    CHECK(std::fabs(advisers(1000, 1) - 800) < 4 * std::sqrt(160.0));
    CHECK(std::fabs(advisers(1000, 3) - 800) < 4 * std::sqrt(160.0));
    CHECK(std::fabs(advisers(1e9, 1) - 3200) < 4 * std::sqrt(640.0));
    CHECK(std::fabs(advisers(1e9, 3) - 9600) < 4 * std::sqrt(1920.0));
    const double still = 3200 * std::pow(0.95, 48);  // of those matched on joining, and nobody is found
    CHECK(std::fabs(advisers(0, 1) - still) < 4 * std::sqrt(still));
}

TEST_CASE("training places are given by lot where more apply") {
    Ideal ideal(4000);
    Schedule::of<TrainLeaders>(ideal.scenario.parameters).months = 24;
    ideal.plan.training_share = 1;
    const auto started = [&](double places) {
        ideal.plan.training_places = places;
        World w = steps(ideal, 11);
        double out = 0;
        each_establishment(w, [&](EstablishmentId e) { out += w.leaders.training_left[e] > 0; });
        return out;
    };
    CHECK(started(1e9) == 4000);
    CHECK(started(0) == 0);
    CHECK(std::fabs(started(1100) - 1100) < 4 * std::sqrt(1100 * 0.725));
}

TEST_CASE("providers follow what is asked of them by a share of the gap in a year") {
    const auto answered = [](double response, std::uint16_t months, double start = 0.25) {
        Ideal ideal(50);
        ideal.plan.waves.clear();
        ideal.switch_on("engage_employers");
        ideal.switch_off({"join_network"});
        ideal.framework_.items_needing[first_provider] = 1;
        ideal.framework_.items[0].supply = Supply::sixth_form;
        auto& p = Schedule::of<EngageEmployers>(ideal.scenario.parameters);
        p = {};
        p.provider_capacity = start;  // a share of the pupils, and all are asked for
        p.growth_per_year = 0;
        p.provider_response = response;
        World w = ideal.empty(ideal_replicate);
        each_establishment(w, [&](EstablishmentId e) { w.establishments.done[e] = w.establishments.know_how[e] = 1; });
        for (std::uint16_t m = 0; m < months; ++m) step(ideal, m, w);
        return std::pair{static_cast<double>(w.areas.answered[AreaId{0}][0]),
                         static_cast<double>(w.areas.provision[AreaId{0}][0])};
    };
    CHECK(answered(0, 24) == std::pair{1.0, 0.25});
    const auto [capacity, met] = answered(0.6, 12);  // three terms: 4 - 3 * 0.8^3
    CHECK(std::fabs(capacity - 2.464) < 1e-5);
    CHECK(std::fabs(met - 0.616) < 1e-6);
    CHECK(answered(3, 1) == std::pair{4.0, 1.0});
    CHECK(answered(0.6, 12, 0) == std::pair{1.0, 0.0});  // nobody there to answer
}

TEST_CASE("work to finish an item follows a power of the pupils, and fewer providers come to special schools") {
    Ideal ideal(3);
    ideal.population.establishments.pupils[EstablishmentId{1}] = 100;
    ideal.population.establishments.type[EstablishmentId{1}] = Type::special;
    const World w = ideal.empty(ideal_replicate);
    CHECK(improving::work_by_size(EstablishmentId{0}, w, 0.3) == 1);
    CHECK(std::fabs(improving::work_by_size(EstablishmentId{1}, w, 0.3) - std::pow(0.1, 0.3)) < 1e-12);
    CHECK(improving::work_by_size(EstablishmentId{1}, w, 0) == 1);
    ImproveProvision::Parameters p;
    p.specialist_providers = 0.7;
    p.rural_travel = 0.5;
    CHECK(improving::reach(EstablishmentId{0}, Supply::training, w, p) == 1);
    CHECK(improving::reach(EstablishmentId{1}, Supply::training, w, p) == 0.7);
    CHECK(improving::reach(EstablishmentId{1}, Supply::guidance, w, p) == 1);
    CHECK(improving::reach(EstablishmentId{1}, Supply::encounters, w, p) == 1);
}

TEST_CASE("the network's lift grows from the month of joining it, and a hub that is left does not take it along") {
    Ideal ideal(10);
    auto& p = Schedule::of<ImproveProvision>(ideal.scenario.parameters);
    p.network_lift = 0.5;
    p.hub_lift = 0.2;
    p.lift_months = 10;
    p.adviser_lift = 0.1;
    World w = ideal.empty(ideal_replicate);
    const Moment now = Schedule::moment_of<ImproveProvision>(Month{20}, ideal_replicate);
    const ImproveProvision::Setting setting(now, w, p);
    w.hubs.rows.push_back(HubRow{});
    w.scratch.of_hub.resize(1);
    w.scratch.of_hub[0] = -1;  // the hub's support has ended: no hours of its own
    const auto lift = [&](Status status, int backed, int since, unsigned advisers) {
        const EstablishmentId e{0};
        w.establishments.slt_support[e] = 0;
        w.establishments.status[e] = status;
        w.establishments.backed_since[e] = static_cast<std::int16_t>(20 - backed);
        w.establishments.status_since[e] = static_cast<std::int16_t>(20 - since);
        w.establishments.adviser[e] = static_cast<std::uint8_t>(advisers);
        w.establishments.hub[e] = HubId{0};
        w.leaders.hours_per_week[e] = 1;
        const double hours =
            setting.own_hours + setting.inspection_hours + (status == Status::network ? setting.network_hours : 0);
        return improving::effort_of(e, now, w, setting).hours / hours;
    };
    CHECK(lift(Status::none, 30, 30, 0) == 0);
    CHECK(std::fabs(lift(Status::network, 4, 4, 0) - 0.2) < 1e-6);
    CHECK(std::fabs(lift(Status::network, 30, 0, 0) - 0.5) < 1e-6);  // left a hub this month
    CHECK(std::fabs(lift(Status::hub, 0, 0, 0) - 0) < 1e-6);
    CHECK(std::fabs(lift(Status::hub, 30, 5, 0) - 0.55) < 1e-6);
    CHECK(std::fabs(lift(Status::hub, 30, 30, 2) - 0.79) < 1e-6);  // 0.5 + 0.1 + 1 - 0.9^2
}

TEST_CASE(
    "awards go to those up to standard that seek them, last their time, cost their assessment and narrow readings") {
    Ideal ideal(4000);
    ideal.switch_on("seek_awards");
    auto& p = Schedule::of<SeekAwards>(ideal.scenario.parameters);
    p.per_year = 0.2;
    p.standard = 0.5;
    p.months = 36;
    const auto holding = [&](std::uint16_t months, double encouragement, Items done, double& assessed) {
        ideal.plan.award_encouragement = encouragement;
        World w = ideal.empty(ideal_replicate);
        each_establishment(w, [&](EstablishmentId e) {
            w.establishments.done[e] = done;
            w.establishments.award_until[e] = before_start;
        });
        assessed = 0;
        for (std::uint16_t m = 0; m < months; ++m) {
            step(ideal, m, w);
            const double now = w.activity[static_cast<std::size_t>(Activity::assessed)];
            CHECK(pounds(w, CostLine::awards) == 1500 * now);
            assessed += now;
        }
        double out = 0;
        each_establishment(w, [&](EstablishmentId e) { out += w.establishments.award_until[e] > months - 1; });
        return out / 4000;
    };
    double assessed = 0;
    CHECK(std::fabs(holding(12, 1, 0x0f, assessed) - 0.2) < close_to(0.2, 4000));
    CHECK(std::fabs(holding(24, 2, 0x0f, assessed) - 0.64) < close_to(0.64, 4000));
    CHECK(holding(24, 5, 0x0f, assessed) == 1);
    CHECK(assessed == 4000);  // who has one does not seek another
    CHECK(holding(12, 1, 0x07, assessed) == 0);
    CHECK(std::fabs(assessed / 4000 - 0.2) < close_to(0.2, 4000));
    CHECK(holding(12, 0, 0xff, assessed) == 0);
    CHECK(assessed == 0);

    CompleteCompass::Parameters c;
    c.claimed = 0.4;
    c.award_honesty = 0.5;
    const CompleteCompass::Reading reading(c);
    CHECK(reading.bounds[0][2].generous == -CompleteCompass::Reading::lowest(0.2));
    World w = ideal.empty(ideal_replicate);
    w.establishments.status[EstablishmentId{0}] = Status::none;
    w.establishments.award_until[EstablishmentId{0}] = 9;
    CHECK(&reading.of(EstablishmentId{0}, Month{8}, w) == &reading.bounds[0][2]);
    CHECK(&reading.of(EstablishmentId{0}, Month{9}, w) == &reading.bounds[0][0]);
}

TEST_CASE("closures leave less of what a wallet buys") {
    const auto met = [](double capacity, double online) {
        Ideal ideal(200);
        ideal.switch_on("engage_employers");
        auto& p = Schedule::of<EngageEmployers>(ideal.scenario.parameters);
        p = {};
        p.alone = p.own_links_per_year = p.coordinator_contacts = p.adviser_links_per_year = 0;
        p.closure_from = 2030;
        p.closure_until = 2031;
        p.closure_capacity = capacity;
        p.closure_online = online;
        p.gbp_per_encounter = 10;
        ideal.plan.wallet_share = 1;
        ideal.plan.wallet_gbp = 5000;  // 500 encounters for 1,000 pupils
        World w = ideal.empty(ideal_replicate);
        each_establishment(w, [&](EstablishmentId e) {
            w.establishments.link_count[e] = 0;
            w.establishments.links[e].fill(EmployerId::none());
        });
        step(ideal, 0, w);
        return static_cast<double>(w.establishments.encounters[EstablishmentId{3}]);
    };
    CHECK(met(1, 0) == 0.5);
    CHECK(met(0, 0) == 0);
    CHECK(std::fabs(met(0.2, 0.5) - 0.3) < 1e-6);
}
