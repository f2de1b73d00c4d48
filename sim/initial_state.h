#pragma once
#include "sim/base/field.h"
#include "sim/entity/world.h"
#include "sim/schedule.h"

namespace hubs {

/// The state before the first month. ODD 5.
///
/// One-factor probit over items: an item is met if
///
///     sqrt(a) F + sqrt(c_b) G_b + sqrt(1 - a - c_b) E_item  >  threshold_item + level_b
///
/// F: the school's factor, shifted by its network status, and correlated with its senior leaders'
/// support; G_b: the benchmark's; c_b and thresholds: the framework file; a: `school_share` of the
/// framework's school factor, whose rest is how respondents read the questions. level_b is solved for
/// (start_levels.h), so that *reported* shares are the published ones whatever the readings are.
struct InitialState {
    static constexpr std::string_view name = "initial_state";

    struct Parameters {
        double network_share = 0.6;
        double network_shift = 0.15;
        double outside_shift = -0.20;
        double network_mainstream = 0.5;
        double school_share = 0.8;
        double adviser_share = 0.82;
        double known_share = 0.4;
        double support_correlation = 0.5;
        double links_base = 1.0;
        double links_if_achieved = 2.0;
        static void describe(auto&& field, auto& p) {
            field(Field{"network_share", "share of establishments", 0, 1,
                        "in the Enterprise Adviser Network or a hub-to-be at the start",
                        "S134, S103: 3,156 of 4,933 by July 2019", 3, Use::input, within(0.55, 0.65)},
                  p.network_share);
            field(Field{"network_shift", "school-factor sd", -3, 3, "start of network members",
                        "set to 2.2 (S011) after hubs are chosen", 4, Use::fit, within(0.05, 0.25)},
                  p.network_shift);
            field(Field{"outside_shift", "school-factor sd", -3, 3, "start of establishments outside the network",
                        "set to 1.9 (S009)", 4, Use::fit, within(-0.3, -0.1)},
                  p.outside_shift);
            field(Field{"network_mainstream", "log odds", -3, 3, "mainstream schools are likelier to be in the network",
                        "assumed; W029: wave 1 is nearly all secondary schools", 1, Use::swept, within(0, 1)},
                  p.network_mainstream);
            field(Field{"school_share", "share of the framework's school factor", 0.05, 1,
                        "real differences between schools; the rest is how questions are read",
                        "cross-sections cannot split them; fitted to S056, S061, W075", 1, Use::fit, within(0.4, 1)},
                  p.school_share);
            field(Field{"adviser_share", "share of the network", 0, 1,
                        "establishments in the network matched with an Enterprise Adviser",
                        "W036: 3,600 of 4,400 members", 3, Use::input, within(0.6, 0.95)},
                  p.adviser_share);
            field(
                Field{"known_share", "chance per undone item", 0, 1, "the leader knows how to meet an item not yet met",
                      "assumed; 0.1 to 0.5; 002: many knew the what but not the how", 1, Use::fit, within(0.1, 0.5)},
                p.known_share);
            field(Field{"support_correlation", "correlation", 0, 0.99, "of senior support with the school's factor",
                        "assumed; needed for W075 (spread grows)", 1, Use::fit, within(0.2, 0.8)},
                  p.support_correlation);
            field(Field{"links_base", "employers per establishment", 0, 8, "employers linked at the start", "assumed",
                        0, Use::swept, within(0.5, 2)},
                  p.links_base);
            field(Field{"links_if_achieved", "employers per establishment", 0, 8,
                        "more of them where benchmark 5 is achieved", "assumed; 1 to 4", 0, Use::swept},
                  p.links_if_achieved);
        }
    };
};

/// Everything a start needs besides luck.
struct Start {
    const Population* population = nullptr;
    const Framework* framework = nullptr;
    Calendar calendar;
    InitialState::Parameters initial;
    TurnOverStaff::Parameters staff;
    CompleteCompass::Parameters compass;
    LaunchHubs::Parameters launch;
    SeekAwards::Parameters awards;
    std::array<double, benchmark_count> level{};  ///< added to thresholds, by benchmark: start_levels.h
};

/// One replicate's world at the start. It holds no plan: a start serves many.
World start_world(const Start& start, Replicate replicate);

}  // namespace hubs
