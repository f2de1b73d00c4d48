#pragma once
#include <algorithm>
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/base/lanes.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Establishments report their own attainment; readings of the questions differ. ODD 7.13.
///
///     reading of benchmark b = sqrt(leniency) * respondent + sqrt(1 - leniency) * own of b     (standard normals)
///     each of the two        = sqrt(1 - read_anew) * the leader's + sqrt(read_anew) * this return's
///     reading in the highest `claimed`:   items known but not done are reported too, and the last item of a benchmark
///                                         begun if that alone is missing then
///     reading in the lowest  `withheld`:  one item done is left out, of those not in the last return;
///                                         in the lowest `withheld * settled`, of all
///     a hub of a year's standing, a peer review or a quality award narrows both
///
/// A leader's readings last as long as the leader. Returns fall due in December, March and July.
struct CompleteCompass {
    static constexpr std::string_view name = "complete_compass";
    static constexpr std::array writes{std::string_view{"activity"},
                                       std::string_view{"establishments.achieved_reported"},
                                       std::string_view{"establishments.know_how"},
                                       std::string_view{"establishments.nearly"},
                                       std::string_view{"establishments.reported"},
                                       std::string_view{"establishments.returned"}};

    struct Parameters {
        double leniency = 0.8;
        double read_anew = 0.78;
        double claimed = 0.27;
        double withheld = 0.27;
        double settled = 0.35;
        double hub_honesty = 0.25;
        double review_honesty = 0.5;
        double award_honesty = 0.3;
        double hub_returns = 0.95;
        double network_returns = 0.8;
        double outside_returns = 0.55;
        double disrupted_returns = 0.7;
        double learnt_from_return = 0.057;
        double repeat_support = 8;
        static void describe(auto&& field, auto& p) {
            field(Field{"leniency", "share of a reading's variance", 0, 1,
                        "strictness or generosity shared by all of a respondent's answers",
                        "W065, W066: self-ratings hardly follow quality; size fitted", 1, Use::fit, within(0, 0.9)},
                  p.leniency);
            field(Field{"read_anew", "share of a reading's variance", 0, 1,
                        "of the occasion: the same leader would not repeat it in another return",
                        "001 line 407: hubs ask for guidance on reading the questions alike; size fitted", 1, Use::fit,
                        within(0.1, 1)},
                  p.read_anew);
            field(Field{"claimed", "chance per benchmark", 0, 0.45,
                        "a reading so generous that what is known counts as done, and all that is short of one item",
                        "W009, W065 to W068, W078; size fitted", 1, Use::fit, within(0.02, 0.4)},
                  p.claimed);
            field(Field{"withheld", "chance per benchmark", 0, 0.45,
                        "a reading so strict that one item done lately is left out", "W009; size fitted", 1, Use::fit,
                        within(0.02, 0.4)},
                  p.withheld);
            field(Field{"settled", "share of withheld", 0, 1,
                        "readings so strict that also what the last return held may be left out",
                        "a return can be copied and updated; size fitted", 1, Use::fit, within(0, 1)},
                  p.settled);
            field(Field{"hub_honesty", "share", 0, 1, "of claiming and withholding that a year in a hub takes away",
                        "W066; 001 lines 245, 407", 1, Use::swept, within(0, 0.5)},
                  p.hub_honesty);
            field(Field{"review_honesty", "share", 0, 1, "of claiming and withholding that a peer review takes away",
                        "W069; size assumed", 1, Use::swept, within(0, 0.8)},
                  p.review_honesty);
            field(Field{"award_honesty", "share", 0, 1,
                        "of claiming and withholding that an outside assessor's award takes away",
                        "W054: awards predict reports; size assumed", 1, Use::swept, within(0, 0.6)},
                  p.award_honesty);
            field(Field{"hub_returns", "chance per due date", 0, 1, "hub members complete a due return",
                        "S084: 727 of 736 in the year; S097", 3, Use::input, within(0.85, 1)},
                  p.hub_returns);
            field(Field{"network_returns", "share in a year", 0, 1, "network members complete a return",
                        "S103, S134, W026", 2, Use::input, within(0.7, 0.95)},
                  p.network_returns);
            field(Field{"outside_returns", "share in a year", 0, 1, "others complete a return", "S103: 958 users; W026",
                        2, Use::input, within(0.4, 0.75)},
                  p.outside_returns);
            field(Field{"disrupted_returns", "times", 0, 1,
                        "chance of a due return from April 2020 to July 2021, against other times",
                        "W026: 3,893 in 2020/21, 3,826 two years before", 2, Use::input, within(0.5, 1)},
                  p.disrupted_returns);
            field(
                Field{"learnt_from_return", "chance per unknown item", 0, 0.5,
                      "know-how gained by answering the questions",
                      "W007: +0.79 between returns before there were hubs; size fitted", 1, Use::fit, within(0, 0.15)},
                p.learnt_from_return);
            field(Field{"repeat_support", "log odds per unit of senior support", 0, 20,
                        "in an evaluation's sample, schools outside hubs with both returns are those with more support",
                        "S062, S063: 82 % of members and 38 % of others have both returns; size fitted", 1, Use::fit,
                        within(0, 10)},
                  p.repeat_support);
        }
    };

