// Hub Leads, coordinators, Enterprise Advisers, Lead Schools and leaders: each lever at its ends, where the answer is
// known.
#include <cmath>

#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

constexpr Replicate replicate{5, 0};

World steps(const Ideal& ideal, std::uint16_t months) {
    World w = ideal.empty(replicate);
    for (std::uint16_t m = 0; m < months; ++m)
        Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
    return w;
}
std::uint32_t did(const World& w, Activity a) { return w.activity[static_cast<std::size_t>(a)]; }

/// The same from a start in which nobody has an Enterprise Adviser.
World unadvised(const Ideal& ideal, std::uint16_t months) {
    World w = ideal.empty(replicate);
    each_establishment(w, [&](EstablishmentId e) { w.establishments.adviser[e] = 0; });
    for (std::uint16_t m = 0; m < months; ++m)
        Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
    return w;
}

double covered(const World& w) {
    double out = 0;
    each_establishment(w, [&](EstablishmentId e) { out += w.establishments.adviser[e]; });
    return out / w.count();
}

}  // namespace

TEST_CASE(
    "while the Hub Lead's post is vacant meetings engage half as many, who grows into it has all its skill in the end") {
    Ideal ideal(4000);
    auto& meet = Schedule::of<HoldMeetings>(ideal.scenario.parameters);
    meet.engagement = 0.5;
    Schedule::of<SteerHubs>(ideal.scenario.parameters).lead_months = 10;
    const auto engaged = [&](int in_post) {
        World w = steps(ideal, 1);
        w.hubs.rows[0].lead_skill = 1;
        w.hubs.rows[0].lead_since = static_cast<std::int16_t>(2 - in_post);
        Schedule::step(Month{1}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        CHECK(did(w, Activity::attendances) == 4000);
        return did(w, Activity::engaged) / 4000.0;
    };
    // 0.5 * (0.5 + skill): a quarter, a half after five of ten months, three quarters; four standard errors are 0.032
    CHECK(std::fabs(engaged(0) - 0.25) < 0.032);
    CHECK(std::fabs(engaged(-2) - 0.25) < 0.032);
    CHECK(std::fabs(engaged(5) - 0.5) < 0.032);
    CHECK(std::fabs(engaged(30) - 0.75) < 0.032);
}

TEST_CASE("meetings from April 2020 to July 2021 are online: distance counts for nothing, attendance for less") {
    Ideal ideal(2000);
    for (std::uint32_t i = 0; i < 2000; ++i)  // a thousand kilometres apart
        ideal.population.establishments.easting[EstablishmentId{i}] = static_cast<std::int32_t>(i % 2) * 1000000;
    auto& meet = Schedule::of<HoldMeetings>(ideal.scenario.parameters);
    meet.reach_km = 1;
    meet.online_attendance = 0.6;
    const auto came = [&](int year) {
        ideal.scenario.calendar = {year, 9};
        return did(steps(ideal, 1), Activity::attendances) / 2000.0;
    };
    CHECK(std::fabs(came(2019) - 0.5) < 0.001);  // the host's half
    CHECK(std::fabs(came(2020) - 0.6) < 4 * std::sqrt(0.24 / 2000));
}

TEST_CASE("openness belongs to the leader: it grows with good meetings, and a successor begins anew") {
    Ideal ideal(500);
    ideal.switch_off({"share_practice"});
    Schedule::of<HoldMeetings>(ideal.scenario.parameters).engagement = 2;  // whatever the Hub Lead's skill
    World w = steps(ideal, 3);
    each_establishment(w, [&](EstablishmentId e) { CHECK(w.leaders.meetings[e] == 3); });
    auto& staff = Schedule::of<TurnOverStaff>(ideal.scenario.parameters);
    staff.leaders_per_year = 1;
    staff.august_share = 0;
    ideal.plan.meetings_per_year = 0;
    w = ideal.empty(replicate);
    each_establishment(w, [&](EstablishmentId e) { w.leaders.meetings[e] = 7; });
    for (std::uint16_t m = 0; m < 11; ++m)
        Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
    each_establishment(w, [&](EstablishmentId e) { CHECK(w.leaders.meetings[e] == 0); });
}

TEST_CASE("without good meetings nobody closed opens up, with them everybody shares") {
    const auto learnt = [](std::uint8_t meetings) {
        Ideal ideal(1000);
        Schedule::of<TurnOverStaff>(ideal.scenario.parameters).openness_low = 0;
        Schedule::of<TurnOverStaff>(ideal.scenario.parameters).openness_high = 0;
        auto& share = Schedule::of<SharePractice>(ideal.scenario.parameters);
        share.learnt_per_exposure = 0.9;
        share.openness_meetings = 3;
        World w = ideal.empty(replicate);
        each_establishment(w, [&](EstablishmentId e) {
            w.leaders.meetings[e] = meetings;
            if (e.index % 2 == 0) w.establishments.know_how[e] = w.establishments.done[e] = ideal.framework_.all();
        });
        ideal.plan.meetings_per_year = 11;
        Schedule::of<HoldMeetings>(ideal.scenario.parameters).engagement = meetings > 0 ? 1 : 0;
        Schedule::step(Month{0}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        return did(w, Activity::items_learnt);
    };
    CHECK(learnt(0) == 0);
    CHECK(learnt(3) > 1000);
}

TEST_CASE("Enterprise Advisers come and go, and the plan's coverage holds") {
    Ideal ideal(4000);
    ideal.plan.adviser_coverage = 0.82;
    auto& staff = Schedule::of<TurnOverStaff>(ideal.scenario.parameters);
    for (const double leave : {0.1, 0.4, 1.0}) {
        staff.advisers_per_year = leave;
        for (const std::uint16_t months : {1, 12, 36}) {
            INFO(leave << " a year, after " << months << " months");
            CHECK(std::fabs(covered(unadvised(ideal, months)) - 0.82) < 4 * std::sqrt(0.82 * 0.18 / 4000));
        }
    }
    staff.advisers_per_year = 0.5;  // of those there at first, 1 - 1/24 stay each month: 0.6 of 12 months
    World w = unadvised(ideal, 1);
    std::vector<std::uint8_t> first(w.establishments.adviser.begin(), w.establishments.adviser.end());
    double stayed = 0, had = 0;
    std::vector<bool> always(first.size(), true);
    for (std::uint16_t m = 1; m <= 12; ++m) {
        Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        for (std::size_t e = 0; e < first.size(); ++e)
            always[e] = always[e] && w.establishments.adviser.begin()[e] != 0;
    }
    for (std::size_t e = 0; e < first.size(); ++e) had += first[e], stayed += first[e] != 0 && always[e];
    const double expected = std::pow(1 - 0.5 / 12, 12);
    CHECK(std::fabs(stayed / had - expected) < 4 * std::sqrt(expected * (1 - expected) / had));
    ideal.plan.adviser_coverage = 0;
    CHECK(covered(unadvised(ideal, 6)) == 0);
    ideal.plan.adviser_coverage = 1;
    staff.advisers_per_year = 0;
    CHECK(covered(unadvised(ideal, 6)) == 1);
}

TEST_CASE("outside hubs advisers are the network's, whatever a plan covers") {
    Ideal ideal(4000);
    ideal.plan.waves.clear();
    ideal.plan.adviser_coverage = 0;
    auto& staff = Schedule::of<TurnOverStaff>(ideal.scenario.parameters);
    staff.advisers_per_year = 0.8;
    staff.network_coverage = 0.6;
    ideal.switch_off({"join_network"});
    World w = ideal.empty(replicate);
    each_establishment(w, [&](EstablishmentId e) {
        w.establishments.status[e] = Status::network;
        w.establishments.adviser[e] = 1;
    });
    for (std::uint16_t m = 0; m < 60; ++m)
        Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
    CHECK(std::fabs(covered(w) - 0.6) < 4 * std::sqrt(0.6 * 0.4 / 4000));
}

TEST_CASE("each Lead School gives its days to those it serves, few or many") {
    Ideal ideal(3000);
    ideal.plan.meetings_per_year = 0;
    ideal.plan.lead_schools_per_hub = 2;
    ideal.plan.lead_release_days = 20;
    for (std::uint32_t i = 0; i < 3000; ++i)  // served by kind: 1,874 and 1,124
        ideal.population.establishments.type[EstablishmentId{i}] = i < 1875 ? Type::mainstream : Type::special;
    auto& share = Schedule::of<SharePractice>(ideal.scenario.parameters);
    share.visits_per_release_day = 8;
    share.learnt_per_exposure = 1;
    World w = ideal.empty(replicate);
    Schedule::step(Month{0}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
    std::array<double, 2> met{};
    std::array<EstablishmentId, 2> lead{};
    each_establishment(w, [&](EstablishmentId e) {
        if (w.establishments.leads[e] == 0) return;
        lead[w.population->establishments.type[e] == Type::special] = e;
        w.establishments.done[e] = w.establishments.know_how[e] = ideal.framework_.all();
        w.leaders.hours_per_week[e] = 40;
    });
    CHECK(w.establishments.leads[lead[0]] == 1875);
    CHECK(w.establishments.leads[lead[1]] == 1125);
    for (std::uint16_t m = 1; m < 11; ++m) {
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.leads[e] == 0) w.establishments.know_how[e] = 0;
        });
        Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.leads[e] == 0 && w.establishments.know_how[e] != 0)
                ++met[w.population->establishments.type[e] == Type::special];
        });
    }
    // 20 days of 8 visits, in eleven months: 14.5 visits a month by each, over ten months
    for (const double visits : met) CHECK(std::fabs(visits - 145.5) < 4 * std::sqrt(145.5));
}

