#pragma once
#include <algorithm>
#include <string_view>

#include "sim/entity/passes.h"

namespace hubs {

/// Ties between Careers Leaders grow with contact, fade without it, and break when a
/// leader leaves. ODD 7.9.
///
///     strength <- strength * (1 - fade)  +  form * (1 - strength)  if both came to one meeting
///
/// Only possible ties (Network) have a strength. Each establishment keeps its own side.
struct RenewTies {
    static constexpr std::string_view name = "renew_ties";
    static constexpr std::array writes{std::string_view{"ties.total"}, std::string_view{"ties.strength"}};

    struct Parameters {
        double form_per_meeting = 0.1;
        double fade_per_month = 0.05;
        static void describe(auto&& field, auto& p) {
            field(Field{"form_per_meeting", "share of what is missing", 0, 1, "tie gained at a shared meeting",
                        "assumed; W064 for distance and type", 1, Use::swept, within(0.03, 0.3)},
                  p.form_per_meeting);
            field(Field{"fade_per_month", "share per month", 0, 1, "tie lost without contact", "assumed", 1, Use::swept,
                        within(0.02, 0.1)},
                  p.fade_per_month);
        }
    };

    static bool acts(const Moment&, const World&, const Parameters&) { return true; }

    struct Setting {
        std::uint32_t keeps = 0, forms = 0;  ///< of 65536

        Setting() = default;
        Setting(const Moment&, const World&, const Parameters& p)
            : keeps(static_cast<std::uint32_t>((1.0 - p.fade_per_month) * 65536.0)),
              forms(static_cast<std::uint32_t>(p.form_per_meeting * 65536.0)) {}
    };
    using T = Turn<RenewTies>;

    struct Renewing : RowPass<> {
        static std::uint32_t due(EstablishmentId e, const T& t) {
            return t.world.tied[e] | static_cast<std::uint32_t>(t.world.establishments.attendance[e]);
        }
        static void row(EstablishmentId e, const T& t) {
            World& world = t.world;
            const Network& net = world.population->network;
            const auto& s = world.establishments;
            const auto this_month = static_cast<std::int16_t>(t.now.month.index);
            const bool came = s.attendance[e] != Attendance::absent, new_leader = world.leaders.since[e] == this_month;
            std::uint32_t total = 0;
            for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot) {
                const EstablishmentId k{net.peer(slot)};
                std::uint32_t strength = world.ties[slot] * t.setting.keeps >> 16;
                if (new_leader || world.leaders.since[k] == this_month) strength = 0;
                if (came && k != e && s.attendance[k] != Attendance::absent && s.group[k] == s.group[e])
                    strength += (65535u - strength) * static_cast<std::uint64_t>(t.setting.forms) >> 16;
                world.ties[slot] = static_cast<std::uint16_t>(std::min(65535u, strength));
                total += world.ties[slot];
            }
            world.tied[e] = total;
        }
    };
    using Passes = PassList<Renewing>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<RenewTies>(now, world, p); }
};

}  // namespace hubs
