#pragma once
#include <bit>
#include <string_view>

#include "sim/base/random.h"
#include "sim/entity/world.h"

namespace hubs {

/// Done items lapse: rarely, more after turnover, when support ends, and without supply. ODD 7.9.
///
///     one item place in 64 comes up for review each month; a done item there lapses with
///         64 * lapse_per_year / 12 * (after_turnover) * (after_support)
///     one supplied item comes up too; a done one lapses with
///         supplied items * shortage_per_month * (1 - supply)
///
/// So at most two items lapse in an establishment in a month, at exactly the stated rates.
/// What is known stays known.
struct Lapse {
    static constexpr std::string_view name = "lapse";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.achieved"}, std::string_view{"establishments.done"}};

    struct Parameters {
        double per_year = 0.03;
        double after_turnover = 2;
        double after_support = 1.5;
        double shortage_per_month = 0.02;
        static void describe(auto&& field, auto& p) {
            field(Field{"per_year", "rate per item and year", 0, 0.06, "done items that lapse", "assumed; 0 to 0.06", 0, Use::swept}, p.per_year);
            field(Field{"after_turnover", "times", 1, 2, "in the year after a Careers Leader leaves", "assumed; 1 to 2", 0, Use::swept}, p.after_turnover);
            field(Field{"after_support", "times", 1, 1.5, "after a hub's support has ended", "assumed; 1 to 1.5", 0, Use::swept}, p.after_support);
            field(Field{"shortage_per_month", "rate per item and month without any supply", 0, 0.08,
                        "items of B5 to B8 that lapse for want of employers, providers or advisers", "assumed; 0 to 0.05", 0, Use::swept},
                  p.shortage_per_month);
        }
    };

    static void step(const Moment& now, World& world, const Parameters& p) {
        if (world.calendar.is_august(now.month)) return;
        const Items supplied = world.framework->all() & ~world.framework->items_needing[0];
        const unsigned count = static_cast<unsigned>(std::popcount(supplied));
        const double shortage = p.shortage_per_month * count;
        const auto at_most = threshold32(shortage);
        auto& s = world.establishments;
        each_establishment_with_words(world, now.luck, 0, [&](EstablishmentId e, const Words& words) {
            Items lapsed = reviewed(e, words, now, world, p);
            if (words[3] < at_most) lapsed |= unsupplied(e, words, supplied, count, shortage, world);
            if (lapsed == 0) return;
            s.done[e] &= ~lapsed;
            s.achieved[e] = world.framework->achieved(s.done[e], world.population->establishments.applies[e]);
            world.did(Activity::items_lapsed, static_cast<std::uint32_t>(std::popcount(lapsed)));
            if (world.journal != nullptr)
                each_item(lapsed, [&](unsigned item) { world.note(now.month, Change::lapsed, e, Cause::none, EstablishmentId::none(), item); });
        });
    }

private:
    static Items reviewed(EstablishmentId e, const Words& words, const Moment& now, const World& world, const Parameters& p) {
        const Items item = one_item(words[0] >> 26) & world.establishments.done[e];
        if (item == 0) return 0;
        double rate = p.per_year / 12.0;
        if (static_cast<int>(now.month.index) - world.leaders.since[e] < 12) rate *= p.after_turnover;
        if (world.establishments.status[e] == Status::hub && !world.supported(world.hubs.rows[world.establishments.hub[e].index], now.month))
            rate *= p.after_support;
        return words[1] < threshold32(64.0 * rate) ? item : 0;
    }

    static Items unsupplied(EstablishmentId e, const Words& words, Items supplied, unsigned count, double shortage, const World& world) {
        Items rest = supplied;
        for (std::uint32_t skip = below(words[2], count); skip > 0; --skip) rest &= rest - 1;
        const unsigned which = static_cast<unsigned>(std::countr_zero(rest));
        if ((world.establishments.done[e] >> which & 1u) == 0) return 0;
        const double met = world.supply(e, world.framework->items[which].supply);
        return words[3] < threshold32(shortage * (1.0 - met)) ? one_item(which) : 0;
    }
};

}  // namespace hubs
