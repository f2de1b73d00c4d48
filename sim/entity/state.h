#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/enum_words.h"
#include "sim/base/column.h"
#include "sim/base/list.h"
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
    Column<Establishment, std::int16_t> award_until;   ///< month in which its quality award ends; before_start if none
    Column<Establishment, Benchmarks> nearly;          ///< benchmarks that return shows one or two items short
    Column<Establishment, float> slt_support;          ///< senior leaders' support, 0 to 1
    Column<Establishment, Status> status;
    Column<Establishment, std::int16_t> status_since;  ///< month it took that status
    Column<Establishment, std::int16_t> backed_since;  ///< month since when it has been in the network or a hub
    Column<Establishment, HubId> hub;
    Column<Establishment, std::uint32_t> group;   ///< meeting group, index into Hubs::groups
    Column<Establishment, EstablishmentId> lead;  ///< the Lead School that serves it
    Column<Establishment, EstablishmentId> buddy;
    Column<Establishment, std::uint16_t> leads;        ///< of a Lead School 1 more than the members it serves; else 0
    Column<Establishment, std::uint32_t> coordinator;  ///< the post that serves it, in Hubs::coordinators
    Column<Establishment, float> reach;                ///< share of that post's help that travel leaves
    Column<Establishment, std::uint8_t> adviser;       ///< Enterprise Advisers it has
    Column<Establishment, Benchmarks> targets;         ///< benchmarks that its hub agreed to work on first
    Column<Establishment, std::uint8_t> wallet;        ///< 1 if it was given a virtual wallet
    Column<Establishment, Attendance> attendance;      ///< at this month's meeting
    Column<Establishment, std::array<EmployerId, most_links>> links;  ///< employers it works with
    Column<Establishment, std::uint8_t> link_count;
    Column<Establishment, EmployerId> offer;  ///< an employer a colleague passed on
    Column<Establishment, float> encounters;  ///< share of its need for employer encounters that is met
    Column<Establishment, float> places;      ///< share of its need for workplace places that is met
};

/// Careers Leaders, one per establishment: state variables.
struct CareersLeaderState {
    Column<Establishment, float> hours_per_week;
    Column<Establishment, std::uint8_t> openness;  ///< willingness to share at joining, of 255
    Column<Establishment, std::int16_t> since;     ///< month the leader took the post
    Column<Establishment, std::uint8_t>
        leaves_in;  ///< month of this academic year in which the post falls vacant; 0 = none
    Column<Establishment, std::uint8_t> senior_leaves_in;  ///< the same for the head
    Column<Establishment, std::uint8_t> trained;
    Column<Establishment, std::uint8_t> training_left;  ///< months of training to come
    Column<Establishment, std::uint8_t> meetings;       ///< hub meetings this leader engaged in, 255 at most
};

struct MeetingGroup {
    std::uint32_t first = 0, count = 0;  ///< its members, in Hubs::members
    HubId hub;
    EstablishmentId host = EstablishmentId::none();  ///< this month's host, if it meets
};

/// Members of a steering group, by whom they speak for.
enum class Seats : std::uint8_t { employers, authorities, providers };

struct HubRow {
    AreaId area;
    std::uint32_t first = 0, count = 0;  ///< its members, in Hubs::members
    std::uint16_t launched = 0;
    std::uint16_t joined = no_month;    ///< the last month in which members joined
    std::uint16_t leads = 0;            ///< Lead Schools
    std::int16_t lead_since = 0;        ///< month the Hub Lead takes the post; in the future while it is vacant
    float lead_skill = 0;               ///< Hub Lead, 0 to 1
    float led = 0;                      ///< what of it reaches each member this month: 0 while the post is vacant
    std::array<float, 3> steering{};    ///< how far its steering group acts, 0 to 1: employers, authorities, providers
    float reported = 0;                 ///< benchmarks its members reported on average when targets were last set
    std::uint32_t targets = 0;          ///< benchmarks it works on first
    std::uint32_t changed = no_month;   ///< the last month in which members came or went
    std::uint32_t founder = 0;          ///< address of its first member, which addresses its luck
    std::uint32_t wallets = 0;          ///< given in the month `joined`
    std::uint32_t listed = 0;           ///< its number in a list of memberships; 0 if in none
    HubId merged_into = HubId::none();  ///< the hub that its members went to
    static constexpr std::uint16_t no_month = 0xffff;

