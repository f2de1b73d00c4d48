#pragma once
#include <string_view>

#include "sim/entity/observation.h"
#include "sim/entity/world.h"

namespace hubs {

/// The month's counts, true and reported, by group. ODD 7.13. It reads and never writes the world.
///
/// Every month: all establishments and each network status. Every `Watch::every` months, in
/// the first month and in each July: all groups.
struct Observe {
    static constexpr std::string_view name = "observe";
    static constexpr std::array<std::string_view, 0> writes{};

    struct Parameters {
        static void describe(auto&&, auto&) {}
    };

    static void step(const Moment& now, World& world, const Parameters&);

    /// The state before anything has happened.
    static void first(World& world) { tally_all(Month{0}, world, true); }

private:
    static void tally_all(Month month, World& world, bool every_group);
};

}  // namespace hubs
