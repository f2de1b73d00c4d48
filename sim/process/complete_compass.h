#pragma once
#include <algorithm>
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/base/deterministic_math.h"
#include "sim/entity/world.h"

namespace hubs {

/// Establishments report their own attainment; reports err. ODD 7.10.
///
///     an item not done is reported with `false_positive`, one done is missed with `false_negative`
///     a hub of a year's standing, or a peer review, reduces false positives
///
/// A leader repeats some mistakes in every return, whose luck belongs to the month the leader took the
/// post; the others (`mistakes_anew`) come of reading a question one way today and another way next
/// time. Both are drawn as arrivals (arrivals.h). Returns fall due in December, March and July.
struct CompleteCompass {
    static constexpr std::string_view name = "complete_compass";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.achieved_reported"},
                                       std::string_view{"establishments.nearly"}, std::string_view{"establishments.reported"},
                                       std::string_view{"establishments.returned"}};

    struct Parameters {
        double false_positive = 0.05;
        double false_negative = 0.02;
        double mistakes_anew = 0.5;
        double hub_honesty = 0.25;
        double review_honesty = 0.5;
        double hub_returns = 0.95;
        double network_returns = 0.75;
        double outside_returns = 0.4;
        static void describe(auto&& field, auto& p) {
            field(Field{"false_positive", "chance per item not done", 0, 0.4, "reported though not done", "W065 to W068, W078", 1, Use::swept, within(0, 0.15)},
                  p.false_positive);
            field(Field{"false_negative", "chance per item done", 0, 0.4, "done though not reported", "assumed", 1, Use::swept, within(0, 0.05)},
                  p.false_negative);
            field(Field{"mistakes_anew", "share of mistakes", 0, 1, "that the same leader would not repeat in another return",
                        "001 line 407: hubs ask for guidance on reading the questions alike; size assumed", 1, Use::fit, within(0, 1)},
                  p.mistakes_anew);
            field(Field{"hub_honesty", "share", 0, 1, "false positives (their rate) that a year in a hub takes away", "W066; 001 line 245", 1, Use::swept,
                        within(0, 0.5)},
                  p.hub_honesty);
            field(Field{"review_honesty", "share", 0, 1, "false positives (their rate) that a peer review takes away", "W069; size assumed", 1, Use::swept,
                        within(0, 0.8)},
                  p.review_honesty);
            field(Field{"hub_returns", "chance per due date", 0, 1, "hub members complete a due return", "S084: 727 of 736 in the year; S097", 3, Use::input,
                        within(0.85, 1)},
                  p.hub_returns);
            field(Field{"network_returns", "chance per due date", 0, 1, "network members complete the return due in July", "S103, S134", 2, Use::input,
                        within(0.6, 0.9)},
                  p.network_returns);
            field(Field{"outside_returns", "chance per due date", 0, 1, "others complete the return due in July", "S103: 958 users", 2, Use::input,
                        within(0.25, 0.6)},
                  p.outside_returns);
        }
    };

    enum Draw : std::uint32_t { return_draw = 8 };
    static constexpr std::uint32_t stream = stream_of("complete_compass", 16);

    /// Rates at which an item is misreported. The highest does not depend on honesty, so that a leader
    /// in a hub makes some of the mistakes it would make outside, and no others.
    struct Misreading {
        double over, under, highest, anew;
        explicit Misreading(const Parameters& p)
            : over(-natural_log(1.0 - p.false_positive)), under(-natural_log(1.0 - p.false_negative)), highest(std::max(over, under)), anew(p.mistakes_anew) {}
    };

    /// What the establishment would report now. `first`: three words of luck of this return.
    static Items report(EstablishmentId e, const Words& first, const Luck& luck, const World& world, const Misreading& m, double honesty) {
        const Luck leaders_own(luck.replicate, Month{static_cast<std::uint16_t>(world.leaders.since[e] - before_start)}, stream ^ 0x8000u);
        const Items wrong = misread(e, m.anew, first, luck, world, m, honesty) |
                            misread(e, 1.0 - m.anew, leaders_own.words(world.population->establishments.address[e]), leaders_own, world, m, honesty);
        return world.establishments.done[e] ^ wrong;
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
        const Misreading misreading(p);
        const auto returns = [&](EstablishmentId e, const Words& words) { return words[0] < completes[static_cast<unsigned>(s.status[e])]; };
        each_establishment_where(world, now.luck, return_draw, returns, [&](EstablishmentId e, const Words& words) {
            s.reported[e] = report(e, {words[1], words[2], words[3]}, now.luck, world, misreading, honesty(e, now, world, p));
            s.achieved_reported[e] = world.framework->achieved(s.reported[e], who.applies[e]);
            s.nearly[e] = world.framework->nearly(s.reported[e], who.applies[e]);
            s.returned[e] = static_cast<std::int16_t>(now.month.index);
            world.did(Activity::returns);
            world.note(now.month, Change::reported, e);
        });
    }

private:
    static Items misread(EstablishmentId e, double share, Words words, const Luck& luck, const World& world, const Misreading& m, double honesty) {
        const Items applies = world.population->establishments.applies[e], done = world.establishments.done[e];
        const auto items = static_cast<std::uint32_t>(std::popcount(applies));
        const double sum = share * items * m.highest;
        Items wrong = 0;
        if (no_arrival(words[0], sum)) return wrong;
        const unsigned count = arrivals(words[0], sum);
        for (unsigned a = 0; a < count; ++a) {
            if (a > 0) words = luck.words(world.population->establishments.address[e], return_draw + a);
            const unsigned item = nth_item(applies, below(words[1], items));
            const double rate = (done >> item & 1u) != 0 ? m.under : m.over * (1.0 - honesty);
            if (unit(words[2]) * m.highest < rate) wrong |= one_item(item);
        }
        return wrong;
    }
};

}  // namespace hubs
