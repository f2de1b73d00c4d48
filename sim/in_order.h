#pragma once
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "sim/entity/world.h"

namespace hubs {

/// What it takes to stand in the schedule.
template <class P>
concept Process = requires(const Moment& now, World& world, const typename P::Parameters& p) {
    { P::name } -> std::convertible_to<std::string_view>;
    P::writes.size();
    P::step(now, world, p);
};

/// A list of processes in the order they run. The step, the parameters, the reader, the
/// schema, the printed schedule, the streams of luck, the timings and the generic tests
/// all follow from this list.
template <Process... P>
struct InOrder {
    static constexpr std::size_t count = sizeof...(P);
    using Parameters = std::tuple<typename P::Parameters...>;

    /// Processes that a scenario switches off, by their place in the list.
    struct Switches {
        bool off[count] = {};
    };

    template <class F>
    static void each_process(F&& f) {
        (f(std::type_identity<P>{}), ...);
    }
    template <class Q>
    static const typename Q::Parameters& of(const Parameters& p) {
        return std::get<typename Q::Parameters>(p);
    }
    template <class Q>
    static typename Q::Parameters& of(Parameters& p) {
        return std::get<typename Q::Parameters>(p);
    }
    template <class Q>
    static Moment moment_of(Month month, Replicate replicate) {
        return {month, Luck(replicate, month, stream_of(Q::name.data(), Q::name.size()))};
    }
    template <class Q>
    static bool acts(const Switches& switches) {
        std::size_t place = 0;
        bool off = false;
        ((off = off || (std::is_same_v<P, Q> && switches.off[place]), ++place), ...);
        return !off;
    }
    /// One month of the world.
    static void step(Month month, Replicate replicate, World& world, const Parameters& p, const Switches& switches = {}) {
        world.activity.fill(0);
        std::size_t place = 0;
        ((switches.off[place++] ? void() : P::step(moment_of<P>(month, replicate), world, of<P>(p))), ...);
    }
};

}  // namespace hubs
