#pragma once
#include <string_view>

#include "sim/base/lanes.h"
#include "sim/entity/world.h"

namespace hubs {

/// Bursary places are taken up; training takes months, then adds know-how. ODD 7.4.
///
///     once a year, in a month of its own, an untrained leader starts with the yearly share as its chance
///     at the end each item not yet known is learnt with probability `items_gained`
struct TrainLeaders {
    static constexpr std::string_view name = "train_leaders";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.know_how"}, std::string_view{"leaders.trained"},
                                       std::string_view{"leaders.training_left"}};

    struct Parameters {
        double outside_share = 0.13;
        double months = 9;
        double items_gained = 0.15;
        static void describe(auto&& field, auto& p) {
            field(Field{"outside_share", "share starting per year", 0, 1, "leaders outside supported hubs who start training",
                        "W035 less S099: 574 of about 4,200", 2, Use::input, within(0.05, 0.2)},
                  p.outside_share);
            field(Field{"months", "months", 1, 24, "from start to end of training", "assumed", 1, Use::swept, within(6, 12)}, p.months);
            field(Field{"items_gained", "chance per unknown item", 0, 1, "know-how gained by the end", "assumed", 1, Use::swept, within(0.05, 0.3)},
                  p.items_gained);
        }
    };

    enum Draw : std::uint32_t { start_draw = 8 };

    static void step(const Moment& now, World& world, const Parameters& p) {
        if (world.calendar.is_august(now.month)) return;
        const auto inside = threshold32(world.plan->training_share);
        const auto outside = threshold32(p.outside_share);
        const unsigned month = world.calendar.academic_month(now.month);
        auto& l = world.leaders;
        const auto& who = world.population->establishments;
        const auto due = [&](EstablishmentId e) {
            const unsigned starts = l.training_left[e] == 0 && own_month(who.address[e]) == month;
            return (l.trained[e] == 0 ? 1u : 0u) & (starts | (l.training_left[e] != 0 ? 1u : 0u));
        };
        each_establishment_where(world, due, [&](EstablishmentId e) {
            if (l.training_left[e] == 0) {
                const bool in_hub =
                    world.establishments.status[e] == Status::hub && world.supported(world.hubs.rows[world.establishments.hub[e].index], now.month);
                if (now.luck.words(who.address[e], start_draw)[0] >= (in_hub ? inside : outside)) return;
                l.training_left[e] = static_cast<std::uint8_t>(p.months);
                world.did(Activity::trainings_started);
            } else if (--l.training_left[e] == 0) {
                l.trained[e] = 1;
                world.did(Activity::trainings_ended);
                const Items unknown = who.applies[e] & ~world.establishments.know_how[e];
                const Items learnt = draw_items_evenly(now.luck, who.address[e], unknown, p.items_gained);
                world.establishments.know_how[e] |= learnt;
                world.note(now.month, Change::trained, e);
                world.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
                if (world.journal != nullptr)
                    each_item(learnt, [&](unsigned item) { world.note(now.month, Change::learnt, e, Cause::training, EstablishmentId::none(), item); });
            }
        });
    }
};

}  // namespace hubs
