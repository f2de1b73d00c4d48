#pragma once
#include <cstdint>

namespace hubs {

/// The place of one entity in its own list. An EstablishmentId cannot index hubs.
template <class Of>
struct Id {
    std::uint32_t index = 0;

    static constexpr std::uint32_t none_index = 0xffffffffu;
    static constexpr Id none() { return Id{none_index}; }
    constexpr bool exists() const { return index != none_index; }
    friend constexpr bool operator==(Id a, Id b) { return a.index == b.index; }
    friend constexpr bool operator!=(Id a, Id b) { return a.index != b.index; }
    friend constexpr bool operator<(Id a, Id b) { return a.index < b.index; }
};

struct Establishment;
struct Hub;
struct Employer;
struct Area;
using EstablishmentId = Id<Establishment>;
using HubId = Id<Hub>;
using EmployerId = Id<Employer>;
using AreaId = Id<Area>;

}  // namespace hubs
