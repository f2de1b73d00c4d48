#pragma once
#include <string_view>

#include "sim/base/lanes.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Bursary places are taken up; training takes months, then adds know-how. ODD 7.5.
///
///     once a year, in a month of its own, an untrained leader starts with the yearly share as its chance
///     where more would start in the country than there are places a month, lots decide
///     at the end each item not yet known is learnt with probability `items_gained`; who drops out may start again
struct TrainLeaders {
    static constexpr std::string_view name = "train_leaders";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.know_how"},
                                       std::string_view{"leaders.trained"}, std::string_view{"leaders.training_left"}};

    struct Parameters {
        double outside_share = 0.13;
        double months = 9;
        double items_gained = 0.15;
        double completed = 0.9;
        double disrupted_starts = 0.7;
        static void describe(auto&& field, auto& p) {
            field(Field{"outside_share", "share starting per year", 0, 1,
                        "leaders outside supported hubs who start training", "W035 less S099: 574 of about 4,200", 2,
                        Use::input, within(0.05, 0.2)},
                  p.outside_share);
            field(Field{"months", "months", 1, 24, "from start to end of training", "assumed", 1, Use::swept,
                        within(6, 12)},
                  p.months);
            field(Field{"completed", "share", 0, 1, "of those who start, complete the training", "assumed", 0,
                        Use::swept, within(0.7, 1)},
                  p.completed);
            field(Field{"disrupted_starts", "times", 0, 1, "starts from April 2020 to July 2021, against other times",
                        "assumed", 0, Use::swept, within(0.3, 1)},
                  p.disrupted_starts);
            field(Field{"items_gained", "chance per unknown item", 0, 1, "know-how gained by the end", "assumed", 1,
                        Use::swept, within(0.05, 0.3)},
                  p.items_gained);
        }
    };

    enum Draw : std::uint32_t { start_draw = 8 };  ///< of the months of start and end
    static constexpr double months_of_starts = 11;

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        return !world.calendar.is_august(now.month);
    }

    struct Setting {
        unsigned month = 0;
        std::uint64_t inside = 0, outside = 0;  ///< chances to apply, in supported hubs and elsewhere
        double places = 0;                      ///< this month

        Setting() = default;
        Setting(const Moment& now, World& world, const Parameters& p)
            : month(world.calendar.academic_month(now.month)), places(world.plan->training_places / months_of_starts) {
            world.scratch.applicants = 0;
            const double usual = world.calendar.disrupted(now.month) ? p.disrupted_starts : 1.0;
            inside = threshold32(world.plan->training_share * usual);
            outside = threshold32(p.outside_share * usual);
        }
    };
    using T = Turn<TrainLeaders>;

    /// Untrained leaders not in training, in the month of their own.
    static bool may_apply(EstablishmentId e, const T& t) {
        const auto& l = t.world.leaders;
        const unsigned own = own_month(t.world.population->establishments.address[e]) == t.setting.month ? 1u : 0u;
        return ((l.trained[e] == 0 ? 1u : 0u) & (l.training_left[e] == 0 ? 1u : 0u) & own) != 0;
    }
    struct Applying : RowPass<> {
        static bool due(EstablishmentId e, const T& t) { return may_apply(e, t); }
        static void row(EstablishmentId e, const T& t) {
            if (applies(e, words_of(e, t), t)) add_to(t.world.scratch.applicants, 1u);
        }
    };
    struct Training : RowPass<> {
        static bool due(EstablishmentId e, const T& t) {
            return t.world.leaders.training_left[e] != 0 || may_apply(e, t);
        }
        static void row(EstablishmentId e, const T& t) {
            auto& l = t.world.leaders;
            if (l.training_left[e] == 0) start(e, t);
            else if (--l.training_left[e] == 0) end(e, t);
        }
    };
    using Passes = PassList<Applying, Training>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<TrainLeaders>(now, world, p); }

private:
    static Words words_of(EstablishmentId e, const T& t) {
        return t.now.luck.words(t.world.population->establishments.address[e], start_draw);
    }
    static bool applies(EstablishmentId e, const Words& words, const T& t) {
        return words[0] < (t.world.in_supported_hub(e, t.now.month) ? t.setting.inside : t.setting.outside);
    }
    static void start(EstablishmentId e, const T& t) {
        World& world = t.world;
        const Words words = words_of(e, t);
        if (!applies(e, words, t) || unit(words[2]) * world.scratch.applicants >= t.setting.places) return;
        world.leaders.training_left[e] = static_cast<std::uint8_t>(t.p.months);
        world.did(Activity::trainings_started);
    }
    static void end(EstablishmentId e, const T& t) {
        World& world = t.world;
        const auto& who = world.population->establishments;
        if (words_of(e, t)[1] >= threshold32(t.p.completed)) return;
        world.leaders.trained[e] = 1;
        world.did(Activity::trainings_ended);
        const Items unknown = who.applies[e] & ~world.establishments.know_how[e];
        const Items learnt = draw_items_evenly(t.now.luck, who.address[e], unknown, t.p.items_gained);
        world.establishments.know_how[e] |= learnt;
        world.note(t.now.month, Change::trained, e);
        world.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
        if (world.journal != nullptr)
            each_item(learnt, [&](unsigned item) {
                world.note(t.now.month, Change::learnt, e, Cause::training, EstablishmentId::none(), item);
            });
    }
};

}  // namespace hubs