TEST_CASE("a coordinator who leaves takes links along, at the next term") {
    const auto links_left = [](double leave, double lost) {
        Ideal ideal(600);
        ideal.population = make_population(small_england(600), ideal.framework_);
        ideal.plan.waves[0].members = 600;
        ideal.switch_on("engage_employers");
        ideal.switch_off({"share_practice"});  // no colleague passes one on
        Schedule::of<TurnOverStaff>(ideal.scenario.parameters).coordinators_per_year = leave;
        auto& p = Schedule::of<EngageEmployers>(ideal.scenario.parameters);
        p.own_links_per_year = p.coordinator_contacts = p.adviser_links_per_year = p.links_lost_per_year = 0;
        p.lost_with_coordinator = lost;
        World w = ideal.empty(replicate);
        double before = 0, after = 0;
        each_establishment(w, [&](EstablishmentId e) { before += w.establishments.link_count[e]; });
        for (std::uint16_t m = 0; m < 5; ++m)
            Schedule::step(Month{m}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        each_establishment(w, [&](EstablishmentId e) { after += w.establishments.link_count[e]; });
        return after / before;
    };
    CHECK(links_left(1, 0) == 1);
    CHECK(links_left(0, 1) == 1);
    const double some = links_left(1, 0.5), all = links_left(1, 1);  // a third of posts change hands in five months
    CHECK(all < some);
    CHECK(some < 1);
    CHECK(std::fabs((1 - all) / (1 - some) - 2) < 0.5);
}

TEST_CASE("a Lead School gives the days its leader's hours allow, and its own provision pays for what nobody covers") {
    Plan plan;
    plan.lead_release_days = 20;
    CHECK(plan.own_release_days(40) == 20);
    CHECK(std::fabs(plan.own_release_days(2) - 2 * 39 / 7.0) < 1e-12);
    CHECK(plan.own_release_days(0) == 0);
    const auto monthly = [](double cover, double days, bool leads) {
        Ideal ideal(4000);
        ideal.switch_on("improve_provision");
        ideal.switch_off({"share_practice", "hold_meetings"});
        ideal.plan.lead_schools_per_hub = 1;
        ideal.plan.lead_release_days = days;
        ideal.plan.fund_activity_share = 1;
        auto& p = Schedule::of<ImproveProvision>(ideal.scenario.parameters);
        p.improvement_share = 0.5;
        p.coordinator_hours = p.adviser_lift = p.network_lift = p.hub_lift = p.duty_rate = p.inspection_hours =
            p.near_weight = p.network_focus = p.hub_focus = 0;
        p.cost_1 = p.cost_2 = p.cost_3 = p.cost_4 = p.cost_5 = p.cost_6 = p.cost_7 = p.cost_8 = 40;
        p.lead_cover = cover;
        World w = ideal.empty(replicate);
        each_establishment(w, [&](EstablishmentId e) {
            w.establishments.done[e] = ideal.framework_.all() & ~Items{1};
            w.establishments.know_how[e] = ideal.framework_.all();
        });
        Schedule::step(Month{0}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        each_establishment(w, [&](EstablishmentId e) {
            w.establishments.leads[e] = leads;
            w.establishments.done[e] &= ~Items{1};
        });
        Schedule::step(Month{1}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        double done = 0;
        each_establishment(w, [&](EstablishmentId e) { done += static_cast<double>(w.establishments.done[e] & 1u); });
        return done / 4000;
    };
    const auto expected = [](double hours) { return 1 - std::exp(-hours / 40); };
    const double own = 10 * 39.0 / 11 * 0.5;  // 17.7 hours a month
    const auto close = [](double found, double p) { return std::fabs(found - p) < 4 * std::sqrt(p * (1 - p) / 4000); };
    CHECK(close(monthly(0, 20, false), expected(own)));
    CHECK(close(monthly(0, 20, true), expected(own - 20 * 7 / 11.0)));
    CHECK(close(monthly(0.5, 20, true), expected(own - 10 * 7 / 11.0)));
    CHECK(close(monthly(1, 20, true), expected(own)));
    CHECK(monthly(0, 200, true) == 0);  // it cannot be less than nothing
}

TEST_CASE("the hub fund buys encounters for all members, by the share that goes to activities") {
    const auto met = [](double share) {
        Ideal ideal(300);
        ideal.switch_on("engage_employers");
        ideal.plan.fund_gbp_per_school = 3000;
        ideal.plan.fund_activity_share = share;
        auto& p = Schedule::of<EngageEmployers>(ideal.scenario.parameters);
        p.own_links_per_year = p.coordinator_contacts = p.adviser_links_per_year = 0;
        p.alone = 0.1;
        p.gbp_per_encounter = 15;
        World w = ideal.empty(replicate);
        each_establishment(w, [&](EstablishmentId e) { w.establishments.link_count[e] = 0; });
        Schedule::step(Month{0}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        return static_cast<double>(w.establishments.encounters[EstablishmentId{0}]);
    };
    CHECK(std::fabs(met(0) - 0.1) < 1e-6);
    CHECK(std::fabs(met(1) - 0.3) < 1e-6);  // 200 encounters for 1,000 pupils
    CHECK(std::fabs(met(0.5) - 0.2) < 1e-6);
}

TEST_CASE("training that is not completed teaches nothing and is paid for, fewer start while schools are closed") {
    Ideal ideal(4000);
    ideal.plan.training_share = 0.5;
    auto& train = Schedule::of<TrainLeaders>(ideal.scenario.parameters);
    train.items_gained = 1;
    train.months = 1;
    const auto share = [&](std::uint16_t months, auto&& of) {
        const World w = steps(ideal, months);
        double out = 0;
        each_establishment(w, [&](EstablishmentId e) { out += of(w, e); });
        return out / 4000;
    };
    const auto knows = [](const World& w, EstablishmentId e) {
        return std::popcount(w.establishments.know_how[e]) == 8;
    };
    train.completed = 0;
    CHECK(share(11, knows) == 0);
    train.completed = 0.6;
    ideal.switch_off({"share_practice", "hold_meetings"});
    const double known = share(11, knows);  // starts in months 1 to 10 end by the eleventh
    CHECK(std::fabs(known - 0.5 * 0.6 * 10 / 11) < 0.02);
    ideal.scenario.calendar = {2020, 9};
    train.disrupted_starts = 0;
    CHECK(share(11, knows) == 0);
}

TEST_CASE("willingness nobody sees: schools with their leaders behind them volunteer first") {
    Ideal ideal(100);
    ideal.plan.waves[0].rule = Allocation::volunteers;
    ideal.plan.waves[0].members = 50;
    ideal.plan.hub_size = 50;
    const auto backed = [&](double weight) {
        auto& launch = Schedule::of<LaunchHubs>(ideal.scenario.parameters);
        launch.level = launch.network = launch.fsm = launch.ofsted = 0;
        launch.support = weight;
        World w = ideal.empty(replicate);
        each_establishment(
            w, [&](EstablishmentId e) { w.establishments.slt_support[e] = e.index % 2 == 0 ? 1.0f : 0.0f; });
        Schedule::step(Month{0}, replicate, w, ideal.scenario.parameters, ideal.scenario.switches);
        int out = 0;
        each_establishment(
            w, [&](EstablishmentId e) { out += w.establishments.status[e] == Status::hub && e.index % 2 == 0; });
        return out;
    };
    CHECK(backed(50) == 50);
    CHECK(backed(-50) == 0);
    CHECK(std::abs(backed(0) - 25) < 15);
}
