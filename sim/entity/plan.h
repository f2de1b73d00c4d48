#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/field.h"
#include "sim/base/items.h"

namespace hubs {

/// Who is offered a place first.
enum class Allocation : std::uint8_t { by_area, lowest_attainment, highest_fsm, rural, volunteers, lottery, as_listed };
inline constexpr std::array<std::string_view, 7> allocation_words{
    "by_area", "lowest_attainment", "highest_fsm", "rural", "volunteers", "lottery", "as_listed"};
/// How a hub's meetings are made up.
enum class Format : std::uint8_t { whole_hub, clusters_by_place, clusters_by_type };
inline constexpr std::array<std::string_view, 3> format_words{"whole_hub", "clusters_by_place", "clusters_by_type"};

/// What a wave does.
enum class WaveAction : std::uint8_t {
    form_hubs,   ///< who is chosen forms new hubs
    join_hubs,   ///< who is chosen joins the nearest supported hub of the area; a new one where there is none
    merge_hubs,  ///< the supported hubs of each area become one, the oldest
    close_hubs,  ///< members of the areas' hubs go back to the Enterprise Adviser Network
    leave        ///< members of a list go back to the network
};
inline constexpr std::array<std::string_view, 5> wave_action_words{"form_hubs", "join_hubs", "merge_hubs", "close_hubs",
                                                                   "leave"};

struct AreaShare {
    std::uint32_t area = 0;
    std::uint32_t members = 0;

    bool operator==(const AreaShare&) const = default;
};

/// What happens to hubs in one month.
struct Wave {
    std::uint16_t month = 0;  ///< step of the run
    WaveAction action = WaveAction::form_hubs;
    Allocation rule = Allocation::by_area;
    std::uint32_t members = 0;             ///< new members in all, with a rule for the whole country
    std::vector<AreaShare> areas;          ///< with by_area: who gets how many; of hubs that merge or close: where
    std::vector<std::uint32_t> addresses;  ///< with as_listed: the members of one hub, in rising order
    std::uint32_t listed = 0;              ///< with as_listed: which hub of the list, from 1
    Allocation within = Allocation::volunteers;  ///< with by_area: who of an area is offered a place first
    std::uint32_t at_most = 8;                   ///< only establishments that report at most so many benchmarks

    bool leaving() const { return action == WaveAction::leave || action == WaveAction::close_hubs; }
    bool joins() const { return action == WaveAction::form_hubs || action == WaveAction::join_hubs; }
    bool operator==(const Wave&) const = default;
};

/// For experiments: one establishment stays away from one month's meeting.
struct Absence {
    std::uint32_t address = 0;
    std::uint16_t month = 0;

    bool operator==(const Absence&) const = default;
};

inline constexpr double teaching_weeks = 39;    ///< of a year
inline constexpr double release_day_hours = 7;  ///< a teacher's day

/// What a policy team can choose. Units are in the names or in the fields.
struct Plan {
    std::string name;
    std::string description;
    std::vector<Wave> waves;
    std::vector<Absence> absences;

    double hub_size = 33;
    double meetings_per_year = 6;
    Format format = Format::whole_hub;
    double cluster_size = 11;
    double sessions_per_meeting = 1;
    bool host_rotates = true;
    bool buddies = true;
    double lead_schools_per_hub = 1;
    double lead_release_days = 20;
    double lead_allowance_gbp = 0;
    double schools_per_coordinator = 15;
    double network_schools_per_coordinator = 18;
    double aim_at_lowest = 0;
    double adviser_coverage = 0.82;
    double advisers_per_school = 1;
    double hub_targets = 2;
    double training_share = 0.31;
    double training_places = 1300;
    double fund_gbp_per_school = 1000;
    double fund_activity_share = 0.75;
    double wallet_share = 0.5;
    double wallet_gbp = 7000;
    double grant_gbp_per_school = 0;
    double cornerstones_per_hub = 5;
    double steering_alignment = 0.5;
    double steering_employers = 4;
    double steering_authorities = 2;
    double steering_providers = 2;
    bool peer_review = false;
    double award_encouragement = 1;
    double leader_turnover = 1;
    double places_asked = 1;
    double broadcast = 0;
    double support_years = 40;
    std::array<bool, benchmark_count> priority{};  ///< the area's own priority benchmarks

