#pragma once
#include <string_view>

#include "sim/entity/observation.h"
#include "sim/entity/passes.h"

namespace hubs {

/// The month's counts, true and reported, by group. ODD 7.15. It reads and never writes the world.
///
/// Every month: all establishments and each network status. Every `Watch::every` months, in
/// the first month and in each July: all groups.
struct Observe {
    static constexpr std::string_view name = "observe";
    static constexpr std::array<std::string_view, 0> writes{};

    struct Parameters {
        static void describe(auto&&, auto&) {}
    };

    static bool acts(const Moment&, const World& world, const Parameters&) { return world.watch != nullptr; }
    struct Setting;  // this and the passes: observe_rows.h
    struct Passes;

    static void step(const Moment& now, World& world, const Parameters& p);

    /// The state before anything has happened.
    static void first(World& world);
};

}  // namespace hubs
