#pragma once
#include <algorithm>
#include <string_view>

#include "sim/entity/passes.h"

namespace hubs {

/// What the month costs, by line. ODD 7.14. Pounds at the scenario's price base, in pence.
struct AccountCosts {
    static constexpr std::string_view name = "account_costs";
    static constexpr std::array writes{std::string_view{"costs"}};

    struct Parameters {
        double hub_lead_gbp = 58000;
        double coordinator_gbp = 45000;
        double training_gbp = 8000;
        double cornerstone_gbp = 2000;
        double release_day_gbp = 200;
        double leader_hour_gbp = 30;
        double meeting_hours = 4;
        double review_gbp = 400;
        double award_gbp = 1500;
        double seat_hours = 12;
        double seat_hour_gbp = 40;
        static void describe(auto&& field, auto& p) {
            field(Field{"hub_lead_gbp", "GBP per hub per year", 0, 500000, "Hub Lead with on-costs and expenses",
                        "S111: 40,000 to 50,000 and 25 to 30 %", 3, Use::input, within(50000, 65000)},
                  p.hub_lead_gbp);
            field(Field{"coordinator_gbp", "GBP per coordinator per year", 0, 500000,
                        "Enterprise Coordinator with on-costs", "assumed; W042: 405,000 for 8 staff", 2, Use::input,
                        within(35000, 55000)},
                  p.coordinator_gbp);
            field(Field{"training_gbp", "GBP per leader", 0, 50000, "Careers Leader training", "S114, S115", 4,
                        Use::input, within(6000, 10000)},
                  p.training_gbp);
            field(Field{"cornerstone_gbp", "GBP per employer per year", 0, 100000,
                        "looking after a Cornerstone Employer", "assumed", 0, Use::swept, within(500, 5000)},
                  p.cornerstone_gbp);
            field(Field{"release_day_gbp", "GBP per day", 0, 2000, "supply cover for a Lead School's released day",
                        "assumed", 1, Use::swept, within(150, 300)},
                  p.release_day_gbp);
            field(Field{"leader_hour_gbp", "GBP per hour", 0, 200, "a Careers Leader's time", "assumed", 1, Use::swept,
                        within(20, 50)},
                  p.leader_hour_gbp);
            field(Field{"meeting_hours", "hours per attendance", 0, 24, "a meeting with travel", "assumed", 0,
                        Use::swept, within(2, 8)},
                  p.meeting_hours);
            field(Field{"review_gbp", "GBP per review", 0, 10000, "a peer review: two leaders for a day", "assumed", 0,
                        Use::swept, within(200, 1000)},
                  p.review_gbp);
            field(Field{"award_gbp", "GBP per assessment", 0, 50000, "a quality award's assessment", "assumed", 0,
                        Use::swept, within(500, 3000)},
                  p.award_gbp);
            field(Field{"seat_hours", "hours per member per year", 0, 200,
                        "of a steering group's member, at its meetings and between", "assumed: one meeting a term", 0,
                        Use::swept, within(6, 30)},
                  p.seat_hours);
            field(Field{"seat_hour_gbp", "GBP per hour", 0, 500, "a steering group member's time", "assumed", 0,
                        Use::swept, within(25, 80)},
                  p.seat_hour_gbp);
        }
    };

    static bool acts(const Moment&, const World&, const Parameters&) { return true; }

    struct Setting {
        Setting() = default;
        Setting(const Moment&, World& world, const Parameters&) {
            world.scratch.in_network = world.scratch.lead_days = 0;
        }
    };
    using T = Turn<AccountCosts>;

    struct NetworkMembers : ListPass {  // by blocks, so that rows seldom add to the same count
        static constexpr std::uint32_t block = 256;
        static std::uint32_t rows(const T& t) { return (t.world.count() + block - 1) / block; }
        static void row(std::uint32_t i, const T& t) {
            const std::uint32_t end = std::min(t.world.count(), (i + 1) * block);
            std::uint32_t members = 0, days = 0;
            for (std::uint32_t e = i * block; e < end; ++e) {
                members += t.world.establishments.status[EstablishmentId{e}] == Status::network ? 1u : 0u;
                if (t.world.establishments.leads[EstablishmentId{e}] != 0) days += days_given(EstablishmentId{e}, t);
            }
            add_to(t.world.scratch.in_network, members);
            add_to(t.world.scratch.lead_days, days);
        }
    };
    struct Paying : OncePass {
        static void all(const T& t) { pay_all(t.now, t.world, t.p); }
    };
    using Passes = PassList<NetworkMembers, Paying>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<AccountCosts>(now, world, p); }

private:
    /// Hundredths of days a year that a Lead School of a supported hub gives of its own.
    static std::uint32_t days_given(EstablishmentId e, const T& t) {
        const World& world = t.world;
        if (!world.in_supported_hub(e, t.now.month)) return 0;
        return static_cast<std::uint32_t>(100.0 * world.plan->own_release_days(world.leaders.hours_per_week[e]) + 0.5);
    }
    static void pay_all(const Moment& now, World& world, const Parameters& p) {
        world.costs.fill(0);
        const Plan& plan = *world.plan;
        std::uint32_t hubs = 0, members = 0, leads = 0, wallets = 0;
        const std::uint32_t joined = world.activity[static_cast<std::size_t>(Activity::joined)];
        for (const HubRow& hub : world.hubs.rows) {
            if (hub.joined == now.month.index) wallets += hub.wallets;
            if (!world.supported(hub, now.month)) continue;
            ++hubs;
            members += hub.count;
            leads += hub.leads;
        }
        world.pay(CostLine::hub_lead, hubs * p.hub_lead_gbp / 12.0);
        world.pay(CostLine::hub_coordinators, members / plan.schools_per_coordinator * p.coordinator_gbp / 12.0);
        world.pay(CostLine::network_coordinators,
                  world.scratch.in_network / plan.network_schools_per_coordinator * p.coordinator_gbp / 12.0);
        world.pay(CostLine::hub_fund, members * plan.fund_gbp_per_school / 12.0);
        world.pay(CostLine::wallet, wallets * plan.wallet_gbp);
        world.pay(CostLine::grant, joined * plan.grant_gbp_per_school);
        world.pay(CostLine::training,
                  world.activity[static_cast<std::size_t>(Activity::trainings_started)] * p.training_gbp);
        world.pay(CostLine::lead_allowance, leads * plan.lead_allowance_gbp / 12.0);
        world.pay(CostLine::cornerstone, hubs * plan.cornerstones_per_hub * p.cornerstone_gbp / 12.0);
        const double seats = plan.steering_employers + plan.steering_authorities + plan.steering_providers;
        world.pay(CostLine::steering_group, hubs * seats * p.seat_hours * p.seat_hour_gbp / 12.0);
        world.pay(CostLine::release_days, world.scratch.lead_days / 100.0 * p.release_day_gbp / 12.0);
        world.pay(CostLine::leader_time, world.activity[static_cast<std::size_t>(Activity::attendances)] *
                                             (p.meeting_hours * p.leader_hour_gbp));
        world.pay(CostLine::awards, world.activity[static_cast<std::size_t>(Activity::assessed)] * p.award_gbp);
        world.pay(CostLine::peer_review, plan.peer_review ? members * p.review_gbp / 12.0 : 0.0);
    }
};

}  // namespace hubs
