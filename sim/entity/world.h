#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/column.h"
#include "sim/base/random.h"
#include "sim/entity/journal.h"
#include "sim/entity/plan.h"
#include "sim/entity/population.h"

namespace hubs {

enum class Status : std::uint8_t { none, network, hub };  ///< outside, Enterprise Adviser Network, Careers Hub
enum class Attendance : std::uint8_t { absent, present, engaged };

inline constexpr unsigned most_links = 8;  ///< employers one establishment works with

/// Establishments: state variables.
struct EstablishmentState {
    Column<Establishment, Items> done;           ///< items truly met
    Column<Establishment, Items> know_how;       ///< items the leader knows how to meet
    Column<Establishment, Items> reported;       ///< items in the last Compass return
    Column<Establishment, Benchmarks> achieved;  ///< benchmarks truly achieved
    Column<Establishment, Benchmarks> achieved_reported;
    Column<Establishment, Benchmarks> achieved_first;  ///< benchmarks in the first return
    Column<Establishment, std::int16_t> returned;      ///< month of the last return
    Column<Establishment, Benchmarks> nearly;          ///< benchmarks that return shows one or two items short
    Column<Establishment, float> slt_support;          ///< senior leaders' support, 0 to 1
    Column<Establishment, Status> status;
    Column<Establishment, std::int16_t> status_since;  ///< month it took that status
    Column<Establishment, HubId> hub;
    Column<Establishment, std::uint32_t> group;   ///< meeting group, index into Hubs::groups
    Column<Establishment, EstablishmentId> lead;  ///< the Lead School that serves it
    Column<Establishment, EstablishmentId> buddy;
    Column<Establishment, std::uint8_t> leads;                        ///< 1 if it is a Lead School
    Column<Establishment, std::uint8_t> adviser;                      ///< 1 if it has an Enterprise Adviser
    Column<Establishment, std::uint8_t> wallet;                       ///< 1 if it was given a virtual wallet
    Column<Establishment, Attendance> attendance;                     ///< at this month's meeting
    Column<Establishment, std::array<EmployerId, most_links>> links;  ///< employers it works with
    Column<Establishment, std::uint8_t> link_count;
    Column<Establishment, EmployerId> offer;  ///< an employer a colleague passed on
    Column<Establishment, float> encounters;  ///< share of its need for employer encounters that is met
    Column<Establishment, float> places;      ///< share of its need for workplace places that is met
};

/// Careers Leaders, one per establishment: state variables.
struct CareersLeaderState {
    Column<Establishment, float> hours_per_week;
    Column<Establishment, std::uint8_t> openness;          ///< willingness to share at joining, of 255
    Column<Establishment, std::int16_t> since;             ///< month the leader took the post
    Column<Establishment, std::uint8_t> leaves_in;         ///< month of this academic year in which the post falls vacant; 0 = none
    Column<Establishment, std::uint8_t> senior_leaves_in;  ///< the same for the head
    Column<Establishment, std::uint8_t> trained;
    Column<Establishment, std::uint8_t> training_left;  ///< months of training to come
};

struct MeetingGroup {
    std::uint32_t first = 0, count = 0;  ///< its members, in Hubs::members
    HubId hub;
    EstablishmentId host = EstablishmentId::none();  ///< this month's host, if it meets
};

struct HubRow {
    AreaId area;
    std::uint32_t first = 0, count = 0;  ///< its members, in Hubs::members
    std::uint16_t launched = 0;
    std::uint16_t leads = 0;
    float lead_skill = 0;         ///< Hub Lead, 0 to 1
    float coordinator_skill = 0;  ///< its Enterprise Coordinators, 0 to 1
    std::uint32_t wallets = 0;
};

/// Hubs that have been launched. Rows are added by launch_hubs and never removed.
struct Hubs {
    std::vector<HubRow> rows;
    std::vector<MeetingGroup> groups;
    std::vector<EstablishmentId> members;  ///< members of a group stand together, groups of a hub too
};

/// Employers: state variables.
struct EmployerState {
    Column<Employer, std::uint8_t> cornerstone;
    Column<Employer, std::uint32_t> encounter_load;  ///< pupil encounters asked of it, per year
    Column<Employer, std::uint32_t> place_load;      ///< workplace places asked of it, per year
};

/// Local enterprise areas: state variables.
struct AreaState {
    Column<Area, float> coordinator_skill;  ///< coordinators outside hubs, 0 to 1
    Column<Area, std::uint8_t> has_hub;
    Column<Area, std::array<float, provider_kinds>> provision;  ///< share of need met, by kind of provider
};

/// What happened this month, in whole numbers.
enum class Activity : std::uint8_t {
    meetings,
    attendances,
    engaged,
    contacts,
    lead_visits,
    items_learnt,
    items_finished,
    items_lapsed,
    leaders_left,
    know_how_lost,
    trainings_started,
    trainings_ended,
    links_made,
    returns,
    joined,
    count
};
inline constexpr std::size_t activity_count = static_cast<std::size_t>(Activity::count);

/// Where money goes. Pence, so that sums do not depend on order.
enum class CostLine : std::uint8_t {
    hub_lead,
    hub_coordinators,
    network_coordinators,
    hub_fund,
    wallet,
    grant,
    training,
    lead_allowance,
    cornerstone,
    release_days,
    leader_time,
    peer_review,
    count
};
inline constexpr std::size_t cost_line_count = static_cast<std::size_t>(CostLine::count);

/// Things a process needs room for; nothing of the model's state.
struct Scratch {
    struct Pace {  ///< improve_provision: rates per hour, and what they were worked out for
        Items undone = 0, known = 0;
        Benchmarks nearly = 0;
        Status status = Status::none;
        double sum = 0;  ///< over all items
        std::array<float, benchmark_count> of{};
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
    std::vector<std::uint16_t> ties;              ///< strength of each possible tie, of 65535
    Column<Establishment, std::uint32_t> tied;    ///< sum of the strengths of its ties
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
