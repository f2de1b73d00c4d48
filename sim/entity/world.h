#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "sim/base/column.h"
#include "sim/base/deterministic_math.h"
#include "sim/base/normal_steps.h"
#include "sim/base/random.h"
#include "sim/base/shared_count.h"
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
        Benchmarks targets = 0;
        double work = 0;  ///< of an item, against a school of 1,000 pupils; 0 until it is worked out
        std::array<double, benchmark_count> of{};     ///< of an item the leader knows how to meet, by benchmark
        std::array<double, benchmark_count> up_to{};  ///< of all items of this and earlier benchmarks
    };
    struct Load {  ///< engage_employers: what an employer is asked for in a year
        std::uint32_t encounters, places;
    };
    static constexpr std::uint32_t empty_loads =
        64 * most_links;  ///< rows past the employers', for places that stand empty
    struct Fill {         ///< engage_employers: share of what it is asked for that an employer fills
        float encounters, places;
    };
    std::vector<Pace> pace;
    std::vector<Load> load;    // by employer, and rows for none
    std::vector<Fill> filled;  // by employer, and a last row for none
    struct Ranked {            ///< launch_hubs: an establishment's place in the order of a rule
        double rank;
        std::uint32_t row;
    };
    List<double> of_hub;                // whatever a process works out for each hub
    List<double> of_post;               // the same for each post of a coordinator
    std::vector<double> of_area;        // and for each area
    std::vector<Ranked> ranking;        // launch_hubs: an area's rows stand where its establishments do
    std::vector<std::uint32_t> ranked;  // launch_hubs: how many of each area have a place in it
    List<double> block_rank;            // launch_hubs: of each block of establishments, and next its area and size
    List<std::uint32_t> order, block;
    List<EstablishmentId> chosen;
    std::vector<std::uint32_t> asked;   // launch_hubs: new members of each area
    std::vector<std::uint32_t> wanted;  // engage_employers: pupils who want each kind of provider, by area
    std::uint32_t in_network = 0;       // account_costs
    std::uint32_t lead_days = 0;        // account_costs: hundredths of days a year that Lead Schools give
    std::uint32_t applicants = 0;       // train_leaders: who would start this month

    void each(auto&& stored) {
        stored(pace), stored(load), stored(filled), stored(wanted), stored(asked), stored(ranking), stored(ranked),
            stored(of_area);
        stored(of_hub), stored(of_post), stored(block_rank), stored(order), stored(block), stored(chosen);
    }
};

struct Watch;

/// The whole state of one replicate under one plan. Copyable: a start serves many plans.
struct World {
    const Population* population = nullptr;
    const Framework* framework = nullptr;
    const Plan* plan = nullptr;
    Journal* journal = nullptr;  ///< where causes are kept, if anywhere
    Watch* watch = nullptr;      ///< where observations are kept, if anywhere
    const NormalSteps* normal_steps = &NormalSteps::get();
    Calendar calendar;              ///< of month 0, which may lie before the run: `first_month`
    double grant_before = 0, wallet_before = 0;  ///< GBP, of the plan of a history: who joined in it was given these
    std::uint16_t first_month = 0;  ///< months lived when the run begins; plans and observations count from it

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
    void did(Activity a, std::uint32_t times = 1) { add_to(activity[static_cast<std::size_t>(a)], times); }
    void pay(CostLine line, double gbp) {
        costs[static_cast<std::size_t>(line)] += static_cast<std::int64_t>(gbp * 100.0 + 0.5);
    }
    void note(Month month, Change change, EstablishmentId at, Cause cause = Cause::none,
              EstablishmentId source = EstablishmentId::none(), unsigned item = 0xff) {
#ifndef __CUDA_ARCH__  // no journal is kept on a graphics card
        if (journal != nullptr)
            journal->events.push_back({since_start(month), change, cause, at, source, static_cast<std::uint8_t>(item)});
#else
        (void)month, (void)change, (void)at, (void)cause, (void)source, (void)item;
#endif
    }
    /// The month as plans and observations count it: 0 is the first of the run.
    Month since_start(Month now) const { return {static_cast<std::uint16_t>(now.index - first_month)}; }
    bool supported(const HubRow& hub, Month now) const {
        return hub.count > 0 && now.index < hub.launched + plan->support_years * 12.0;
    }
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
    /// A hub member's part of its coordinator's help, against an even one: more for those that report fewer benchmarks.
    /// Sums to the members, so that nothing is given twice. `aim`: more for each benchmark below the hub's average.
    double aimed(EstablishmentId e, double aim) const {
        const HubRow& hub = hubs.rows[establishments.hub[e].index];
        return 1.0 + aim * (hub.reported - std::popcount(establishments.achieved_reported[e]));
    }
    void drop_link(EstablishmentId e, unsigned place) {
        auto& links = establishments.links[e];
        links[place] = links[--establishments.link_count[e]];
        links[establishments.link_count[e]] = EmployerId::none();
    }
    /// Months since the establishment took its present status.
    int months_in_status(EstablishmentId e, Month now) const {
        return static_cast<int>(now.index) - establishments.status_since[e];
    }
    /// Member of a hub whose support goes on.
    bool in_supported_hub(EstablishmentId e, Month now) const {
        return establishments.status[e] == Status::hub && supported(hubs.rows[establishments.hub[e].index], now);
    }
};

