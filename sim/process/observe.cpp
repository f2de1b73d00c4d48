#include "sim/process/observe.h"

#include <bit>

namespace hubs {
namespace {

enum Part { true_count, reported_count, true_pupils, other_parts };

/// What is counted of one establishment.
struct Seen {
    Benchmarks truly, reported;
    std::uint32_t returned, pupils, at_start, done, known;
};

/// 1 if the establishment made a return in the twelve months before `month`.
std::uint32_t returned_lately(EstablishmentId e, Month month, const World& world) {
    const int at = world.establishments.returned[e];
    return at >= 0 && at >= static_cast<int>(month.index) - 12 ? 1u : 0u;
}

Seen see(EstablishmentId e, Month month, const World& world) {
    const auto& s = world.establishments;
    return {s.achieved[e],
            s.achieved_reported[e],
            returned_lately(e, month, world),
            world.population->establishments.pupils[e],
            static_cast<std::uint32_t>(std::popcount(s.achieved_first[e])),
            static_cast<std::uint32_t>(std::popcount(s.done[e])),
            static_cast<std::uint32_t>(std::popcount(s.know_how[e]))};
}

/// Counts by group and by the exact set of benchmarks achieved; everything a Tally holds
/// about benchmarks follows from these. Where establishments are few, most sets would be empty,
/// and each is tallied at once.
class Histograms {
public:
    Histograms(Watch& watch, std::size_t groups, bool few) : bins_(watch.histogram), tallies_(watch.room), few_(few) {
        for (std::size_t i = 0; i < groups * other_parts && !few; ++i) bins_[i].fill(0);
        for (std::size_t g = 0; g < groups; ++g) tallies_[g] = Tally{};
    }
    void count(std::size_t group, Benchmarks truly, Benchmarks reported, std::uint32_t returned) {
        tallies_[group].returned += returned;
        tallies_[group].returned_benchmarks += returned * static_cast<std::uint32_t>(std::popcount(reported));
        if (few_) return add(tallies_[group], truly, reported);
        ++bins_[group * other_parts + true_count][truly];
        ++bins_[group * other_parts + reported_count][reported];
    }
    void count(std::size_t group, const Seen& seen) {
        count(group, seen.truly, seen.reported, seen.returned);
        Tally& t = tallies_[group];
        if (few_) {
            t.pupils += seen.pupils;
            for (unsigned b = 0; b < benchmark_count; ++b) t.pupils_reached[b] += (seen.truly >> b & 1u) * seen.pupils;
        } else bins_[group * other_parts + true_pupils][seen.truly] += seen.pupils;
        t.benchmarks_at_start += seen.at_start;
        t.items_done += seen.done;
        t.items_known += seen.known;
    }
    const Tally& tally(std::size_t group) {
        Tally& t = tallies_[group];
        if (!few_) {
            auto& truly = bins_[group * other_parts + true_count];
            auto& reported = bins_[group * other_parts + reported_count];
            for (unsigned set = 0; set < 256; ++set) {
                const auto number = static_cast<unsigned>(std::popcount(set));
                t.with_benchmarks[number] += truly[set];
                t.with_benchmarks_reported[number] += reported[set];
            }
            t.establishments = fold(truly, t.achieving);
            fold(reported, t.achieving_reported);
            t.pupils = fold(bins_[group * other_parts + true_pupils], t.pupils_reached);
        }
        for (unsigned number = 0; number <= benchmark_count; ++number) t.reported_square += number * number * t.with_benchmarks_reported[number];
        return t;
    }

private:
    static void add(Tally& t, Benchmarks truly, Benchmarks reported) {
        ++t.establishments;
        ++t.with_benchmarks[static_cast<unsigned>(std::popcount(truly))];
        ++t.with_benchmarks_reported[static_cast<unsigned>(std::popcount(reported))];
        for (unsigned b = 0; b < benchmark_count; ++b) {
            t.achieving[b] += truly >> b & 1u;
            t.achieving_reported[b] += reported >> b & 1u;
        }
    }

