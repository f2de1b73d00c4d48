// Hub Leads, steering groups and Lead Schools: each lever at its ends, where the answer is known.
#include "sim/process/engage_employers_rows.h"
#include "sim/process/improve_provision_rows.h"
#include "tests/catch.h"
#include "tests/ideal_steps.h"

using namespace hubs;
using namespace hubs::test;

namespace {

/// A hub of 4,000 in which nobody reports B3, a quarter B7 and all the others.
struct Reporting : Ideal {
    SteerHubs::Parameters& p = Schedule::of<SteerHubs>(scenario.parameters);
    Reporting() : Ideal(4000) { plan.steering_alignment = 0; }
    World after_steering(float skill, int months_in_post) const {
        World w = steps(*this, 4);
        w.hubs.rows[0].lead_skill = skill;
        w.hubs.rows[0].lead_since = static_cast<std::int16_t>(5 - months_in_post);
        each_establishment(w, [&](EstablishmentId e) {
            w.establishments.achieved_reported[e] = static_cast<Benchmarks>(e.index % 4 == 0 ? 0xfb : 0xbb);
        });
        step(*this, 4, w);  // January
        return w;
    }
};
double following(const World& w, unsigned targets) {
    double out = 0;
    each_establishment(w, [&](EstablishmentId e) { out += w.establishments.targets[e] == targets ? 1 : 0; });
    return out / w.count();
}

}  // namespace

TEST_CASE("a hub's targets are what fewest report, and members follow as far as the Hub Lead reaches them") {
    Reporting r;
    r.plan.hub_targets = 2;  // B3 and B7: 4 and 64
    r.p.lead_months = 10;
    CHECK(std::fabs(following(r.after_steering(0.6f, 20), 68) - 0.6) < close_to(0.6, 4000));
    CHECK(std::fabs(following(r.after_steering(0.6f, 5), 68) - 0.3) < close_to(0.3, 4000));  // half grown into the post
    CHECK(following(r.after_steering(0.6f, 0), 0) == 1);                                     // vacant
    CHECK(following(r.after_steering(1.0f, 20), 68) == 1);
    r.p.lead_caseload = 1000;  // of 4,000
    CHECK(std::fabs(following(r.after_steering(1.0f, 20), 68) - 0.25) < close_to(0.25, 4000));
    r.p.lead_caseload = 1e9;
    r.plan.hub_targets = 1;
    CHECK(following(r.after_steering(1.0f, 20), 4) == 1);
    r.plan.hub_targets = 0;
    CHECK(following(r.after_steering(1.0f, 20), 0) == 1);
    CHECK(r.after_steering(1.0f, 20).hubs.rows[0].reported == 6.25f);
}

TEST_CASE("the area's priorities come with the seats of authorities, and only while a Hub Lead convenes the group") {
    Reporting r;
    r.plan.priority[1] = true;
    r.plan.steering_alignment = 0.8;
    r.p.seats_to_act = 4;
    const auto share = [&](double seats, int months) {
        r.plan.steering_authorities = seats;
        return following(r.after_steering(0, months), 2);
    };
    CHECK(std::fabs(share(4, 9) - 0.8) < close_to(0.8, 4000));
    CHECK(std::fabs(share(2, 9) - 0.4) < close_to(0.4, 4000));
    CHECK(std::fabs(share(8, 9) - 0.8) < close_to(0.8, 4000));
    CHECK(share(0, 9) == 0);
    CHECK(share(4, 0) == 0);
}

TEST_CASE("a steering group's seats cost their members' time, and nothing without them") {
    Reporting r;
    CHECK(pounds(steps(r, 1), CostLine::steering_group) == 320);  // 8 seats, 12 hours, 40 pounds, a twelfth
    r.plan.steering_employers = r.plan.steering_authorities = r.plan.steering_providers = 0;
    CHECK(pounds(steps(r, 1), CostLine::steering_group) == 0);
}

TEST_CASE("employers in the steering group bring introductions, within the coordinator's reach") {
    Reporting r;
    r.switch_on("engage_employers");
    auto& p = Schedule::of<EngageEmployers>(r.scenario.parameters);
    p = {};
    p.own_links_per_year = p.adviser_links_per_year = 0;
    p.coordinator_contacts = 60;
    p.introduction_success = 0.5;
    p.alignment_gain = 0.4;
    r.plan.schools_per_coordinator = 10;
    const auto a_term = [&](double aligned, double seats) {
        r.plan.steering_alignment = aligned;
        r.plan.steering_employers = seats;
        World w = steps(r, 1);
        w.hubs.coordinators[w.establishments.coordinator[EstablishmentId{7}]].skill = 0.5f;
        w.establishments.reach[EstablishmentId{7}] = 0.5f;
        const Moment now = Schedule::moment_of<EngageEmployers>(Month{4}, ideal_replicate);
        return EngageEmployers::Setting(now, w, p).introductions(EstablishmentId{7}, w);
    };
    CHECK(a_term(0, 4) == 0.5);  // 60 * 0.5 / 10 / 3 introductions, times the reach
    CHECK(std::fabs(a_term(1, 4) - 0.7) < 1e-12);
    CHECK(std::fabs(a_term(1, 1) - 0.55) < 1e-7);
    CHECK(a_term(1, 0) == 0.5);
}

