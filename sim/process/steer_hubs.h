#pragma once
#include <algorithm>
#include <bit>
#include <string_view>

#include "sim/entity/passes.h"

namespace hubs {

/// Hub Leads set targets from Compass; steering groups open doors and bring the area's priorities. ODD 7.4.
///
///     led       = Hub Lead's skill * min(1, months in post / lead_months) * min(1, lead_caseload / members)
///     steering  = alignment * min(1, seats / seats_to_act), by kind of member; nothing while no Hub Lead convenes it
///     targets   = the `hub_targets` benchmarks that fewest members report
///
/// Targets are set when a term opens and when a hub is formed or its members change; a post that falls
/// vacant in between leaves them as they are. A member works on them first with the
/// chance `led`, and on the plan's priority benchmarks with the chance that the authorities' seats give.
/// Example: a Hub Lead of skill 0.6, a year in post, with 60 members and a caseload of 40 leads 0.6 * 40/60 = 40 % of
/// them to the targets.
struct SteerHubs {
    static constexpr std::string_view name = "steer_hubs";
    static constexpr std::array writes{std::string_view{"establishments.targets"}, std::string_view{"hubs.rows"}};

    struct Parameters {
        double lead_months = 6;
        double lead_caseload = 40;
        double seats_to_act = 4;
        static void describe(auto&& field, auto& p) {
            field(Field{"lead_months", "months", 1, 60, "for a Hub Lead to grow into the post",
                        "S095: three in four in post under a year; size assumed", 1, Use::swept, within(1, 12)},
                  p.lead_months);
            field(Field{"lead_caseload", "members", 1, 400,
                        "that one Hub Lead can know; in a larger hub each is reached less",
                        "S091: most hubs 20 to 40; assumed", 1, Use::swept, within(25, 80)},
                  p.lead_caseload);
            field(Field{"seats_to_act", "members of a steering group", 1, 20,
                        "of one kind, for it to open all that they can",
                        "001 line 652: a wide range around the table; size assumed", 0, Use::swept, within(1, 8)},
                  p.seats_to_act);
        }
    };

    static bool acts(const Moment&, const World&, const Parameters&) { return true; }

    struct Setting {
        bool term = false, september = false, any = false;  ///< any: some hub sets targets
        std::array<float, 3> steering{};                    ///< of a group that is convened

        Setting() = default;
        Setting(const Moment& now, const World& world, const Parameters& p)
            : term(world.calendar.opens_term(now.month)), september(world.calendar.academic_month(now.month) == 1) {
            const Plan& plan = *world.plan;
            const double seats[] = {plan.steering_employers, plan.steering_authorities, plan.steering_providers};
            for (unsigned k = 0; k < steering.size(); ++k)
                steering[k] = static_cast<float>(plan.steering_alignment * std::min(1.0, seats[k] / p.seats_to_act));
            for (const HubRow& hub : world.hubs.rows) any |= sets_targets(hub, now.month);
        }
        bool sets_targets(const HubRow& hub, Month now) const { return term || hub.changed == now.index; }
    };
    using T = Turn<SteerHubs>;

    struct Leading : ListPass {
        static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.hubs.rows.size()); }
        static void row(std::uint32_t i, const T& t) {
            HubRow& hub = t.world.hubs.rows[i];
            const int months = static_cast<int>(t.now.month.index) + 1 - hub.lead_since;
            const bool led = months > 0 && t.world.supported(hub, t.now.month);
            hub.led = !led ? 0.0f
                           : static_cast<float>(hub.lead_skill * std::min(1.0, months / t.p.lead_months) *
                                                std::min(1.0, t.p.lead_caseload / hub.count));
            hub.steering = led ? t.setting.steering : std::array<float, 3>{};
            if (t.setting.sets_targets(hub, t.now.month)) read_compass(hub, t.world);
        }
    };
    struct Following : RowPass<> {
        static bool needed(const T& t) { return t.setting.any; }
        static bool due(EstablishmentId e, const T& t) { return t.world.establishments.status[e] == Status::hub; }
        static void row(EstablishmentId e, const T& t) {
            World& world = t.world;
            const HubRow& hub = world.hubs.rows[world.establishments.hub[e].index];
            if (!t.setting.sets_targets(hub, t.now.month)) return;
            const Words words = t.now.luck.words(world.population->establishments.address[e]);
            Benchmarks targets = words[0] < threshold32(hub.led) ? static_cast<Benchmarks>(hub.targets) : Benchmarks{0};
            if (words[1] < threshold32(hub.steered_by(Seats::authorities))) targets |= priorities(*world.plan);
            world.establishments.targets[e] = targets;
            const bool overloaded =
                world.plan->own_release_days(world.leaders.hours_per_week[e]) < world.plan->lead_release_days;
            if (t.setting.september && overloaded && world.establishments.leads[e] != 0 &&
                world.supported(hub, t.now.month))
                world.note(t.now.month, Change::overloaded, e);
        }
    };
    using Passes = PassList<Leading, Following>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<SteerHubs>(now, world, p); }

    /// The average that members report, from which their parts of the coordinators' help follow.
    static void average_reports(HubRow& hub, const World& world) {
        std::uint32_t all = 0;
        for (std::uint32_t i = hub.first; i < hub.first + hub.count; ++i)
            all += static_cast<std::uint32_t>(
                std::popcount(world.establishments.achieved_reported[world.hubs.members[i]]));
        hub.reported = hub.count > 0 ? static_cast<float>(all) / static_cast<float>(hub.count) : 0.0f;
    }

private:
    static Benchmarks priorities(const Plan& plan) {
        unsigned out = 0;
        for (unsigned b = 0; b < benchmark_count; ++b) out |= static_cast<unsigned>(plan.priority[b]) << b;
        return static_cast<Benchmarks>(out);
    }
    /// What members report: the average, and the benchmarks that fewest have, lower numbers first among equals.
    static void read_compass(HubRow& hub, const World& world) {
        std::array<std::uint32_t, benchmark_count> having{};
        for (std::uint32_t i = hub.first; i < hub.first + hub.count; ++i) {
            const Benchmarks reported = world.establishments.achieved_reported[world.hubs.members[i]];
            for (unsigned b = 0; b < benchmark_count; ++b) having[b] += reported >> b & 1u;
        }
        average_reports(hub, world);
        hub.targets = 0;
        for (unsigned chosen = 0; chosen < static_cast<unsigned>(world.plan->hub_targets); ++chosen) {
            unsigned fewest = benchmark_count;
            for (unsigned b = 0; b < benchmark_count; ++b)
                if ((hub.targets >> b & 1u) == 0 && (fewest == benchmark_count || having[b] < having[fewest]))
                    fewest = b;
            hub.targets |= 1u << fewest;
        }
    }
};

}  // namespace hubs