    /// Sums bins by benchmark: the upper half of the sets hold the last one, and so on down. Returns the
    /// sum of all. The bins are used up.
    static std::uint32_t fold(std::array<std::uint32_t, 256>& bins, std::array<std::uint32_t, benchmark_count>& holding) {
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

    std::vector<std::array<std::uint32_t, 256>>& bins_;
    std::vector<Tally>& tallies_;
    bool few_;
};
constexpr std::uint32_t few_establishments = 256;

constexpr unsigned start_levels[benchmark_count + 1] = {0, 1, 1, 2, 2, 3, 3, 3, 3};

void keep(Month month, std::size_t group, const Tally& t, Observations& seen) {
    seen.tally_month.push_back(month.index);
    seen.tally_group.push_back(static_cast<std::uint16_t>(group));
    seen.tallies.push_back(t);
}

/// Adds the tallies of the last `count` groups kept into one.
void keep_sum(Month month, std::size_t group, std::size_t count, Observations& seen) {
    Tally sum;
    auto* to = reinterpret_cast<std::uint32_t*>(&sum);
    for (std::size_t g = seen.tallies.size() - count; g < seen.tallies.size(); ++g) {
        const auto* from = reinterpret_cast<const std::uint32_t*>(&seen.tallies[g]);
        for (std::size_t w = 0; w < tally_words; ++w) to[w] += from[w];
    }
    keep(month, group, sum, seen);
}

/// Members' reports of each item: what the published sub-benchmark figures are about.
void count_items(World& world) {
    std::array<std::uint32_t, 64> count{};
    each_establishment(world, [&](EstablishmentId e) {
        if (world.establishments.status[e] == Status::hub && world.population->establishments.type[e] != Type::college)
            each_item(world.establishments.reported[e], [&](unsigned item) { ++count[item]; });
    });
    world.watch->seen.item_reported_hub.push_back(count);
}

}  // namespace

void Observe::tally_all(Month month, World& world, bool every_group) {
    const Groups& groups = *world.watch->groups;
    const auto first = [&](Grouping g) { return std::size_t{groups.first[static_cast<std::size_t>(g)]}; };
    const auto& s = world.establishments;
    const std::size_t status = first(Grouping::status), level = first(Grouping::start_level);
    Histograms histograms(*world.watch, every_group ? groups.groups.size() : status + 3, world.count() <= few_establishments);
    constexpr auto fixed = static_cast<std::size_t>(Grouping::type), fixed_end = static_cast<std::size_t>(Grouping::start_level);
    each_establishment(world, [&](EstablishmentId e) {
        const std::size_t own = status + static_cast<std::size_t>(s.status[e]);
        if (!every_group) return histograms.count(own, s.achieved[e], s.achieved_reported[e], returned_lately(e, month, world));
        const Seen seen = see(e, month, world);
        histograms.count(own, seen);
        for (std::size_t g = fixed; g < fixed_end; ++g) histograms.count(groups.of[g][e.index], seen);
        histograms.count(level + start_levels[seen.at_start], seen);
    });
    Observations& out = world.watch->seen;
    for (std::size_t g = status; g < status + 3; ++g) keep(month, g, histograms.tally(g), out);
    keep_sum(month, first(Grouping::all), 3, out);
    if (!every_group) return;
    for (std::size_t g = status + 3; g < groups.groups.size(); ++g) keep(month, g, histograms.tally(g), out);
    count_items(world);
}

void Observe::step(const Moment& now, World& world, const Parameters&) {
    if (world.watch == nullptr) return;
    Observations& seen = world.watch->seen;
    seen.activity.push_back(world.activity);
    seen.costs.push_back(world.costs);
    const Month ended{static_cast<std::uint16_t>(now.month.index + 1)};  // counts are of the month's end
    const bool july = world.calendar.academic_month(now.month) == 11;
    tally_all(ended, world, july || ended.index % world.watch->every == 0);
}

Groups groups_of(const Population& population) {
    Groups out;
    const auto open = [&](Grouping g) { out.first[static_cast<std::size_t>(g)] = static_cast<std::uint32_t>(out.groups.size()); };
    const auto add = [&](Grouping g, const std::vector<std::string>& names, auto&& index_of) {
        open(g);
        for (const std::string& name : names) out.groups.push_back({g, name});
        auto& of = out.of[static_cast<std::size_t>(g)];
        of.resize(population.establishments.count());
        for (std::uint32_t i = 0; i < of.size(); ++i) of[i] = static_cast<std::uint16_t>(out.first[static_cast<std::size_t>(g)] + index_of(EstablishmentId{i}));
    };
    const auto& who = population.establishments;
    std::vector<std::string> areas;
    for (const AreaRow& a : population.areas) areas.push_back(a.name);
    open(Grouping::all);
    out.groups.push_back({Grouping::all, "all"});
    open(Grouping::status);
    for (const char* name : {"none", "network", "hub"}) out.groups.push_back({Grouping::status, name});
    add(Grouping::type, {"mainstream", "special", "alternative_provision", "college"}, [&](EstablishmentId e) { return static_cast<unsigned>(who.type[e]); });
    add(Grouping::region, population.regions, [&](EstablishmentId e) { return static_cast<unsigned>(who.region[e]); });
    add(Grouping::area, areas, [&](EstablishmentId e) { return who.area[e].index; });
    add(Grouping::fsm_fifth, {"lowest", "second", "third", "fourth", "highest", "unknown"},
        [&](EstablishmentId e) { return static_cast<unsigned>(who.fsm_fifth[e]); });
    add(Grouping::rural, {"urban", "rural"}, [&](EstablishmentId e) { return static_cast<unsigned>(who.rural[e]); });
    add(Grouping::ofsted, {"unknown", "outstanding", "good", "requires_improvement", "inadequate"},
        [&](EstablishmentId e) { return static_cast<unsigned>(who.ofsted[e]); });
    open(Grouping::start_level);
    for (const char* name : {"none at start", "1 or 2 at start", "3 or 4 at start", "5 to 8 at start"}) out.groups.push_back({Grouping::start_level, name});
    return out;
}

}  // namespace hubs
