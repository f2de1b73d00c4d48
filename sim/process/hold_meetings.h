#pragma once
#include <algorithm>
#include <string_view>

#include "sim/base/deterministic_math.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Hub meetings: which groups meet this month, who hosts, who comes, who engages. ODD 7.7.
///
///     P(come)   = 1 - (1 - base)^sessions
///     base      = attendance * hours / (hours + half_hours) * exp(-distance to host / reach)
///     P(engage | come) = engagement * (0.5 + what of the Hub Lead's skill reaches a member)
///
/// steer_hubs says what of the Hub Lead reaches a member. From April 2020 to July 2021 meetings are held online: nobody
/// travels, and fewer come. A leader's engaged meetings are counted: with them the leader's openness grows
/// (share_practice). Attendance is settled before practice is shared, so that no row waits for another.
struct HoldMeetings {
    static constexpr std::string_view name = "hold_meetings";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.attendance"},
                                       std::string_view{"hubs.groups"}, std::string_view{"leaders.meetings"}};

    struct Parameters {
        double attendance = 0.95;
        double half_hours = 2;
        double reach_km = 80;
        double engagement = 0.4;
        double online_attendance = 0.7;
        static void describe(auto&& field, auto& p) {
            field(Field{"attendance", "chance", 0, 1, "a leader with ample time comes to a meeting next door",
                        "assumed", 1, Use::swept, within(0.7, 1)},
                  p.attendance);
            field(Field{"half_hours", "hours per week", 0, 20, "time for the role at which attendance is halved",
                        "assumed; 001 line 456: time decides who can engage", 1, Use::swept, within(1, 4)},
                  p.half_hours);
            field(Field{"reach_km", "km", 1, 1000, "distance at which attendance falls to 37 %",
                        "assumed; W064: ties fall with distance", 1, Use::swept, within(40, 160)},
                  p.reach_km);
            field(Field{"engagement", "chance", 0, 1, "one who comes takes something up", "W061: four in ten engage", 2,
                        Use::swept, within(0.2, 0.7)},
                  p.engagement);
            field(Field{"online_attendance", "times", 0, 2,
                        "attendance from April 2020 to July 2021, online, against a meeting next door", "assumed", 0,
                        Use::swept, within(0.3, 1)},
                  p.online_attendance);
        }
    };

    /// Of eleven working months, evenly, `per_year`.
    static bool meets(unsigned academic_month, double per_year) {
        if (academic_month > 11) return false;
        const auto before = static_cast<int>((academic_month - 1) * per_year / 11.0);
        return static_cast<int>(academic_month * per_year / 11.0) > before;
    }

    static bool acts(const Moment&, const World&, const Parameters&) { return true; }

    struct Setting {
        bool due = false;       ///< meetings fall in this month
        bool online = false;    ///< and nobody travels
        double attendance = 1;  ///< of a leader with ample time, at a meeting next door

        Setting() = default;
        Setting(const Moment& now, const World& world, const Parameters& p)
            : due(meets(world.calendar.academic_month(now.month), world.plan->meetings_per_year)),
              online(world.calendar.disrupted(now.month)),
              attendance(p.attendance * (online ? p.online_attendance : 1.0)) {}
    };
    using T = Turn<HoldMeetings>;

    struct Away : RowPass<> {  // until they come
        static void row(EstablishmentId e, const T& t) { t.world.establishments.attendance[e] = Attendance::absent; }
    };
    struct Meeting : ListPass {
        static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.hubs.groups.size()); }
        static void row(std::uint32_t g, const T& t) {
            World& world = t.world;
            MeetingGroup& group = world.hubs.groups[g];
            const HubRow& hub = world.hubs.rows[group.hub.index];
            group.host = EstablishmentId::none();
            if (!t.setting.due || group.count < 2 || !world.supported(hub, t.now.month)) return;
            group.host = host_of(group, hub, t.now, world);
            world.did(Activity::meetings);
            for (std::uint32_t i = group.first; i < group.first + group.count; ++i)
                attend(world.hubs.members[i], g, hub, t);
        }
    };
    using Passes = PassList<Away, Meeting>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<HoldMeetings>(now, world, p); }

private:
    /// Each member in turn, or the group's first Lead School, or its first member.
    static EstablishmentId host_of(const MeetingGroup& group, const HubRow& hub, const Moment& now,
                                   const World& world) {
        if (world.plan->host_rotates) {
            const auto meeting =
                static_cast<std::uint32_t>((now.month.index - hub.launched) * world.plan->meetings_per_year / 12.0);
            return world.hubs.members[group.first + meeting % group.count];
        }
        for (std::uint32_t i = group.first; i < group.first + group.count; ++i)
            if (world.establishments.leads[world.hubs.members[i]] != 0) return world.hubs.members[i];
        return world.hubs.members[group.first];
    }

    /// Who has left, for another hub perhaps, does not come.
    static void attend(EstablishmentId e, std::uint32_t group, const HubRow& hub, const T& t) {
        World& world = t.world;
        const Moment& now = t.now;
        const Parameters& p = t.p;
        const auto& who = world.population->establishments;
        if (world.establishments.status[e] != Status::hub || world.establishments.group[e] != group) return;
        const EstablishmentId host = world.hubs.groups[group].host;
        for (const Absence& a : world.plan->absences)
            if (a.address == who.address[e] && a.month == world.since_start(now.month).index) return;
        const double dx = static_cast<double>(who.easting[e]) - who.easting[host];
        const double dy = static_cast<double>(who.northing[e]) - who.northing[host];
        const double km = __builtin_sqrt(dx * dx + dy * dy) / 1000.0;
        const double hours = world.leaders.hours_per_week[e];
        const double time = hours + p.half_hours > 0 ? hours / (hours + p.half_hours) : 1.0;
        const double base = t.setting.attendance * time * (t.setting.online ? 1.0 : exponential(-km / p.reach_km));
        double stays_away = 1.0;
        for (int session = 0; session < static_cast<int>(world.plan->sessions_per_meeting); ++session)
            stays_away *= 1.0 - base;
        const Words words = now.luck.words(who.address[e]);
        if (e != host && words[0] >= threshold32(1.0 - stays_away)) return;
        const bool engages = e == host || words[1] < threshold32(p.engagement * (0.5 + hub.led));
        world.establishments.attendance[e] = engages ? Attendance::engaged : Attendance::present;
        world.did(Activity::attendances);
        if (!engages) return;
        world.did(Activity::engaged);
        if (world.leaders.meetings[e] < 255) ++world.leaders.meetings[e];
    }
};

}  // namespace hubs