TEST_CASE("travel leaves a coordinator's help to those near the middle of the post") {
    Ideal ideal(100);
    for (std::uint32_t i = 0; i < 100; ++i)  // two places, 60 km apart
        ideal.population.establishments.easting[EstablishmentId{i}] = static_cast<std::int32_t>(i % 2) * 60000;
    ideal.plan.schools_per_coordinator = 100;
    auto& reach = Schedule::of<LaunchHubs>(ideal.scenario.parameters).reach_km;
    for (const double km : {20.0, 80.0, 1e9}) {
        reach = km;
        World w = steps(ideal, 1);
        each_establishment(w, [&](EstablishmentId e) {
            CHECK(std::fabs(static_cast<double>(w.establishments.reach[e]) - std::exp(-30 / km)) < 1e-6);
        });
    }
    reach = 20;
    ideal.plan.schools_per_coordinator = 50;  // a post for each place: nobody travels
    World w = steps(ideal, 1);
    each_establishment(w, [&](EstablishmentId e) { CHECK(w.establishments.reach[e] == 1); });
}

TEST_CASE("help aimed at the lowest is the same help, more of it where less is reported") {
    Reporting r;
    World w = r.after_steering(0, 9);
    double all = 0;
    each_establishment(w, [&](EstablishmentId e) { all += w.aimed(e, 0.125); });
    CHECK(std::fabs(all / 4000 - 1) < 1e-9);
    w.hubs.rows[0].reported = 4;
    w.establishments.achieved_reported[EstablishmentId{0}] = 0;
    w.establishments.achieved_reported[EstablishmentId{1}] = 0xff;
    CHECK(w.aimed(EstablishmentId{0}, 0.125) == 1.5);
    CHECK(w.aimed(EstablishmentId{1}, 0.125) == 0.5);
    CHECK(w.aimed(EstablishmentId{0}, 0) == 1);
}

TEST_CASE("hours go to a target first: with its weight it gets its share of them") {
    const auto finished = [](double weight, Benchmarks targets) {
        Ideal ideal(4000);
        ideal.switch_on("improve_provision");
        ideal.switch_off({"share_practice", "hold_meetings", "steer_hubs"});
        auto& p = Schedule::of<ImproveProvision>(ideal.scenario.parameters);
        p.coordinator_hours = p.adviser_lift = p.network_lift = p.hub_lift = p.duty_rate = p.inspection_hours =
            p.near_weight = p.network_focus = p.hub_focus = 0;
        p.cost_2 = p.cost_3 = 20;
        p.priority_weight = weight;
        World w = ideal.empty(ideal_replicate);
        each_establishment(w, [&](EstablishmentId e) {  // B2 and B3 are left
            w.establishments.done[e] = ideal.framework_.all() & ~Items{6};
            w.establishments.know_how[e] = ideal.framework_.all();
            w.establishments.targets[e] = targets;
        });
        step(ideal, 0, w);
        std::array<double, 2> out{};
        each_establishment(w, [&](EstablishmentId e) {
            for (const unsigned i : {0u, 1u})
                out[i] += static_cast<double>(w.establishments.done[e] >> (i + 1) & 1u) / 4000;
        });
        return out;
    };
    const double hours = 10 * 39.0 / 11 * 0.3;
    const auto expected = [&](double share) { return 1 - std::exp(-hours * share / 20); };
    const auto holds = [&](const std::array<double, 2>& done, double first) {
        CHECK(std::fabs(done[0] - expected(first)) < close_to(expected(first), 4000));
        CHECK(std::fabs(done[1] - expected(1 - first)) < close_to(expected(1 - first), 4000));
    };
    holds(finished(1, 0), 0.5);
    holds(finished(1, 2), 2 / 3.0);
    holds(finished(3, 4), 0.2);
    holds(finished(0, 2), 0.5);
}

TEST_CASE(
    "Lead Schools whose leaders have too few hours are told as overloaded each September, while the hub is supported") {
    const auto told = [](float hours) {
        Ideal ideal(100);
        ideal.plan.lead_schools_per_hub = 3;
        ideal.plan.lead_release_days = 20;
        ideal.plan.support_years = 2;
        World w = ideal.empty(ideal_replicate);
        Journal journal;
        w.journal = &journal;
        for (std::uint16_t m = 0; m < 37; ++m) {
            each_establishment(w, [&](EstablishmentId e) { w.leaders.hours_per_week[e] = hours; });
            step(ideal, m, w);
        }
        std::vector<unsigned> months;
        for (const Event& e : journal.events)
            if (e.change == Change::overloaded) months.push_back(e.month.index);
        return months;
    };
    CHECK(told(1) == std::vector<unsigned>{0, 0, 0, 12, 12, 12});
    CHECK(told(10).empty());
}
