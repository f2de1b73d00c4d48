#pragma once
#include <algorithm>
#include <bit>
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/entity/world.h"

namespace hubs {

/// Done items lapse: rarely, more after turnover, when support ends, and without supply. ODD 7.9.
///
///     rate of a done item = per_year / 12 * (after_turnover) * (after_support)
///                         + shortage_per_month * (1 - supply)
///     P(lapses)           = 1 - exp(-rate)
///
/// Drawn as one Poisson number of arrivals (arrivals.h) at the highest rates, kept by the true
/// ones. What is known stays known.
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
        const Setting setting(now, world, p);
        auto& s = world.establishments;
        const auto rates = [&](EstablishmentId e) {
            return Rates{setting.wear(e, now, world), p.shortage_per_month * setting.worst_shortage(e, world), s.done[e], s.done[e] & supplied};
        };
        const auto may_lapse = [&](EstablishmentId e, const Words& words) { return !no_arrival(words[0], rates(e).sum()); };
        each_establishment_where(world, now.luck, 0, may_lapse, [&](EstablishmentId e, const Words& words) {
            const Items lapsed = lapsing(e, words, rates(e), now, world, p);
            if (lapsed == 0) return;
            s.done[e] &= ~lapsed;
            s.achieved[e] = world.framework->achieved(s.done[e], world.population->establishments.applies[e]);
            world.did(Activity::items_lapsed, static_cast<std::uint32_t>(std::popcount(lapsed)));
            if (world.journal != nullptr)
                each_item(lapsed, [&](unsigned item) { world.note(now.month, Change::lapsed, e, Cause::none, EstablishmentId::none(), item); });
        });
    }

private:
    /// What is the same for every establishment this month.
    struct Setting {
        std::array<std::array<double, 2>, 2> wear_rate;  // without and after turnover, without and after support

        Setting(const Moment& now, World& world, const Parameters& p) {
            const double rate = p.per_year / 12.0;
            wear_rate = {{{rate, rate * p.after_support}, {rate * p.after_turnover, rate * p.after_turnover * p.after_support}}};
            auto& ended = world.scratch.of_hub;
            ended.clear();
            for (const HubRow& hub : world.hubs.rows) ended.push_back(world.supported(hub, now.month) ? 0.0 : 1.0);
            auto& worst = world.scratch.area_demand;
            worst.clear();
            for (const auto& met : world.areas.provision) worst.push_back(1.0 - *std::min_element(met.begin(), met.end()));
        }
        /// Rate of any done item of the establishment, whatever its supply.
        double wear(EstablishmentId e, const Moment& now, const World& world) const {
            const unsigned recent = static_cast<int>(now.month.index) - world.leaders.since[e] < 12;
            unsigned ended = 0;
            if (world.establishments.status[e] == Status::hub) ended = world.scratch.of_hub[world.establishments.hub[e].index] > 0;
            return wear_rate[recent][ended];
        }
        /// The largest share of a need that is not met, over the kinds of supply.
        double worst_shortage(EstablishmentId e, const World& world) const {
            const double links = 1.0 - std::min(world.establishments.encounters[e], world.establishments.places[e]);
            return std::max(links, world.scratch.area_demand[world.population->establishments.area[e].index]);
        }
    };

    /// Highest rates of an establishment's items, and which items they are.
    struct Rates {
        double wear, shortage;
        Items done, supplied;
        double worn() const { return wear * std::popcount(done); }
        double sum() const { return worn() + shortage * std::popcount(supplied); }
    };

    static Items lapsing(EstablishmentId e, const Words& first, const Rates& rates, const Moment& now, const World& world, const Parameters& p) {
        Items lapsed = 0;
        const double sum = rates.sum(), worn = rates.worn();
        const unsigned count = arrivals(first[0], sum);
        for (unsigned a = 0; a < count; ++a) {
            const Words words = a == 0 ? first : now.luck.words(world.population->establishments.address[e], a);
            const double at = unit(words[1]) * sum;
            if (at < worn) {
                lapsed |= one_of(rates.done, at / rates.wear);
                continue;
            }
            const Items item = one_of(rates.supplied, (at - worn) / rates.shortage);
            if (item == 0) continue;
            const double missing = 1.0 - world.supply(e, world.framework->items[static_cast<unsigned>(std::countr_zero(item))].supply);
            if (unit(words[2]) * rates.shortage < p.shortage_per_month * missing) lapsed |= item;
        }
        return lapsed;
    }

    static Items one_of(Items items, double at) {
        const auto count = static_cast<unsigned>(std::popcount(items));
        return count == 0 ? 0 : one_item(nth_item(items, std::min(count - 1, static_cast<unsigned>(at))));
    }
};

}  // namespace hubs
