#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/column.h"
#include "sim/base/random.h"
#include "sim/entity/journal.h"
#include "sim/entity/plan.h"
#include "sim/entity/population.h"
#include "sim/entity/state.h"

namespace hubs {

/// Things a process needs room for; nothing of the model's state.
struct Scratch {
    struct Pace {  ///< improve_provision: rates per hour, and what they were worked out for
        Items undone = 0, known = 0;
        Benchmarks nearly = 0;
        Status status = Status::none;
        std::array<double, benchmark_count> of{};     ///< of an item the leader knows how to meet, by benchmark
        std::array<double, benchmark_count> up_to{};  ///< of all items of this and earlier benchmarks
    };
    struct Load {  ///< engage_employers: what an employer is asked for in a year
        std::uint32_t encounters, places;
    };
    struct Fill {  ///< engage_employers: share of what it is asked for that an employer fills
        float encounters, places;
    };
    std::vector<Pace> pace;
    std::vector<Load> load;      // by employer, and a last row for none
    std::vector<Fill> filled;    // the same
    std::vector<double> of_hub;  // whatever a process works out for each hub
    std::vector<std::pair<double, std::uint32_t>> ranking;
    std::vector<std::uint32_t> order, block;
    std::vector<EstablishmentId> chosen;
    std::vector<double> area_demand;
};

struct Watch;

/// The whole state of one replicate under one plan. Copyable: a start serves many plans.
struct World {
    const Population* population = nullptr;
    const Framework* framework = nullptr;
    const Plan* plan = nullptr;
    Journal* journal = nullptr;  ///< where causes are kept, if anywhere
    Watch* watch = nullptr;      ///< where observations are kept, if anywhere
    Calendar calendar;

    EstablishmentState establishments;
    CareersLeaderState leaders;
    Hubs hubs;
    EmployerState employers;
    AreaState areas;
    std::vector<std::uint16_t> ties;            ///< strength of each possible tie, of 65535
    Column<Establishment, std::uint32_t> tied;  ///< sum of the strengths of its ties
    std::array<std::uint32_t, activity_count> activity{};
    std::array<std::int64_t, cost_line_count> costs{};
    Scratch scratch;

