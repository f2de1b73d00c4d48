#include "sim/process/observe.h"

#include <bit>

namespace hubs {
namespace {

enum Part { true_count, reported_count, true_pupils, other_parts };

/// Counts establishments and pupils by group and by the exact set of benchmarks achieved;
/// everything a Tally holds about benchmarks follows from these.
class Histograms {
public:
    Histograms(Watch& watch, std::size_t groups) : bins_(watch.histogram) {
        for (std::size_t i = 0; i < groups * other_parts; ++i) bins_[i].fill(0);
    }
    void count(std::size_t group, Benchmarks truly, Benchmarks reported) {
        ++bins_[group * other_parts + true_count][truly];
        ++bins_[group * other_parts + reported_count][reported];
    }
    void count_pupils(std::size_t group, Benchmarks truly, std::uint32_t pupils) { bins_[group * other_parts + true_pupils][truly] += pupils; }
    void fill(std::size_t group, Tally& t) const {
        for (unsigned set = 0; set < 256; ++set) {
            const auto number = static_cast<unsigned>(std::popcount(set));
            const std::uint32_t truly = bins_[group * other_parts + true_count][set];
            const std::uint32_t reported = bins_[group * other_parts + reported_count][set];
            const std::uint32_t pupils = bins_[group * other_parts + true_pupils][set];
            if ((truly | reported) == 0) continue;
            t.establishments += truly;
            t.pupils += pupils;
            t.with_benchmarks[number] += truly;
            t.with_benchmarks_reported[number] += reported;
            t.reported_square += number * number * reported;
            for (unsigned b = 0; b < benchmark_count; ++b) {
                if ((set >> b & 1u) == 0) continue;
                t.achieving[b] += truly;
                t.achieving_reported[b] += reported;
                t.pupils_reached[b] += pupils;
            }
        }
    }

private:
    std::vector<std::array<std::uint32_t, 256>>& bins_;
};

constexpr unsigned start_levels[benchmark_count + 1] = {0, 1, 1, 2, 2, 3, 3, 3, 3};

void keep(Month month, std::size_t group, const Tally& t, Observations& seen) {
    seen.tally_month.push_back(month.index);
    seen.tally_group.push_back(static_cast<std::uint16_t>(group));
    seen.tallies.push_back(t);
}

/// One pass over the establishments for one grouping of `count` groups.
template <class GroupOf>
void tally_grouping(Month month, std::size_t first, std::size_t count, const GroupOf& group_of, World& world, bool whole) {
    const auto& s = world.establishments;
    const auto& who = world.population->establishments;
    Histograms histograms(*world.watch, count);
    std::vector<Tally>& room = world.watch->room;
    for (std::size_t g = 0; g < count; ++g) room[g] = Tally{};
    each_establishment(world, [&](EstablishmentId e) {
        const std::size_t g = group_of(e);
        histograms.count(g, s.achieved[e], s.achieved_reported[e]);
        if (!whole) return;
        histograms.count_pupils(g, s.achieved[e], who.pupils[e]);
        room[g].benchmarks_at_start += static_cast<std::uint32_t>(std::popcount(s.achieved_first[e]));
        room[g].items_done += static_cast<std::uint32_t>(std::popcount(s.done[e]));
        room[g].items_known += static_cast<std::uint32_t>(std::popcount(s.know_how[e]));
    });
    for (std::size_t g = 0; g < count; ++g) {
        histograms.fill(g, room[g]);
        keep(month, first + g, room[g], world.watch->seen);
    }
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
    const auto first = [&](Grouping g) { return static_cast<std::size_t>(groups.first[static_cast<std::size_t>(g)]); };
    const auto& s = world.establishments;
    tally_grouping(
        month, first(Grouping::status), 3, [&](EstablishmentId e) { return static_cast<std::size_t>(s.status[e]); }, world, every_group);
    keep_sum(month, first(Grouping::all), 3, world.watch->seen);
    if (!every_group) return;
    for (std::size_t g = static_cast<std::size_t>(Grouping::type); g <= static_cast<std::size_t>(Grouping::ofsted); ++g) {
        const std::size_t from = groups.first[g];
        const auto& of = groups.of[g];
        tally_grouping(
            month, from, groups.first[g + 1] - from, [&](EstablishmentId e) { return of[e.index] - from; }, world, true);
    }
    tally_grouping(
        month, first(Grouping::start_level), 4, [&](EstablishmentId e) { return start_levels[std::popcount(s.achieved_first[e])]; }, world, true);
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
