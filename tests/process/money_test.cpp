// Every line of cost, worked out by hand from levers and prices.
#include <cmath>

#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

/// Forty members in two hubs of twenty, and ten outside of whom all are in the network.
struct Spending : Ideal {
    Spending() : Ideal(50) {
        plan.waves[0].members = 40;
        plan.hub_size = 20;
        plan.lead_schools_per_hub = 2;
        switch_off({"hold_meetings", "share_practice", "turn_over_staff", "train_leaders", "join_network"});
    }
    /// Pence by line of one month; the world's month 0 launches the hubs.
    std::array<std::int64_t, cost_line_count> month(std::uint16_t which) const {
        World w = empty({5, 0});
        each_establishment(w, [&](EstablishmentId e) { w.establishments.status[e] = Status::network; });
        for (std::uint16_t m = 0; m <= which; ++m)
            Schedule::step(Month{m}, {5, 0}, w, scenario.parameters, scenario.switches);
        std::array<std::int64_t, cost_line_count> out{};
        for (std::size_t l = 0; l < cost_line_count; ++l) out[l] = w.costs[l];
        return out;
    }
    std::int64_t line(CostLine which, std::uint16_t at = 1) const { return month(at)[static_cast<std::size_t>(which)]; }
};

std::int64_t pence(double gbp) { return std::llround(100 * gbp); }

}  // namespace

TEST_CASE("each line of cost is what its levers and prices make by hand") {
    Spending s;
    s.plan.schools_per_coordinator = 16;
    s.plan.network_schools_per_coordinator = 5;
    s.plan.fund_gbp_per_school = 1200;
    s.plan.lead_allowance_gbp = 6000;
    s.plan.lead_release_days = 30;
    s.plan.cornerstones_per_hub = 3;
    s.plan.peer_review = true;
    CHECK(s.line(CostLine::hub_lead) == pence(2 * 58000 / 12.0));
    CHECK(s.line(CostLine::hub_coordinators) == pence(40 / 16.0 * 45000 / 12));
    CHECK(s.line(CostLine::network_coordinators) == pence(10 / 5.0 * 45000 / 12));
    CHECK(s.line(CostLine::hub_fund) == pence(40 * 1200 / 12.0));
    CHECK(s.line(CostLine::lead_allowance) == pence(4 * 6000 / 12.0));
    CHECK(s.line(CostLine::release_days) == pence(4 * 30 * 200 / 12.0));
    CHECK(s.line(CostLine::cornerstone) == pence(2 * 3 * 2000 / 12.0));
    CHECK(s.line(CostLine::peer_review) == pence(40 * 400 / 12.0));
    for (const CostLine none : {CostLine::wallet, CostLine::grant, CostLine::training, CostLine::leader_time}) {
        INFO(word(none));
        CHECK(s.line(none) == 0);
    }
}

TEST_CASE("wallets and grants are paid once, in the month of launch") {
    Spending s;
    s.plan.wallet_share = 1;
    s.plan.wallet_gbp = 7000;
    s.plan.grant_gbp_per_school = 9000;
    CHECK(s.line(CostLine::wallet, 0) == pence(40 * 7000));
    CHECK(s.line(CostLine::grant, 0) == pence(40 * 9000));
    CHECK(s.line(CostLine::wallet, 1) == 0);
    CHECK(s.line(CostLine::grant, 1) == 0);
}

TEST_CASE("training is paid for each leader who starts, and a leader's time for each attendance") {
    Spending s;
    s.switch_on("train_leaders");
    s.switch_on("hold_meetings");
    s.plan.training_share = 1;
    World w = s.empty({5, 0});
    for (std::uint16_t m = 0; m < 3; ++m) {
        Schedule::step(Month{m}, {5, 0}, w, s.scenario.parameters, s.scenario.switches);
        const auto did = [&](Activity a) { return w.activity[static_cast<std::size_t>(a)]; };
        const auto paid = [&](CostLine l) { return w.costs[static_cast<std::size_t>(l)]; };
        INFO("month " << m);
        CHECK(paid(CostLine::training) == pence(did(Activity::trainings_started) * 8000.0));
        CHECK(paid(CostLine::leader_time) == pence(did(Activity::attendances) * 4.0 * 30.0));
        if (m == 1) CHECK(did(Activity::attendances) == 40);  // everyone comes in the ideal hub
    }
}

TEST_CASE("after support has ended nothing is paid for a hub") {
    Spending s;
    s.plan.support_years = 1;
    s.plan.fund_gbp_per_school = 1200;
    CHECK(s.line(CostLine::hub_fund, 11) == pence(40 * 1200 / 12.0));
    for (const CostLine line : {CostLine::hub_fund, CostLine::hub_lead, CostLine::hub_coordinators,
                                CostLine::release_days, CostLine::cornerstone}) {
        INFO(word(line));
        CHECK(s.line(line, 12) == 0);
    }
}
