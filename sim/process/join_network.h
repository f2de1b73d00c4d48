#pragma once
#include <string_view>

#include "sim/entity/passes.h"

namespace hubs {

/// Establishments outside hubs join the Enterprise Adviser Network. ODD 7.2.
///
///     once a year, in a month of its own, one outside joins with the chance `per_year`
///     and is matched with an Enterprise Adviser with the chance `adviser_share`
struct JoinNetwork {
    static constexpr std::string_view name = "join_network";
    static constexpr std::array writes{
        std::string_view{"establishments.adviser"}, std::string_view{"establishments.backed_since"},
        std::string_view{"establishments.status"}, std::string_view{"establishments.status_since"}};

    struct Parameters {
        double per_year = 0.2;
        double adviser_share = 0.82;
        static void describe(auto&& field, auto& p) {
            field(
                Field{
                    "per_year", "share of those outside", 0, 1, "join the Enterprise Adviser Network in a year",
                    "W076, W036: about 2,000 members in September 2018 and a target of 4,400 for 2019/20; S103: 3,156 with hubs in July 2019",
                    2, Use::swept, within(0.1, 0.4)},
                p.per_year);
            field(Field{"adviser_share", "share of those who join", 0, 1, "matched with an Enterprise Adviser",
                        "W036: 3,600 of 4,400 members", 3, Use::input, within(0.6, 0.95)},
                  p.adviser_share);
        }
    };

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        return !world.calendar.is_august(now.month);
    }

    struct Setting {
        unsigned month = 0;
        std::uint64_t joins = 0, advised = 0;

        Setting() = default;
        Setting(const Moment& now, const World& world, const Parameters& p)
            : month(world.calendar.academic_month(now.month)), joins(threshold32(p.per_year)),
              advised(threshold32(p.adviser_share)) {}
    };

    struct Joining : RowPass<> {
        static unsigned due(EstablishmentId e, const Turn<JoinNetwork>& t) {
            const unsigned own = own_month(t.world.population->establishments.address[e]);
            return (t.world.establishments.status[e] == Status::none ? 1u : 0u) & (own == t.setting.month ? 1u : 0u);
        }
        static void row(EstablishmentId e, const Turn<JoinNetwork>& t) {
            const Words words = t.now.luck.words(t.world.population->establishments.address[e]);
            if (words[0] >= t.setting.joins) return;
            auto& s = t.world.establishments;
            s.status[e] = Status::network;
            s.status_since[e] = s.backed_since[e] = static_cast<std::int16_t>(t.now.month.index);
            if (words[1] < t.setting.advised) s.adviser[e] = 1;
            t.world.note(t.now.month, Change::joined_network, e);
        }
    };
    using Passes = PassList<Joining>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<JoinNetwork>(now, world, p); }
};

}  // namespace hubs
