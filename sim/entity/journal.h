#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/id.h"
#include "sim/base/month.h"

namespace hubs {

enum class Change : std::uint8_t { joined_hub, learnt, finished, lapsed, lost_know_how, leader_left, trained, reported };

/// How something came about: the kind of contact an item was learnt through, or the reason of another change.
enum class Cause : std::uint8_t {
    none,
    meeting_host,
    meeting_talk,
    lead_school,
    buddy,
    review,
    tie,
    trust,
    neighbour,
    coordinator,
    broadcast,
    training,
    know_how,
    trial_and_error,
    statutory_duty
};

/// One change at one establishment, kept only when a journal is asked for.
struct Event {
    Month month;
    Change change;
    Cause cause = Cause::none;
    EstablishmentId at;
    EstablishmentId source = EstablishmentId::none();
    std::uint8_t item = 0xff;
};

struct Journal {
    std::vector<Event> events;
};

}  // namespace hubs
