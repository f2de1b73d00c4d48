#pragma once
#include <string_view>

#include "sim/entity/passes.h"

namespace hubs {

/// The plan's waves form hubs: who joins, Lead Schools, Hub Lead, coordinators. ODD 7.1.
///
///     volunteering = level * benchmarks reported + network * in the Enterprise Adviser Network
///                  + fsm * free school meals (tenths) + ofsted * (not yet good)
///                  + support * senior leaders' support, which nobody outside sees + logistic noise
///
/// A wave takes establishments in the order of its rule, area by area, and cuts them by
/// place into hubs of the plan's size, or lets them into the hubs there are; other waves merge or close hubs.
/// Planners see reports, not the truth.
struct LaunchHubs {
    static constexpr std::string_view name = "launch_hubs";
    static constexpr std::array writes{std::string_view{"activity"},
                                       std::string_view{"areas.has_hub"},
                                       std::string_view{"employers.cornerstone"},
                                       std::string_view{"establishments.adviser"},
                                       std::string_view{"establishments.backed_since"},
                                       std::string_view{"establishments.buddy"},
                                       std::string_view{"establishments.coordinator"},
                                       std::string_view{"establishments.group"},
                                       std::string_view{"establishments.hub"},
                                       std::string_view{"establishments.lead"},
                                       std::string_view{"establishments.leads"},
                                       std::string_view{"establishments.reach"},
                                       std::string_view{"establishments.status"},
                                       std::string_view{"establishments.status_since"},
                                       std::string_view{"establishments.targets"},
                                       std::string_view{"establishments.wallet"},
                                       std::string_view{"hubs.coordinators"},
                                       std::string_view{"hubs.groups"},
                                       std::string_view{"hubs.members"},
                                       std::string_view{"hubs.rows"}};

    struct Parameters {
        double level = 0.17;
        double network = 1.5;
        double fsm = 0.2;
        double ofsted = 0.3;
        double support = 0;
        double reach_km = 80;
        static void describe(auto&& field, auto& p) {
            field(Field{"level", "log odds per reported benchmark", -2, 3, "schools further on volunteer more",
                        "S064; set to the hubs' start of 2.5 (S007)", 2, Use::fit, within(0, 0.35)},
                  p.level);
            field(Field{"network", "log odds", -2, 5, "network members volunteer more", "S064; size assumed", 2,
                        Use::fit, within(0.5, 2.5)},
                  p.network);
            field(Field{"fsm", "log odds per tenth of pupils on free school meals", -2, 2,
                        "poorer intakes volunteer slightly more", "S064; size assumed", 2, Use::fit, within(0, 0.4)},
                  p.fsm);
            field(Field{"ofsted", "log odds", -2, 2, "schools not judged good volunteer more", "S064; size assumed", 2,
                        Use::fit, within(0, 0.6)},
                  p.ofsted);
            field(Field{"support", "log odds from none to full support", -5, 5,
                        "schools whose senior leaders back careers volunteer more, unseen by evaluators",
                        "assumed: none; what evaluators cannot see", 0, Use::swept, within(0, 2)},
                  p.support);
            field(Field{"reach_km", "km", 1, 1000,
                        "distance at which travel leaves 37 % of an Enterprise Coordinator's help",
                        "001 line 656: members travel far in dispersed areas; size assumed", 0, Use::swept,
                        within(40, 300)},
                  p.reach_km);
        }
    };

    /// In the months of waves.
    static bool acts(const Moment& now, const World& world, const Parameters&) {
        bool any = false;
        for (const Wave& wave : world.plan->waves) any |= wave.month == world.since_start(now.month).index;
        return any;
    }
    struct Setting {
        std::uint32_t first = 0;  ///< the first wave of this month

        Setting() = default;
        Setting(const Moment& now, World& world, const Parameters&) : first(first_due(now, world)) {}
    };
    using T = Turn<LaunchHubs>;

    struct Ranking : ListPass {  // each area by itself, for the first wave; others are rare and rank as they come
        static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.population->areas.size()); }
        static void row(std::uint32_t area, const T& t) { rank(area, t.setting.first, t.now, t.world, t.p); }
    };
    struct Launching : OncePass {
        static void all(const T& t) { launch_all(t.setting.first, t.now, t.world, t.p); }
    };
    using Passes = PassList<Ranking, Launching>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<LaunchHubs>(now, world, p); }

private:
    static std::uint32_t first_due(const Moment& now, const World& world);
    static void rank(std::uint32_t area, std::uint32_t wave, const Moment& now, World& world, const Parameters& p);
    static void launch_all(std::uint32_t first, const Moment& now, World& world, const Parameters& p);
};

}  // namespace hubs
