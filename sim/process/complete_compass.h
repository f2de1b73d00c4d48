#pragma once
#include <algorithm>
#include <string_view>

#include "sim/base/lanes.h"
#include "sim/entity/world.h"

namespace hubs {

/// Establishments report their own attainment; reports err. ODD 7.10.
///
///     an item not done is reported with `false_positive`, one done is missed with `false_negative`
///     a hub of a year's standing, or a peer review, reduces false positives
///
/// The same leader makes the same mistakes: the luck of an item belongs to the month the
/// leader took the post. Returns fall due in December, March and July.
struct CompleteCompass {
    static constexpr std::string_view name = "complete_compass";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.achieved_reported"},
                                       std::string_view{"establishments.nearly"}, std::string_view{"establishments.reported"},
                                       std::string_view{"establishments.returned"}};

    struct Parameters {
        double false_positive = 0.05;
        double false_negative = 0.02;
        double hub_honesty = 0.25;
        double review_honesty = 0.5;
        double hub_returns = 0.95;
        double network_returns = 0.75;
        double outside_returns = 0.4;
        static void describe(auto&& field, auto& p) {
            field(Field{"false_positive", "chance per item not done", 0, 0.5, "reported though not done", "W065 to W068, W078; 0 to 0.15", 1, Use::swept},
                  p.false_positive);
            field(Field{"false_negative", "chance per item done", 0, 0.5, "done though not reported", "assumed; 0 to 0.05", 1, Use::swept}, p.false_negative);
            field(Field{"hub_honesty", "share", 0, 1, "false positives a year in a hub takes away", "W066; 001 line 245; 0 to 0.5", 1, Use::swept},
                  p.hub_honesty);
            field(Field{"review_honesty", "share", 0, 1, "false positives a peer review takes away", "W069; size assumed; 0 to 0.8", 1, Use::swept},
                  p.review_honesty);
            field(Field{"hub_returns", "chance per due date", 0, 1, "hub members complete a due return", "S084: 727 of 736 in the year; S097", 3, Use::input},
                  p.hub_returns);
            field(Field{"network_returns", "chance per due date", 0, 1, "network members complete the return due in July", "S103, S134", 2, Use::input},
                  p.network_returns);
            field(Field{"outside_returns", "chance per due date", 0, 1, "others complete the return due in July", "S103: 958 users", 2, Use::input},
                  p.outside_returns);
        }
    };

    enum Draw : std::uint32_t { return_draw = 8 };
    static constexpr std::uint32_t stream = stream_of("complete_compass", 16);

    /// What the establishment would report now.
    static Items report(EstablishmentId e, const World& world, const Parameters& p, Replicate replicate, double honesty) {
        const auto& who = world.population->establishments;
        const std::uint32_t agent = who.address[e];
        const Items done = world.establishments.done[e];
        const Luck leaders_own(replicate, Month{static_cast<std::uint16_t>(world.leaders.since[e] - before_start)}, stream ^ 0x8000u);
        const auto over = threshold38(p.false_positive * (1.0 - honesty));
        const auto under = threshold38(p.false_negative);
        const Items wrong = draw_items(leaders_own, agent, who.applies[e], over > under ? over : under,
                                       [&](unsigned item, std::uint64_t u) { return u < ((done >> item & 1u) != 0 ? under : over); });
        return done ^ wrong;
    }

    static double honesty(EstablishmentId e, const Moment& now, const World& world, const Parameters& p) {
        if (world.establishments.status[e] != Status::hub) return 0.0;
        const double in_hub = p.hub_honesty * std::min(12, world.months_in_status(e, now.month)) / 12.0;
        const bool reviewed = world.plan->peer_review && world.months_in_status(e, now.month) >= 11;
        return 1.0 - (1.0 - in_hub) * (1.0 - (reviewed ? p.review_honesty : 0.0));
    }

    static void step(const Moment& now, World& world, const Parameters& p) {
        const unsigned month = world.calendar.academic_month(now.month);
        if (month != 4 && month != 7 && month != 11) return;
        auto& s = world.establishments;
        const auto& who = world.population->establishments;
        const std::array<std::uint64_t, 3> completes{threshold32(month == 11 ? p.outside_returns : 0.0), threshold32(month == 11 ? p.network_returns : 0.0),
                                                     threshold32(p.hub_returns)};
        const auto returns = [&](EstablishmentId e, const Words& words) { return words[0] < completes[static_cast<unsigned>(s.status[e])]; };
        each_establishment_where(world, now.luck, return_draw, returns, [&](EstablishmentId e, const Words&) {
            s.reported[e] = report(e, world, p, now.luck.replicate, honesty(e, now, world, p));
            s.achieved_reported[e] = world.framework->achieved(s.reported[e], who.applies[e]);
            s.nearly[e] = world.framework->nearly(s.reported[e], who.applies[e]);
            s.returned[e] = static_cast<std::int16_t>(now.month.index);
            world.did(Activity::returns);
            world.note(now.month, Change::reported, e);
        });
    }
};

}  // namespace hubs
