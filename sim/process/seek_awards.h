#pragma once
#include <bit>
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Establishments seek a quality award, which an outside assessor gives. ODD 7.12.
///
///     once a year, in a month of its own, one without an award seeks it with per_year * senior support,
///     in a supported hub times the plan's award_encouragement
///     it is given where `standard` of the items that apply are truly met, and lasts `months`
///
/// An assessor who has been there narrows how the questions are read (complete_compass.award_honesty).
struct SeekAwards {
    static constexpr std::string_view name = "seek_awards";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.award_until"}};

    struct Parameters {
        double per_year = 0.3;
        double standard = 0.4;
        double months = 36;
        static void describe(auto&& field, auto& p) {
            field(Field{"per_year", "chance per year at full senior support", 0, 1,
                        "an establishment without an award seeks one", "assumed; no count of holders was published", 0,
                        Use::swept, within(0.1, 0.6)},
                  p.per_year);
            field(Field{"standard", "share of items", 0, 1, "truly met, for the award to be given",
                        "assumed; W054: holders met 13 points more items", 0, Use::swept, within(0.2, 0.7)},
                  p.standard);
            field(Field{"months", "months", 1, 240, "an award lasts", "assumed: three years", 1, Use::swept,
                        within(24, 48)},
                  p.months);
        }
    };

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        return !world.calendar.is_august(now.month);
    }

    struct Setting {
        unsigned month = 0;
        std::array<double, 2> seeks{};  ///< at full support: elsewhere, in a supported hub

        Setting() = default;
        Setting(const Moment& now, const World& world, const Parameters& p)
            : month(world.calendar.academic_month(now.month)), seeks{p.per_year,
                                                                     p.per_year * world.plan->award_encouragement} {}
    };
    using T = Turn<SeekAwards>;

    /// What the assessor looks at.
    static bool up_to_standard(EstablishmentId e, const World& world, const Parameters& p) {
        const Items applies = world.population->establishments.applies[e];
        return std::popcount(world.establishments.done[e] & applies) >= p.standard * std::popcount(applies);
    }

    struct Seeking : RowPass<> {
        static bool due(EstablishmentId e, const T& t) {
            const World& world = t.world;
            const unsigned own = own_month(world.population->establishments.address[e]) == t.setting.month ? 1u : 0u;
            return (own & (world.establishments.award_until[e] <= static_cast<int>(t.now.month.index) ? 1u : 0u)) != 0;
        }
        static void row(EstablishmentId e, const T& t) {
            World& world = t.world;
            const Words words = t.now.luck.words(world.population->establishments.address[e]);
            if (unit(words[0]) >=
                t.setting.seeks[world.in_supported_hub(e, t.now.month)] * world.establishments.slt_support[e])
                return;
            world.did(Activity::assessed);
            if (!up_to_standard(e, world, t.p)) return;
            world.establishments.award_until[e] =
                static_cast<std::int16_t>(t.now.month.index + static_cast<int>(t.p.months));
            world.note(t.now.month, Change::awarded, e);
        }
    };
    using Passes = PassList<Seeking>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<SeekAwards>(now, world, p); }
};

}  // namespace hubs
