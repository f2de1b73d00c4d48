#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fingerprint.h"
#include "sim/entity/world.h"

namespace hubs {

/// Ways of dividing establishments that do not change during a run.
enum class Grouping : std::uint8_t { all, status, type, region, area, fsm_fifth, rural, ofsted, start_level };
inline constexpr std::array<std::string_view, 9> grouping_words{"all",       "status", "type",   "region",     "area",
                                                                "fsm_fifth", "rural",  "ofsted", "start_level"};

struct Group {
    Grouping grouping;
    std::string name;
};

/// The groups that are observed. `of[g][e]` is the group of establishment e in fixed
/// grouping g, as an index into `groups`; status and start level are looked up in the world.
struct Groups {
    std::vector<Group> groups;
    std::array<std::uint32_t, grouping_words.size()> first{};
    std::array<std::vector<std::uint16_t>, grouping_words.size()> of;
};

Groups groups_of(const Population& population);

/// Counts of one group in one month. All whole numbers, so that sums do not depend on order.
struct Tally {
    std::uint32_t establishments = 0;
    std::uint32_t pupils = 0;
    std::array<std::uint32_t, benchmark_count + 1> with_benchmarks{};  ///< truly, by number achieved
    std::array<std::uint32_t, benchmark_count + 1> with_benchmarks_reported{};
    std::array<std::uint32_t, benchmark_count> achieving{};  ///< truly, by benchmark
    std::array<std::uint32_t, benchmark_count> achieving_reported{};
    std::uint32_t returned = 0;                                   ///< with a return in the last twelve months
    std::uint32_t returned_benchmarks = 0;                        ///< reported by those
    std::array<std::uint32_t, benchmark_count> pupils_reached{};  ///< pupils of those truly achieving
    std::uint32_t benchmarks_at_start = 0;  // this, pupils and items are counted in full tallies only
                                            ///< reported at the start by the same establishments
    std::uint32_t reported_square = 0;      ///< sum of squares of reported benchmarks
    std::uint32_t items_done = 0;
    std::uint32_t items_known = 0;
    /// Of those with a return in the last twelve months, in full tallies only: reported by number and by benchmark, and
    /// what they reported at the start.
    std::array<std::uint32_t, benchmark_count + 1> with_benchmarks_returned{};
    std::array<std::uint32_t, benchmark_count> achieving_returned{};
    std::uint32_t returned_at_start = 0;
};
inline constexpr std::size_t tally_words = sizeof(Tally) / sizeof(std::uint32_t);

/// What is recorded of one replicate under one plan.
struct Observations {
    List<std::uint16_t> tally_month;  ///< of each tally
    List<std::uint16_t> tally_group;  ///< of each tally, index into Groups::groups
    List<Tally> tallies;
    List<std::array<std::uint32_t, activity_count>> activity;    ///< by month
    List<std::array<std::int64_t, cost_line_count>> costs;       ///< by month, pence
    List<std::array<std::uint32_t, 64>> item_reported_hub;       ///< at each full tally: hub schools reporting each item
    std::vector<std::uint32_t>
        placed;  ///< by wave of the plan: how many joined or left; told, and no part of the fingerprint
    Fingerprint final_state;

    /// Calls `list(list)` for everything that months add to.
    void each_list(auto&& list) { list(tally_month), list(tally_group), list(tallies), list(activity), list(costs), list(item_reported_hub); }

    void add_to(Fingerprint& f) const {
        f.add_all(tally_month.data(), tally_month.size());
        f.add_all(tally_group.data(), tally_group.size());
        // Of a tally, what fingerprints have always held. The figures of those with a return were added later and follow
        // from the same reports: counting them in would change the fingerprint of every run that was published.
        constexpr std::size_t held = offsetof(Tally, with_benchmarks_returned) / sizeof(std::uint32_t);
        f.add(tallies.size() * held);
        for (const Tally& t : tallies)
            for (std::size_t w = 0; w < held; ++w) f.add(reinterpret_cast<const std::uint32_t*>(&t)[w]);
        for (const auto& row : activity) f.add_all(row.data(), row.size());
        for (const auto& row : costs) f.add_all(row.data(), row.size());
        f.add(final_state.word());
    }
};

/// Where observe writes; lives outside the world, so that watching changes nothing.
struct Watch {
    const Groups* groups = nullptr;
    unsigned every = 12;  ///< months between full tallies of all groups
    Observations seen;
    std::vector<std::array<std::uint32_t, 256>> histogram;  ///< room for observe: four per group

    /// Makes room for `months` of a run, so that no month allocates.
    void prepare(const Groups& g, unsigned months) {
        groups = &g;
        const std::size_t full = months / every + months / 12 + 3;
        const std::size_t kept = (months + 1) * std::size_t{4} + full * g.groups.size();
        seen = {};
        seen.tally_month.reserve(kept);
        seen.tally_group.reserve(kept);
        seen.tallies.reserve(kept);
        seen.activity.reserve(months);
        seen.costs.reserve(months);
        seen.item_reported_hub.reserve(full);
        histogram.resize(4 * g.groups.size());
    }
};

}  // namespace hubs
