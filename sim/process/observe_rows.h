#pragma once
#include <bit>

#include "sim/process/observe_setting.h"

namespace hubs {
namespace observing {

struct Opening : ListPass {
    static std::uint32_t rows(const T& t) { return t.setting.count(*t.world.watch); }
    static void row(std::uint32_t place, const T& t) {
        Observations& seen = t.world.watch->seen;
        const std::uint32_t group = t.setting.group_at(place), at = t.setting.first + place;
        seen.tallies[at] = Tally{};
        seen.tally_month[at] = t.world.since_start(t.setting.ended).index;
        seen.tally_group[at] = static_cast<std::uint16_t>(group);
    }
};

struct EmptyBins : ListPass {
    static bool needed(const T& t) { return t.setting.every_group && !t.setting.few; }
    static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.watch->histogram.size()) * 256; }
    static void row(std::uint32_t i, const T& t) { t.world.watch->histogram[i / 256][i % 256] = 0; }
};

/// What is counted of one establishment.
struct Seen {
    Benchmarks truly, reported;
    std::uint32_t returned, pupils, at_start, done, known;
};

/// Most months: the three statuses only, by blocks of establishments. Eight counts of a byte stand side by
/// side in a word: a block is small enough for none to run over.
struct CountingByStatus : ListPass {
    static constexpr std::uint32_t block = 128;

    static bool needed(const T& t) { return !t.setting.every_group; }
    static std::uint32_t rows(const T& t) { return (t.world.count() + block - 1) / block; }
    static void row(std::uint32_t i, const T& t) {
        const auto& s = t.world.establishments;
        const std::uint32_t end = i * block + block < t.world.count() ? i * block + block : t.world.count();
        std::array<Counts, 3> of{};
        for (std::uint32_t index = i * block; index < end; ++index) {
            const EstablishmentId e{index};
            of[static_cast<unsigned>(s.status[e])].count(s.achieved[e], s.achieved_reported[e], returned_lately(e, t));
        }
        for (std::uint32_t status = 0; status < 3; ++status)
            of[status].add_into(tally_of(t.setting.status + status, t));
    }

private:
    struct Counts {
        std::array<std::uint64_t, 2> achieving{},
            numbers{};  ///< truly and reported: by benchmark; by number achieved, 8 counted with 0
        std::array<std::uint32_t, 2> all_eight{};
        std::uint32_t establishments = 0, returned = 0, returned_benchmarks = 0;

        void count(Benchmarks truly, Benchmarks reported, std::uint32_t lately) {
            ++establishments;
            returned += lately;
            returned_benchmarks += lately * static_cast<std::uint32_t>(std::popcount(reported));
            add(0, truly);
            add(1, reported);
        }
        void add(unsigned which, Benchmarks set) {
            achieving[which] += a_byte_each(set);
            numbers[which] += std::uint64_t{1} << (8 * std::popcount(set) & 63);
            all_eight[which] += set == 0xff ? 1u : 0u;
        }
        void add_into(Tally& tally) const {
            if (establishments == 0) return;
            add_to(tally.establishments, establishments);
            add_to(tally.returned, returned);
            add_to(tally.returned_benchmarks, returned_benchmarks);
            add_set(0, tally.achieving, tally.with_benchmarks);
            add_set(1, tally.achieving_reported, tally.with_benchmarks_reported);
        }
        void add_set(unsigned which, std::array<std::uint32_t, benchmark_count>& by_benchmark,
                     std::array<std::uint32_t, benchmark_count + 1>& by_number) const {
            for (unsigned b = 0; b < benchmark_count; ++b) {
                add_to(by_benchmark[b], static_cast<std::uint32_t>(achieving[which] >> 8 * b & 0xff));
                add_to(by_number[b],
                       static_cast<std::uint32_t>(numbers[which] >> 8 * b & 0xff) - (b == 0 ? all_eight[which] : 0u));
            }
            add_to(by_number[benchmark_count], all_eight[which]);
        }
    };
    /// 1 in the byte of each benchmark in the set.
    static std::uint64_t a_byte_each(Benchmarks set) {
        const std::uint64_t own_bit = (set * 0x0101010101010101u) & 0x8040201008040201u;
        return (own_bit + 0x7f7f7f7f7f7f7f7fu) >> 7 & 0x0101010101010101u;
    }
};

/// In full months: by group and by the exact set of benchmarks achieved; everything a Tally holds about
/// benchmarks follows from these.
struct Counting : RowPass<> {
    static bool needed(const T& t) { return t.setting.every_group; }
    static constexpr unsigned start_levels[benchmark_count + 1] = {0, 1, 1, 2, 2, 3, 3, 3, 3};

