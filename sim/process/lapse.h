#pragma once
#include <algorithm>
#include <bit>
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Done items lapse: rarely, more after turnover, when support ends, and without supply. ODD 7.11.
///
///     rate of a done item = per_year / 12 * (after_turnover) * (after_support)
///                         + shortage_per_month * (1 - supply)
///     P(lapses)           = 1 - exp(-rate)
///
/// Drawn as one Poisson number of arrivals (arrivals.h). What is known stays known.
struct Lapse {
    static constexpr std::string_view name = "lapse";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.achieved"},
                                       std::string_view{"establishments.done"}};

    struct Parameters {
        double per_year = 0.04;
        double after_turnover = 2;
        double after_support = 1.5;
        double shortage_per_month = 0.02;
        static void describe(auto&& field, auto& p) {
            field(Field{"per_year", "rate per item and year", 0, 0.06, "done items that lapse", "assumed; fitted", 0,
                        Use::fit, within(0, 0.06)},
                  p.per_year);
            field(Field{"after_turnover", "times", 1, 2, "in the year after a Careers Leader leaves", "assumed", 0,
                        Use::swept, within(1, 2)},
                  p.after_turnover);
            field(Field{"after_support", "times", 1, 1.5, "after a hub's support has ended", "assumed", 0, Use::swept,
                        within(1, 1.5)},
                  p.after_support);
            field(Field{"shortage_per_month", "rate per item and month without any supply", 0, 0.08,
                        "items of B5 to B8 that lapse for want of employers, providers or advisers", "assumed", 0,
                        Use::swept, within(0, 0.05)},
                  p.shortage_per_month);
        }
    };

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        return !world.calendar.is_august(now.month);
    }

    /// What is the same for every establishment this month.
    struct Setting {
        std::array<std::array<double, 2>, 2> wear_rate{};  // without and after turnover, without and after support
        double shortage = 0;                               // rate without any supply

        Setting() = default;
        Setting(const Moment& now, World& world, const Parameters& p) : shortage(p.shortage_per_month) {
            const double rate = p.per_year / 12.0;
            wear_rate = {
                {{rate, rate * p.after_support}, {rate * p.after_turnover, rate * p.after_turnover * p.after_support}}};
            auto& ended = world.scratch.of_hub;
            ended.clear();
            for (const HubRow& hub : world.hubs.rows) ended.push_back(world.supported(hub, now.month) ? 0.0 : 1.0);
        }
        /// Rate of any done item of the establishment, whatever its supply.
        double wear(EstablishmentId e, const Moment& now, const World& world) const {
            const unsigned recent = static_cast<int>(now.month.index) - world.leaders.since[e] < 12;
            unsigned ended = 0;
            if (world.establishments.status[e] == Status::hub)
                ended = world.scratch.of_hub[world.establishments.hub[e].index] > 0;
            return wear_rate[recent][ended];
        }
    };
    using T = Turn<Lapse>;

    struct Lapsing : RowPass<0> {
        static bool due(EstablishmentId e, const Words& words, const T& t) {
            return !no_arrival(words[0], Rates(e, t.setting, t.now, t.world).sum);
        }
        static void row(EstablishmentId e, const Words& words, const T& t) {
            World& world = t.world;
            auto& s = world.establishments;
            const Items lapsed = lapsing(e, words, Rates(e, t.setting, t.now, world), t.now, world);
            if (lapsed == 0) return;
            s.done[e] &= ~lapsed;
            s.achieved[e] = world.framework->achieved(s.done[e], world.population->establishments.applies[e]);
            world.did(Activity::items_lapsed, static_cast<std::uint32_t>(std::popcount(lapsed)));
            if (world.journal != nullptr)
                each_item(lapsed, [&](unsigned item) {
                    world.note(t.now.month, Change::lapsed, e, Cause::none, EstablishmentId::none(), item);
                });
        }
    };
    using Passes = PassList<Lapsing>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<Lapse>(now, world, p); }

private:
    /// Rates of an establishment's done items: of each, and more of those whose supply is short.
    struct Rates {
        Items done;
        double wear, sum;
        std::array<double, supply_kinds> shortage;  // of an item, by what it needs

        Rates(EstablishmentId e, const Setting& setting, const Moment& now, const World& world)
            : done(world.establishments.done[e]), wear(setting.wear(e, now, world)), sum(wear * std::popcount(done)) {
            const auto& provided = world.areas.provision[world.population->establishments.area[e]];
            shortage[1] = setting.shortage * (1.0 - world.establishments.encounters[e]);
            shortage[2] = setting.shortage * (1.0 - world.establishments.places[e]);
            for (unsigned kind = first_provider; kind < supply_kinds; ++kind)
                shortage[kind] = setting.shortage * (1.0 - provided[kind - first_provider]);
            for (unsigned kind = 1; kind < supply_kinds; ++kind)
                sum += shortage[kind] * std::popcount(done & world.framework->items_needing[kind]);
        }
        Items at(double at, const Framework& f) const {
            const double worn = wear * std::popcount(done);
            if (at < worn) return one_of(done, at / wear);
            at -= worn;
            for (unsigned kind = 1; kind < supply_kinds; ++kind) {
                const Items items = done & f.items_needing[kind];
                const double width = shortage[kind] * std::popcount(items);
                if (at < width) return one_of(items, at / shortage[kind]);
                at -= width;
            }
            return 0;
        }
    };

    static Items lapsing(EstablishmentId e, const Words& first, const Rates& rates, const Moment& now,
                         const World& world) {
        Items lapsed = 0;
        const unsigned count = arrivals(first[0], rates.sum);
        for (unsigned a = 0; a < count; ++a) {
            const Words words = a == 0 ? first : now.luck.words(world.population->establishments.address[e], a);
            lapsed |= rates.at(unit(words[1]) * rates.sum, *world.framework);
        }
        return lapsed;
    }

    static Items one_of(Items items, double at) {
        const auto count = static_cast<unsigned>(std::popcount(items));
        return one_item(nth_item(items, std::min(count - 1, static_cast<unsigned>(at))));
    }
};

}  // namespace hubs