    enum Draw : std::uint32_t { return_draw = 8, reading_draw = 9, left_out_draw = 11 };
    static constexpr std::uint32_t stream = stream_of("complete_compass", 16);
    static constexpr std::uint32_t learning_stream_offset =
        0x10000u;  ///< a stream of its own for what a return teaches

    /// Weights of a reading's four parts, and where readings are generous or strict: by months in a hub, and by review
    /// (1) and award (2).
    struct Reading {
        double leaders_shared = 0, leaders_own = 0, shared = 0, own = 0;
        struct Bounds {
            double generous, strict, strictest;
        };
        std::array<std::array<Bounds, 4>, 13> bounds{};

        Reading() = default;
        explicit Reading(const Parameters& p)
            : leaders_shared(__builtin_sqrt(p.leniency * (1.0 - p.read_anew))),
              leaders_own(__builtin_sqrt((1.0 - p.leniency) * (1.0 - p.read_anew))),
              shared(__builtin_sqrt(p.leniency * p.read_anew)), own(__builtin_sqrt((1.0 - p.leniency) * p.read_anew)) {
            for (unsigned months = 0; months < bounds.size(); ++months)
                for (unsigned seen = 0; seen < 4; ++seen) {
                    const double left = (1.0 - p.hub_honesty * months / 12.0) *
                                        ((seen & 1u) != 0 ? 1.0 - p.review_honesty : 1.0) *
                                        ((seen & 2u) != 0 ? 1.0 - p.award_honesty : 1.0);
                    bounds[months][seen] = {-lowest(p.claimed * left), lowest(p.withheld * left),
                                            lowest(p.withheld * p.settled * left)};
                }
        }
        /// The standard normal below which so many lie.
        static double lowest(double share) { return share > 0 ? normal_quantile(share) : -1e9; }
        const Bounds& of(EstablishmentId e, Month now, const World& world) const {
            const unsigned award = world.establishments.award_until[e] > static_cast<int>(now.index) ? 2u : 0u;
            if (world.establishments.status[e] != Status::hub) return bounds[0][award];
            const int months = world.months_in_status(e, now);
            return bounds[static_cast<unsigned>(std::min(12, months))]
                         [award | (world.plan->peer_review && months >= 11 ? 1u : 0u)];
        }
    };