    static void row(EstablishmentId e, const T& t) {
        const auto& s = t.world.establishments;
        const Seen seen{s.achieved[e],
                        s.achieved_reported[e],
                        returned_lately(e, t),
                        t.world.population->establishments.pupils[e],
                        static_cast<std::uint32_t>(std::popcount(s.achieved_first[e])),
                        static_cast<std::uint32_t>(std::popcount(s.done[e])),
                        static_cast<std::uint32_t>(std::popcount(s.know_how[e]))};
        count(t.setting.status + static_cast<std::uint32_t>(s.status[e]), seen, t);
        constexpr auto fixed = static_cast<std::size_t>(Grouping::type),
                       fixed_end = static_cast<std::size_t>(Grouping::start_level);
        for (std::size_t g = fixed; g < fixed_end; ++g) count(t.world.watch->groups->of[g][e.index], seen, t);
        count(t.setting.level + start_levels[seen.at_start], seen, t);
        count_items(e, t);
    }

private:
    static void count(std::uint32_t group, const Seen& seen, const T& t) {
        Tally& tally = tally_of(group, t);
        add_to(tally.returned, seen.returned);
        add_to(tally.returned_benchmarks, seen.returned * static_cast<std::uint32_t>(std::popcount(seen.reported)));
        if (t.setting.few) {
            add(tally, seen);
            add_to(tally.pupils, seen.pupils);
            for (unsigned b = 0; b < benchmark_count; ++b)
                add_to(tally.pupils_reached[b], (seen.truly >> b & 1u) * seen.pupils);
        } else {
            add_to(bins_of(group, true_count, t)[seen.truly], 1);
            add_to(bins_of(group, reported_count, t)[seen.reported], 1);
            add_to(bins_of(group, true_pupils, t)[seen.truly], seen.pupils);
            if (seen.returned != 0) add_to(bins_of(group, returned_count, t)[seen.reported], 1);
        }
        add_to(tally.benchmarks_at_start, seen.at_start);
        add_to(tally.returned_at_start, seen.returned * seen.at_start);
        add_to(tally.items_done, seen.done);
        add_to(tally.items_known, seen.known);
    }
    static void add(Tally& t, const Seen& seen) {
        const auto reported = static_cast<unsigned>(std::popcount(seen.reported));
        add_to(t.establishments, 1);
        add_to(t.with_benchmarks[static_cast<unsigned>(std::popcount(seen.truly))], 1);
        add_to(t.with_benchmarks_reported[reported], 1);
        add_to(t.with_benchmarks_returned[reported], seen.returned);
        for (unsigned b = 0; b < benchmark_count; ++b) {
            add_to(t.achieving[b], seen.truly >> b & 1u);
            add_to(t.achieving_reported[b], seen.reported >> b & 1u);
            add_to(t.achieving_returned[b], seen.returned * (seen.reported >> b & 1u));
        }
    }
    /// Members' reports of each item: what the published sub-benchmark figures are about.
    static void count_items(EstablishmentId e, const T& t) {
        const World& world = t.world;
        if (world.establishments.status[e] != Status::hub || world.population->establishments.type[e] == Type::college)
            return;
        auto& count = t.world.watch->seen.item_reported_hub.back();
        each_item(world.establishments.reported[e], [&](unsigned item) { add_to(count[item], 1); });
    }
};

/// Makes each group's tally of its histograms.
struct Folding : ListPass {
    static std::uint32_t rows(const T& t) { return t.setting.count(*t.world.watch); }
    static void row(std::uint32_t place, const T& t) {
        const std::uint32_t group = t.setting.group_at(place);
        if (group == 0) return;
        Tally& tally = tally_of(group, t);
        if (t.setting.every_group && !t.setting.few) {
            tally.establishments = fold(bins_of(group, true_count, t), tally.achieving, &tally.with_benchmarks);
            fold(bins_of(group, reported_count, t), tally.achieving_reported, &tally.with_benchmarks_reported);
            tally.pupils = fold(bins_of(group, true_pupils, t), tally.pupils_reached, nullptr);
            fold(bins_of(group, returned_count, t), tally.achieving_returned, &tally.with_benchmarks_returned);
        }
        for (unsigned number = 0; number <= benchmark_count; ++number)
            tally.reported_square += number * number * tally.with_benchmarks_reported[number];
    }

private:
    /// Sums bins by number of benchmarks and by benchmark: the upper half of the sets hold the last one, and so
    /// on down. Returns the sum of all. It works on a copy, which a card keeps close by.
    static std::uint32_t fold(std::array<std::uint32_t, 256> bins, std::array<std::uint32_t, benchmark_count>& holding,
                              std::array<std::uint32_t, benchmark_count + 1>* by_number) {
        if (by_number != nullptr) {
            std::array<std::uint32_t, benchmark_count + 1> sums{};
            for (unsigned set = 0; set < 256; ++set) sums[static_cast<unsigned>(std::popcount(set))] += bins[set];
            *by_number = sums;
        }
        for (unsigned b = benchmark_count; b-- > 0;) {
            const unsigned half = 1u << b;
            std::uint32_t upper = 0;
            for (unsigned set = 0; set < half; ++set) {
                upper += bins[half + set];
                bins[set] += bins[half + set];
            }
            holding[b] = upper;
        }
        return bins[0];
    }
};

struct Summing : OncePass {
    static void all(const T& t) {
        std::uint32_t* to = words_of(tally_of(0, t));
        for (std::uint32_t g = t.setting.status; g < t.setting.status + 3; ++g)
            for (std::size_t w = 0; w < tally_words; ++w) to[w] += words_of(tally_of(g, t))[w];
    }

private:
    static std::uint32_t* words_of(Tally& tally) { return reinterpret_cast<std::uint32_t*>(&tally); }
};

}  // namespace observing

struct Observe::Passes : PassList<observing::Opening, observing::CountingByStatus, observing::EmptyBins,
                                  observing::Counting, observing::Folding, observing::Summing> {};

}  // namespace hubs
