#pragma once
// Every process of the schedule with its rows: what a card runs.
#include "sim/process/engage_employers_rows.h"
#include "sim/process/improve_provision_rows.h"
#include "sim/process/observe_rows.h"
#include "sim/process/share_practice_rows.h"
#include "sim/schedule.h"

namespace hubs::card {

/// What is the same for all rows of process P this month, and whether anything happens at all.
template <class P>
struct Slot {
    typename P::Setting setting;
    bool acts = false;

    void prepare(const Moment& now, World& world, const typename P::Parameters& p) {
        acts = P::acts(now, world, p);
        if (acts) setting = typename P::Setting(now, world, p);
    }
};

template <class Schedule>
struct SlotsOf;
template <class... P>
struct SlotsOf<InOrder<P...>> {
    using Slots = std::tuple<Slot<P>...>;
    template <std::size_t Place>
    using At = std::tuple_element_t<Place, std::tuple<P...>>;
};
using Slots = SlotsOf<Schedule>::Slots;

/// One world with all that its rows read, as one piece of memory.
struct CardWorld {
    World world;
    Parameters parameters;
    Replicate replicate;
    Slots slots;

    template <class P>
    Slot<P>& slot() {
        return std::get<Slot<P>>(slots);
    }
};

/// Before the first month: the start is seen by all groups.
inline void begin_observing(CardWorld& w) {
    Slot<Observe>& slot = w.slot<Observe>();
    slot.acts = w.world.watch != nullptr;
    if (slot.acts) slot.setting = Observe::Setting(Month{w.world.first_month}, w.world, true);
}

template <std::size_t Place>
using ProcessAt = SlotsOf<Schedule>::At<Place>;

}  // namespace hubs::card