    double steered_by(Seats kind) const { return steering[static_cast<unsigned>(kind)]; }
};

/// A post of Enterprise Coordinator: in a hub, or of an area outside hubs.
struct Coordinator {
    HubId hub = HubId::none();
    std::uint32_t agent = 0;                 ///< addresses its luck, with its number
    float skill = 0;                         ///< 0 to 1
    std::int16_t since = before_start;       ///< month its holder took it after another had left
    std::uint16_t number = 0;                ///< within the hub or area
    std::int32_t easting = 0, northing = 0;  ///< metres: the middle of those it serves
};

/// Hubs that have been launched. Rows are added by launch_hubs and never removed; one without members is closed.
struct Hubs {
    List<HubRow> rows;
    List<MeetingGroup> groups;
    List<EstablishmentId> members;   ///< members of a group stand together, groups of a hub too
    List<Coordinator> coordinators;  ///< first those of areas, then of hubs as they come
};

/// Employers: state variables.
struct EmployerState {
    Column<Employer, std::uint8_t> cornerstone;
    Column<Employer, std::uint32_t> encounter_load;  ///< pupil encounters asked of it, per year
    Column<Employer, std::uint32_t> place_load;      ///< workplace places asked of it, per year
};

/// Local enterprise areas: state variables.
struct AreaState {
    Column<Area, std::uint8_t> has_hub;
    Column<Area, std::array<float, provider_kinds>> provision;  ///< share of need met, by kind of provider
    Column<Area, std::array<float, provider_kinds>> answered;   ///< capacity against the start, as demand was answered
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
    assessed,
    count
};
inline constexpr std::size_t activity_count = static_cast<std::size_t>(Activity::count);
template <>
struct WordsOf<Activity> {
    static constexpr std::array<std::string_view, activity_count> all{
        "meetings",       "attendances",  "engaged",      "contacts",      "lead_visits",       "items_learnt",
        "items_finished", "items_lapsed", "leaders_left", "know_how_lost", "trainings_started", "trainings_ended",
        "links_made",     "returns",      "joined",       "assessed"};
};
static_assert(every_value_has_a_word<Activity>());

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
    steering_group,
    release_days,
    leader_time,
    peer_review,
    awards,
    count
};
inline constexpr std::size_t cost_line_count = static_cast<std::size_t>(CostLine::count);

/// A line of cost: its name in files, what people call it, and who pays.
struct CostLineWords {
    std::string_view name, label, payer;
};
inline constexpr std::array<CostLineWords, cost_line_count> cost_lines{{
    {"hub_lead", "Hub Leads", "programme"},
    {"hub_coordinators", "Enterprise Coordinators in hubs", "programme and local partners"},
    {"network_coordinators", "Enterprise Coordinators outside hubs", "programme and local partners"},
    {"hub_fund", "Central Hub Fund", "programme"},
    {"wallet", "Virtual wallets", "programme"},
    {"grant", "Grants", "programme"},
    {"training", "Careers Leader training", "programme"},
    {"lead_allowance", "Lead School allowance", "programme"},
    {"cornerstone", "Cornerstone Employers", "programme"},
    {"steering_group", "Steering group members' time", "local partners"},
    {"release_days", "Lead School release days", "schools"},
    {"leader_time", "Careers Leaders' time at meetings", "schools"},
    {"peer_review", "Peer reviews", "schools"},
    {"awards", "Quality awards", "schools"},
}};
template <>
struct WordsOf<CostLine> {
    static constexpr auto all = [] {
        std::array<std::string_view, cost_line_count> names{};
        for (std::size_t i = 0; i < cost_line_count; ++i) names[i] = cost_lines[i].name;
        return names;
    }();
};
static_assert(every_value_has_a_word<CostLine>() && !cost_lines.back().payer.empty());

}  // namespace hubs