    bool operator==(const Plan&) const = default;

    /// Days a year that a Lead School's own leader gives to others: as released, as far as the leader's hours go.
    /// Example: 20 days are 140 hours, 3.6 a week; a leader with 2 hours a week gives 11.1 days.
    double own_release_days(double hours_per_week) const {
        const double most = hours_per_week * (teaching_weeks / release_day_hours);
        return most < lead_release_days ? most : lead_release_days;
    }

    static void describe(auto&& field, auto& p) {
        using F = Field;
        field(F{"hub_size", "members per hub", 5, 200, "members of one hub", "S091: most hubs 20 to 40; 736/22", 4,
                Use::lever},
              p.hub_size);
        field(F{"meetings_per_year", "meetings per year", 0, 11,
                "hub meetings a year; 11 is one in every month but August", "S096: 3 to 6", 4, Use::lever},
              p.meetings_per_year);
        field(Choice{"format", "who sits together at a meeting", "001 lines 636-656"}, format_words, p.format);
        field(F{"cluster_size", "members per cluster", 3, 60, "members of a cluster, with clusters by place",
                "assumed; 001 line 656", 1, Use::lever},
              p.cluster_size);
        field(F{"sessions_per_meeting", "sessions", 1, 4, "times the same session is run, for leaders who missed one",
                "001 line 656", 2, Use::lever},
              p.sessions_per_meeting);
        field(Choice{"host_rotates", "each meeting is held and opened by another member; otherwise by a Lead School",
                     "001 line 640"},
              p.host_rotates);
        field(Choice{"buddies", "members of opposite strengths are paired", "001 line 640"}, p.buddies);
        field(F{"lead_schools_per_hub", "Lead Schools per hub", 0, 10, "establishments that help the others",
                "S094: one or more", 4, Use::lever},
              p.lead_schools_per_hub);
        field(F{"lead_release_days", "days per Lead School per year", 0, 200, "days a Lead School can give to others",
                "assumed; 001 line 676 says time is the limit", 1, Use::lever},
              p.lead_release_days);
        field(F{"lead_allowance_gbp", "GBP per Lead School per year", 0, 50000,
                "allowance paid to a Lead School; buys release days", "001 line 676: some hubs pay one", 1, Use::lever},
              p.lead_allowance_gbp);
        field(F{"schools_per_coordinator", "establishments per Enterprise Coordinator in a hub", 3, 100,
                "caseload of a hub's coordinators", "S092: 15", 4, Use::lever},
              p.schools_per_coordinator);
        field(F{"network_schools_per_coordinator", "establishments per Enterprise Coordinator outside hubs", 3, 100,
                "caseload in the Enterprise Adviser Network", "W036: 17.6; W037: to 25", 4, Use::lever},
              p.network_schools_per_coordinator);
        field(F{"aim_at_lowest", "0 to 1", 0, 1,
                "how far a hub's coordinators help most those that report fewest benchmarks; 0 is evenly",
                "001 line 381: targets for extending membership and progress; scale assumed", 1, Use::lever},
              p.aim_at_lowest);
        field(F{"adviser_coverage", "share of members", 0, 1, "members matched with an Enterprise Adviser",
                "W036: 3600/4400; W035, W038", 3, Use::lever},
              p.adviser_coverage);
        field(F{"advisers_per_school", "advisers", 1, 3,
                "Enterprise Advisers matched with one member of a hub, where volunteers are found",
                "001 line 155: one each", 3, Use::lever},
              p.advisers_per_school);
        field(F{"hub_targets", "benchmarks", 0, 8,
                "that a Hub Lead sets the hub to work on first: those fewest members report",
                "001 lines 381, 474: targets on a set of benchmarks; how many is assumed", 2, Use::lever},
              p.hub_targets);
        field(F{"training_share", "share of members' leaders starting per year", 0, 1,
                "Careers Leader training bursaries", "S099, S141: 226/727", 4, Use::lever},
              p.training_share);
        field(
            F{"training_places", "places per year", 0, 100000,
              "bursaries for Careers Leader training, for all establishments of the run; where more apply, lots decide",
              "W047: 1,300, from 500 before", 4, Use::lever},
            p.training_places);
        field(F{"fund_gbp_per_school", "GBP per member per year", 0, 50000, "Central Hub Fund", "S110: about 1,000", 4,
                Use::lever},
              p.fund_gbp_per_school);
        field(F{"fund_activity_share", "share of the Central Hub Fund", 0, 1,
                "spent on activities with employers for all members; the rest buys teachers' time",
                "003 line 29: for activities; share assumed", 1, Use::lever},
              p.fund_activity_share);
        field(F{"wallet_share", "share of members", 0, 1, "members that get a virtual wallet on joining", "S100: half",
                4, Use::lever},
              p.wallet_share);
        field(F{"wallet_gbp", "GBP once", 0, 100000, "virtual wallet, spent on employer encounters in the first year",
                "S112: 2.5m over about 355 schools", 3, Use::lever},
              p.wallet_gbp);
        field(F{"grant_gbp_per_school", "GBP once", 0, 100000,
                "grant paid on joining and spent over two years on time for careers work",
                "W028: 9,000 in the North East pilot", 3, Use::lever},
              p.grant_gbp_per_school);
        field(F{"cornerstones_per_hub", "employers per hub", 0, 50, "Cornerstone Employers",
                "S121, W035: 150 nationally; 7 named in one hub", 3, Use::lever},
              p.cornerstones_per_hub);
        field(F{"steering_alignment", "0 to 1", 0, 1,
                "how far the steering group joins up employers and providers with the hub",
                "001 lines 417-423, 646; scale assumed", 1, Use::lever},
              p.steering_alignment);
        field(F{"steering_employers", "members", 0, 20, "employers in a hub's steering group, who open doors to others",
                "001 line 652: sizes vary; assumed", 1, Use::lever},
              p.steering_employers);
        field(F{"steering_authorities", "members", 0, 20, "local authorities in it, who bring the area's priorities",
                "001 line 652; assumed", 1, Use::lever},
              p.steering_authorities);
        field(F{"steering_providers", "members", 0, 20, "colleges, universities and training providers in it",
                "001 line 652; assumed", 1, Use::lever},
              p.steering_providers);
        field(Choice{"peer_review", "each member is reviewed by another once a year", "002; W069"}, p.peer_review);
        field(F{"award_encouragement", "times", 0, 10,
                "how much likelier members of a hub seek a quality award than others", "assumed; 1 is no more", 0,
                Use::lever},
              p.award_encouragement);
        field(F{"leader_turnover", "times", 0, 3,
                "how often Careers Leaders leave, against the country's rate; what would keep them is not costed",
                "assumed: a policy choice; one year more of 5.6 is 0.85", 0, Use::lever},
              p.leader_turnover);
        field(F{"places_asked", "times", 1, 10, "workplace places that schools ask employers for, against their need",
                "assumed: a policy choice; 2 stands for work experience for all", 0, Use::lever},
              p.places_asked);
        field(F{"broadcast", "chance per unknown item and month", 0, 0.05, "portal or newsletter without contact",
                "W061: no effect in two trials", 3, Use::lever},
              p.broadcast);
        field(F{"support_years", "years", 0.5, 40, "how long a hub is supported after it starts", "policy choice", 5,
                Use::lever},
              p.support_years);
    }
};

}  // namespace hubs