/// Posts of coordinators for so many establishments.
inline std::uint32_t posts_for(std::uint32_t establishments, double caseload) {
    return std::max(1u, static_cast<std::uint32_t>(establishments / caseload + 0.9999));
}

/// The post outside hubs that serves an establishment: neighbours in the list of their area share one.
inline std::uint32_t post_of_area(EstablishmentId e, const Population& population) {
    const AreaRow& area = population.areas[population.establishments.area[e].index];
    return area.first_post +
           static_cast<std::uint32_t>(std::uint64_t{e.index - area.first} * area.posts / area.establishments);
}

/// Puts a coordinator's post in the middle of those it serves.
inline void place_post(std::uint32_t post, const EstablishmentId* served, std::uint32_t count, World& world) {
    const auto& who = world.population->establishments;
    std::int64_t x = 0, y = 0;
    for (std::uint32_t i = 0; i < count; ++i) x += who.easting[served[i]], y += who.northing[served[i]];
    if (count == 0) return;
    world.hubs.coordinators[post].easting = static_cast<std::int32_t>(x / count);
    world.hubs.coordinators[post].northing = static_cast<std::int32_t>(y / count);
}

/// Share of its coordinator's help that travel leaves to an establishment: exp(-distance / reach).
inline float reach_of(EstablishmentId e, const World& world, double reach_km) {
    const Coordinator& post = world.hubs.coordinators[world.establishments.coordinator[e]];
    const double dx = static_cast<double>(world.population->establishments.easting[e]) - post.easting;
    const double dy = static_cast<double>(world.population->establishments.northing[e]) - post.northing;
    return static_cast<float>(exponential(-__builtin_sqrt(dx * dx + dy * dy) / 1000.0 / reach_km));
}

/// Calls `stored(name, column or list)` for every state variable of the world. A new column is one line here.
void each_stored(World& world, auto&& stored) {
    auto& e = world.establishments;
    auto& l = world.leaders;
    stored("establishments.done", e.done);
    stored("establishments.know_how", e.know_how);
    stored("establishments.reported", e.reported);
    stored("establishments.achieved", e.achieved);
    stored("establishments.achieved_reported", e.achieved_reported);
    stored("establishments.achieved_first", e.achieved_first);
    stored("establishments.returned", e.returned);
    stored("establishments.award_until", e.award_until);
    stored("establishments.nearly", e.nearly);
    stored("establishments.slt_support", e.slt_support);
    stored("establishments.status", e.status);
    stored("establishments.status_since", e.status_since);
    stored("establishments.backed_since", e.backed_since);
    stored("establishments.hub", e.hub);
    stored("establishments.group", e.group);
    stored("establishments.lead", e.lead);
    stored("establishments.buddy", e.buddy);
    stored("establishments.leads", e.leads);
    stored("establishments.coordinator", e.coordinator);
    stored("establishments.reach", e.reach);
    stored("establishments.adviser", e.adviser);
    stored("establishments.targets", e.targets);
    stored("establishments.wallet", e.wallet);
    stored("establishments.attendance", e.attendance);
    stored("establishments.links", e.links);
    stored("establishments.link_count", e.link_count);
    stored("establishments.offer", e.offer);
    stored("establishments.encounters", e.encounters);
    stored("establishments.places", e.places);
    stored("leaders.hours_per_week", l.hours_per_week);
    stored("leaders.openness", l.openness);
    stored("leaders.since", l.since);
    stored("leaders.leaves_in", l.leaves_in);
    stored("leaders.senior_leaves_in", l.senior_leaves_in);
    stored("leaders.trained", l.trained);
    stored("leaders.training_left", l.training_left);
    stored("leaders.meetings", l.meetings);
    stored("employers.cornerstone", world.employers.cornerstone);
    stored("employers.encounter_load", world.employers.encounter_load);
    stored("employers.place_load", world.employers.place_load);
    stored("areas.has_hub", world.areas.has_hub);
    stored("areas.provision", world.areas.provision);
    stored("areas.answered", world.areas.answered);
    stored("ties.total", world.tied);
    stored("ties.strength", world.ties);
    stored("hubs.rows", world.hubs.rows);
    stored("hubs.groups", world.hubs.groups);
    stored("hubs.members", world.hubs.members);
    stored("hubs.coordinators", world.hubs.coordinators);
}

/// Calls `column(name, values, count)` for the same and for the month's counts: for fingerprints and for
/// the tests that speak of all columns.
void each_column(World& world, auto&& column) {
    each_stored(world, [&](const char* name, auto& values) { column(name, values.data(), values.size()); });
    column("activity", world.activity.data(), world.activity.size());
    column("costs", world.costs.data(), world.costs.size());
}

/// One month of one process: when it is, and whose luck.
struct Moment {
    Month month;
    Luck luck;
};

}  // namespace hubs
