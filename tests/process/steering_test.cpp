// Hub Leads, steering groups, coordinators' reach, advisers, training places, providers and awards: each lever at its
// ends, where the answer is known.
#include <bit>
#include <cmath>

#include "sim/process/engage_employers_rows.h"
#include "sim/process/improve_provision_rows.h"
#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

constexpr Replicate replicate{11, 0};

void step(const Ideal& ideal, std::uint16_t month, World& w) {
    Schedule::step(Month{month}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
}
World steps(const Ideal& ideal, std::uint16_t months) {
    World w = ideal.empty(replicate);
    for (std::uint16_t m = 0; m < months; ++m) step(ideal, m, w);
    return w;
}
/// Four standard errors of a share of n.
double close_to(double share, double n) { return 4 * std::sqrt(share * (1 - share) / n) + 1e-12; }
double pounds(const World& w, CostLine line) {
    return static_cast<double>(w.costs[static_cast<std::size_t>(line)]) / 100;
}

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
        const Moment now = Schedule::moment_of<EngageEmployers>(Month{4}, replicate);
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
        World w = ideal.empty(replicate);
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
    const World w = ideal.empty(replicate);
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
        World w = ideal.empty(replicate);
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

TEST_CASE("the network's lift grows from the month of joining it, and a hub that is left does not take it along") {
    Ideal ideal(10);
    auto& p = Schedule::of<ImproveProvision>(ideal.scenario.parameters);
    p.network_lift = 0.5;
    p.hub_lift = 0.2;
    p.lift_months = 10;
    p.adviser_lift = 0.1;
    World w = ideal.empty(replicate);
    const Moment now = Schedule::moment_of<ImproveProvision>(Month{20}, replicate);
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
        World w = ideal.empty(replicate);
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
    World w = ideal.empty(replicate);
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
        World w = ideal.empty(replicate);
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

TEST_CASE(
    "Lead Schools whose leaders have too few hours are told as overloaded each September, while the hub is supported") {
    const auto told = [](float hours) {
        Ideal ideal(100);
        ideal.plan.lead_schools_per_hub = 3;
        ideal.plan.lead_release_days = 20;
        ideal.plan.support_years = 2;
        World w = ideal.empty(replicate);
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