    /// What the establishment would report now. `first`: the words of this return, of which the second is used.
    static Items report(EstablishmentId e, const Words& first, const Luck& luck, const World& world,
                        const Reading& reading, const Reading::Bounds& at) {
        const NormalSteps& normal = *world.normal_steps;
        const std::uint32_t agent = world.population->establishments.address[e];
        const Luck leaders(luck.replicate, Month{static_cast<std::uint16_t>(world.leaders.since[e] - before_start)},
                           stream ^ 0x8000u);
        const double respondent = reading.leaders_shared * normal.of(leaders.words(agent, return_draw)[1]) +
                                  reading.shared * normal.of(first[1]);
        const Items applies = world.population->establishments.applies[e], done = world.establishments.done[e];
        Items told = done;
        Words leaders_words{}, words{};
        for (unsigned b = 0; b < benchmark_count; ++b) {
            if (b % 4 == 0) {
                leaders_words = leaders.words(agent, reading_draw + b / 4);
                words = luck.words(agent, reading_draw + b / 4);
            }
            const double z = respondent + reading.leaders_own * normal.of(leaders_words[b % 4]) +
                             reading.own * normal.of(words[b % 4]);
            const Items items = world.framework->items_of[b] & applies;
            if (z > at.generous) told |= claimable(items, world.establishments.know_how[e]);
            else if (z < at.strict) {
                const Items may = z < at.strictest ? done & items : done & items & ~world.establishments.reported[e];
                if (may == 0) continue;
                const std::uint32_t which = luck.words(agent, left_out_draw + b / 4)[b % 4];
                told &= ~one_item(nth_item(may, below(which, static_cast<std::uint32_t>(std::popcount(may)))));
            }
        }
        return told;
    }

    /// What a generous reader counts as done of a benchmark's items: what is known, and a single item that is missing
    /// then.
    static Items claimable(Items items, Items know_how) {
        const Items known = items & know_how, missing = items & ~know_how;
        return known != 0 && (missing & (missing - 1)) == 0 ? items : known;
    }

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        const unsigned month = world.calendar.academic_month(now.month);
        return month == 4 || month == 7 || month == 11;
    }

    struct Setting {
        std::array<std::uint64_t, 3> completes{};  ///< by status
        Reading reading;
        Luck learning;

        Setting() = default;
        Setting(const Moment& now, const World& world, const Parameters& p) : reading(p), learning(now.luck) {
            const double usual = world.calendar.disrupted(now.month) ? p.disrupted_returns : 1.0;
            completes = {threshold32(usual * each_of_three(p.outside_returns)),
                         threshold32(usual * each_of_three(p.network_returns)), threshold32(usual * p.hub_returns)};
            learning.moment += learning_stream_offset;
        }
    };
    using T = Turn<CompleteCompass>;

    struct Returning : RowPass<return_draw> {
        static bool due(EstablishmentId e, const Words& words, const T& t) {
            return words[0] < t.setting.completes[static_cast<unsigned>(t.world.establishments.status[e])];
        }
        static void row(EstablishmentId e, const Words& words, const T& t) {
            World& world = t.world;
            auto& s = world.establishments;
            const auto& who = world.population->establishments;
            const Reading& reading = t.setting.reading;
            s.reported[e] = report(e, words, t.now.luck, world, reading, reading.of(e, t.now.month, world));
            s.achieved_reported[e] = world.framework->achieved(s.reported[e], who.applies[e]);
            s.nearly[e] = world.framework->nearly(s.reported[e], who.applies[e]);
            s.returned[e] = static_cast<std::int16_t>(t.now.month.index);
            world.did(Activity::returns);
            world.note(t.now.month, Change::reported, e);
            learn(e,
                  draw_items_evenly(t.setting.learning, who.address[e], who.applies[e] & ~s.know_how[e],
                                    t.p.learnt_from_return),
                  t.now, world);
        }
    };
    using Passes = PassList<Returning>;

    static void step(const Moment& now, World& world, const Parameters& p) {
        run_passes<CompleteCompass>(now, world, p);
    }

    /// The chance at each of three dates by which a share makes a return at one of them at least.
    static double each_of_three(double share) {
        return share < 1.0 ? 1.0 - exponential(natural_log(1.0 - share) / 3.0) : 1.0;
    }

private:
    static void learn(EstablishmentId e, Items learnt, const Moment& now, World& world) {
        if (learnt == 0) return;
        world.establishments.know_how[e] |= learnt;
        world.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
        if (world.journal != nullptr)
            each_item(learnt, [&](unsigned item) {
                world.note(now.month, Change::learnt, e, Cause::own_return, EstablishmentId::none(), item);
            });
    }
};

}  // namespace hubs
