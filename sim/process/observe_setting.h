#pragma once
#include <bit>

#include "sim/process/observe.h"

namespace hubs {

/// Which tallies this month gets, and where they stand.
struct Observe::Setting {
    Month ended;               ///< counts are of the end of the month before this one
    bool every_group = false;  ///< or all establishments and each status only
    bool few = false;  ///< where establishments are few, most histograms would be empty: they are tallied at once
    std::uint32_t status = 0, level = 0;  ///< the first group by status and by start level
    std::uint32_t first = 0;              ///< place of the month's first tally

    Setting() = default;
    Setting(Month month, World& world, bool every)
        : ended(month), every_group(every), few(world.count() <= few_establishments) {
        Watch& watch = *world.watch;
        status = watch.groups->first[static_cast<std::size_t>(Grouping::status)];
        level = watch.groups->first[static_cast<std::size_t>(Grouping::start_level)];
        Observations& seen = watch.seen;
        first = static_cast<std::uint32_t>(seen.tallies.size());
        seen.tallies.resize(first + count(watch));
        seen.tally_month.resize(first + count(watch));
        seen.tally_group.resize(first + count(watch));
        if (every) seen.item_reported_hub.push_back({});
    }
    Setting(const Moment& now, World& world, const Parameters&)
        : Setting(Month{static_cast<std::uint16_t>(now.month.index + 1)}, world,
                  world.calendar.academic_month(now.month) == 11 ||
                      (world.since_start(now.month).index + 1u) % world.watch->every == 0) {
        world.watch->seen.activity.push_back(world.activity);
        world.watch->seen.costs.push_back(world.costs);
    }
    std::uint32_t count(const Watch& watch) const {
        return every_group ? static_cast<std::uint32_t>(watch.groups->groups.size()) : 4;
    }
    /// The three statuses come first, then all establishments, which are their sum, then the others.
    std::uint32_t group_at(std::uint32_t place) const { return place < 3 ? status + place : place == 3 ? 0 : place; }
    std::uint32_t place_of(std::uint32_t group) const {
        return first + (group == 0 ? 3 : group < status + 3 ? group - status : group);
    }

private:
    static constexpr std::uint32_t few_establishments = 256;
};

namespace observing {

using T = Turn<Observe>;
enum Part { true_count, reported_count, true_pupils, returned_count, parts };

inline Tally& tally_of(std::uint32_t group, const T& t) {
    return t.world.watch->seen.tallies[t.setting.place_of(group)];
}
inline std::array<std::uint32_t, 256>& bins_of(std::uint32_t group, Part part, const T& t) {
    return t.world.watch->histogram[group * parts + part];
}

/// 1 if it made a return in the twelve months before.
inline std::uint32_t returned_lately(EstablishmentId e, const T& t) {
    const int at = t.world.establishments.returned[e];
    return at >= 0 && at >= static_cast<int>(t.setting.ended.index) - 12 ? 1u : 0u;
}

}  // namespace observing

}  // namespace hubs
