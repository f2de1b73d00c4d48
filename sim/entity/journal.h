#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/enum_words.h"
#include "sim/base/id.h"
#include "sim/base/month.h"

namespace hubs {

enum class Change : std::uint8_t {
    joined_hub,
    joined_network,
    learnt,
    finished,
    lapsed,
    lost_know_how,
    leader_left,
    trained,
    reported,
    left_hub,
    overloaded,
    awarded
};

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
    statutory_duty,
    own_return,
    count
};

template <>
struct WordsOf<Cause> {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(Cause::count)> all{
        "for no cause that is kept",
        "the host of the meeting",
        "a talk at the meeting",
        "a visit of the Lead School",
        "its buddy",
        "a peer review",
        "a standing tie",
        "a trust mate",
        "a near neighbour",
        "the coordinator's visit",
        "a broadcast",
        "training",
        "with know-how",
        "by trial and error",
        "under the statutory duty",
        "its own return"};
};
static_assert(every_value_has_a_word<Cause>());

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