    std::uint32_t count() const { return population->establishments.count(); }
    void did(Activity a, std::uint32_t times = 1) { activity[static_cast<std::size_t>(a)] += times; }
    void pay(CostLine line, double gbp) { costs[static_cast<std::size_t>(line)] += static_cast<std::int64_t>(gbp * 100.0 + 0.5); }
    void note(Month month, Change change, EstablishmentId at, Cause cause = Cause::none, EstablishmentId source = EstablishmentId::none(),
              unsigned item = 0xff) {
        if (journal != nullptr) journal->events.push_back({month, change, cause, at, source, static_cast<std::uint8_t>(item)});
    }
    bool supported(const HubRow& hub, Month now) const { return now.index < hub.launched + plan->support_years * 12.0; }
    /// Share of the establishment's need for a kind of supply that is met, 0 to 1.
    double supply(EstablishmentId e, Supply kind) const {
        switch (kind) {
            case Supply::none:
                return 1.0;
            case Supply::encounters:
                return establishments.encounters[e];
            case Supply::places:
                return establishments.places[e];
            default:
                break;
        }
        return areas.provision[population->establishments.area[e]][static_cast<unsigned>(kind) - first_provider];
    }
    /// Months since the establishment took its present status.
    int months_in_status(EstablishmentId e, Month now) const { return static_cast<int>(now.index) - establishments.status_since[e]; }
};

/// Calls `column(name, values, count)` for every state variable: for fingerprints and for
/// the tests that speak of all columns. A new column is one line here.
void each_column(World& world, auto&& column) {
    auto& e = world.establishments;
    auto& l = world.leaders;
    const auto visit = [&](const char* name, auto& values) { column(name, values.data(), values.count()); };
    visit("establishments.done", e.done);
    visit("establishments.know_how", e.know_how);
    visit("establishments.reported", e.reported);
    visit("establishments.achieved", e.achieved);
    visit("establishments.achieved_reported", e.achieved_reported);
    visit("establishments.achieved_first", e.achieved_first);
    visit("establishments.returned", e.returned);
    visit("establishments.nearly", e.nearly);
    visit("establishments.slt_support", e.slt_support);
    visit("establishments.status", e.status);
    visit("establishments.status_since", e.status_since);
    visit("establishments.hub", e.hub);
    visit("establishments.group", e.group);
    visit("establishments.lead", e.lead);
    visit("establishments.buddy", e.buddy);
    visit("establishments.leads", e.leads);
    visit("establishments.adviser", e.adviser);
    visit("establishments.wallet", e.wallet);
    visit("establishments.attendance", e.attendance);
    visit("establishments.links", e.links);
    visit("establishments.link_count", e.link_count);
    visit("establishments.offer", e.offer);
    visit("establishments.encounters", e.encounters);
    visit("establishments.places", e.places);
    visit("leaders.hours_per_week", l.hours_per_week);
    visit("leaders.openness", l.openness);
    visit("leaders.since", l.since);
    visit("leaders.leaves_in", l.leaves_in);
    visit("leaders.senior_leaves_in", l.senior_leaves_in);
    visit("leaders.trained", l.trained);
    visit("leaders.training_left", l.training_left);
    visit("employers.cornerstone", world.employers.cornerstone);
    visit("employers.encounter_load", world.employers.encounter_load);
    visit("employers.place_load", world.employers.place_load);
    visit("areas.coordinator_skill", world.areas.coordinator_skill);
    visit("areas.has_hub", world.areas.has_hub);
    visit("areas.provision", world.areas.provision);
    visit("ties.total", world.tied);
    column("ties.strength", world.ties.data(), world.ties.size());
    column("hubs.rows", world.hubs.rows.data(), world.hubs.rows.size());
    column("hubs.groups", world.hubs.groups.data(), world.hubs.groups.size());
    column("hubs.members", world.hubs.members.data(), world.hubs.members.size());
    column("activity", world.activity.data(), world.activity.size());
    column("costs", world.costs.data(), world.costs.size());
}

/// One month of one process: when it is, and whose luck.
struct Moment {
    Month month;
    Luck luck;
};

/// Visits every establishment in row order; rows do not depend on one another.
template <class F>
inline void each_establishment(const World& world, F&& f) {
    const std::uint32_t n = world.count();
    for (std::uint32_t i = 0; i < n; ++i) f(EstablishmentId{i});
}

/// The same in blocks, with one draw of luck for each: f(establishment, words).
template <class F>
inline void each_establishment_with_words(const World& world, const Luck& luck, std::uint32_t draw, F&& f) {
    const std::uint32_t* addresses = world.population->establishments.address.data();
    const std::uint32_t n = world.count();
    BlockWords words;
    for (std::uint32_t first = 0; first < n; first += luck_block) {
        const std::uint32_t here = n - first < luck_block ? n - first : static_cast<std::uint32_t>(luck_block);
        luck.block(addresses + first, here, draw, words);
        for (std::uint32_t i = 0; i < here; ++i) f(EstablishmentId{first + i}, Words{words[0][i], words[1][i], words[2][i], words[3][i]});
    }
}

/// f(establishment, words, more) where test(establishment, words) holds; `more` is another draw,
/// made for those only. A test is a coin toss to the processor, so it is made for a whole block
/// before f is called; let it have no branch itself.
template <class Test, class F>
inline void each_establishment_where(const World& world, const Luck& luck, std::uint32_t draw, std::uint32_t another, Test&& test, F&& f) {
    const std::uint32_t* addresses = world.population->establishments.address.data();
    const std::uint32_t n = world.count();
    BlockWords words, more;
    std::array<std::uint32_t, luck_block> chosen, agents;
    const auto word = [](const BlockWords& w, std::uint32_t i) { return Words{w[0][i], w[1][i], w[2][i], w[3][i]}; };
    for (std::uint32_t first = 0; first < n; first += luck_block) {
        const std::uint32_t here = n - first < luck_block ? n - first : static_cast<std::uint32_t>(luck_block);
        luck.block(addresses + first, here, draw, words);
        std::uint32_t count = 0;
        for (std::uint32_t i = 0; i < here; ++i) {
            chosen[count] = i;
            agents[count] = addresses[first + i];
            count += test(EstablishmentId{first + i}, word(words, i)) ? 1u : 0u;
        }
        if (another != draw) luck.block(agents.data(), count, another, more);
        for (std::uint32_t c = 0; c < count; ++c) f(EstablishmentId{first + chosen[c]}, word(words, chosen[c]), word(another != draw ? more : words, c));
    }
}

/// The same with one draw: f(establishment, words).
template <class Test, class F>
inline void each_establishment_where(const World& world, const Luck& luck, std::uint32_t draw, Test&& test, F&& f) {
    each_establishment_where(world, luck, draw, draw, test, [&](EstablishmentId e, const Words& words, const Words&) { f(e, words); });
}

/// The same without luck: f(establishment) where test(establishment) holds.
template <class Test, class F>
inline void each_establishment_where(const World& world, Test&& test, F&& f) {
    const std::uint32_t n = world.count();
    std::array<std::uint32_t, luck_block> chosen;
    for (std::uint32_t first = 0; first < n; first += luck_block) {
        const std::uint32_t end = n - first < luck_block ? n : first + static_cast<std::uint32_t>(luck_block);
        std::uint32_t count = 0;
        for (std::uint32_t i = first; i < end; ++i) {
            chosen[count] = i;
            count += test(EstablishmentId{i}) ? 1u : 0u;
        }
        for (std::uint32_t c = 0; c < count; ++c) f(EstablishmentId{chosen[c]});
    }
}

}  // namespace hubs
