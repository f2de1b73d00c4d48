#pragma once
#include <algorithm>
#include <string_view>

#include "sim/base/deterministic_math.h"
#include "sim/base/lanes.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Careers Leaders, senior leaders, Hub Leads, coordinators and Enterprise Advisers leave. ODD 7.3.
///
///     P(leave in a year) = annual turnover, in August or else in one of the other eleven months
///     know-how not yet written into provision is lost with know_how_loss * (1 - handover)
///
/// Each September the year's luck of every post is drawn: whether and when it falls vacant.
/// The successor's hours and openness, and a new senior leader's support, are drawn anew. A Hub Lead's post stands
/// vacant for a while. Enterprise Advisers are volunteers: as many are matched anew in a year as leave, so that the
/// coverage holds on average, in hubs the plan's; 82 % covered and a quarter leaving take 10.5 months to find another.
/// Where an area's employers have fewer volunteers left than places stand empty, matches are fewer by that share. A new
/// adviser opens the own firm, an employer that the school can work with from the next term unless a colleague has
/// passed one on; one who leaves may take an employer along (one of the eight places for them comes up).
struct TurnOverStaff {
    static constexpr std::string_view name = "turn_over_staff";
    static constexpr std::array writes{std::string_view{"activity"},
                                       std::string_view{"establishments.adviser"},
                                       std::string_view{"establishments.know_how"},
                                       std::string_view{"establishments.link_count"},
                                       std::string_view{"establishments.links"},
                                       std::string_view{"establishments.offer"},
                                       std::string_view{"establishments.slt_support"},
                                       std::string_view{"hubs.coordinators"},
                                       std::string_view{"hubs.rows"},
                                       std::string_view{"leaders.hours_per_week"},
                                       std::string_view{"leaders.openness"},
                                       std::string_view{"leaders.leaves_in"},
                                       std::string_view{"leaders.meetings"},
                                       std::string_view{"leaders.senior_leaves_in"},
                                       std::string_view{"leaders.since"},
                                       std::string_view{"leaders.trained"},
                                       std::string_view{"leaders.training_left"}};

    struct Parameters {
        double leaders_per_year = 0.18;
        double august_share = 0.67;
        double know_how_loss = 0.4;
        double handover = 0.0;
        double senior_leaders_per_year = 0.10;
        double support_persistence = 0.5;
        double coordinators_per_year = 0.2;
        double lead_vacancy_months = 2;
        double advisers_per_year = 0.25;
        double network_coverage = 0.82;
        double volunteers_per_employer = 0.5;
        double hours_mean = 14.5;
        double hours_sd = 10;
        double hours_none = 0.025;
        double openness_low = 0.1;
        double openness_high = 0.5;
        double support_mean = 0.11;
        double support_spread = 1.25;
        static void describe(auto&& field, auto& p) {
            field(Field{"leaders_per_year", "share per year", 0, 0.6, "Careers Leaders who leave", "W058, W032", 1,
                        Use::swept, within(0.08, 0.3)},
                  p.leaders_per_year);
            field(Field{"august_share", "share of the year's leavers", 0, 1,
                        "leavers who go in August; the others spread over eleven months", "assumed", 0, Use::swept,
                        within(0.5, 0.85)},
                  p.august_share);
            field(Field{"know_how_loss", "share", 0, 1, "know-how not yet in provision that goes with a leader",
                        "assumed", 0, Use::swept, within(0.2, 0.6)},
                  p.know_how_loss);
            field(Field{"handover", "share", 0, 1, "of that, what a handover saves", "assumed; none by default", 0,
                        Use::lever},
                  p.handover);
            field(Field{"senior_leaders_per_year", "share per year", 0, 0.6, "heads who leave", "W058: 9.5 to 10.5 %",
                        3, Use::input, within(0.08, 0.12)},
                  p.senior_leaders_per_year);
            field(Field{"support_persistence", "share", 0, 1, "how much of the school's support outlives its head",
                        "assumed", 0, Use::swept, within(0.2, 0.8)},
                  p.support_persistence);
            field(Field{"coordinators_per_year", "share per year", 0, 1,
                        "Hub Leads and Enterprise Coordinators who leave", "assumed; 0.1 to 0.4", 0, Use::swept},
                  p.coordinators_per_year);
            field(Field{"lead_vacancy_months", "months", 0, 24, "a Hub Lead's post stands vacant", "assumed", 0,
                        Use::swept, within(0, 6)},
                  p.lead_vacancy_months);
            field(Field{"advisers_per_year", "share per year", 0, 1, "Enterprise Advisers who give up",
                        "assumed; volunteers from business (001 line 155)", 0, Use::swept, within(0.1, 0.4)},
                  p.advisers_per_year);
            field(Field{"network_coverage", "share of network members", 0, 1,
                        "matched with an Enterprise Adviser outside hubs; in hubs it is the plan's lever",
                        "W036: 3,600 of 4,400 members", 3, Use::input, within(0.6, 0.95)},
                  p.network_coverage);
            field(Field{"volunteers_per_employer", "people per employer", 0, 20,
                        "who would be Enterprise Advisers, of an employer that works with schools",
                        "assumed; W036: 3,600 in the country", 0, Use::swept, within(0.25, 2)},
                  p.volunteers_per_employer);
            field(Field{"hours_mean", "hours per week", 0.5, 40, "time for the role, mean of a log-normal", "W031", 3,
                        Use::input, within(13, 16)},
                  p.hours_mean);
            field(Field{"hours_sd", "hours per week", 0.1, 40, "its standard deviation",
                        "W031: about 10; spread not published", 2, Use::input, within(7, 14)},
                  p.hours_sd);
            field(Field{"hours_none", "share of leaders", 0, 1, "leaders without any time",
                        "S098: one of twenty interviewed", 1, Use::input, within(0, 0.05)},
                  p.hours_none);
            field(Field{"openness_low", "0 to 1", 0, 1,
                        "least willingness to share on joining; uniform up to openness_high, mean 0.3",
                        "001 line 640: reluctant at first", 1, Use::swept, within(0, 0.2)},
                  p.openness_low);
            field(Field{"openness_high", "0 to 1", 0, 1, "greatest willingness to share on joining", "001 line 640", 1,
                        Use::swept, within(0.3, 0.7)},
                  p.openness_high);
            field(Field{"support_mean", "0 to 1", 0.01, 0.99, "senior support of a middling school before any lift",
                        "assumed; lifts bring it to S124, S125", 1, Use::fit, within(0.1, 0.6)},
                  p.support_mean);
            field(Field{"support_spread", "log odds", 0, 3,
                        "spread of senior support between schools (standard deviation)",
                        "assumed; needed for W075 (spread grows)", 1, Use::fit, within(0.8, 1.7)},
                  p.support_spread);
        }
    };

    static constexpr unsigned most_advisers = 3;  ///< of an establishment: the greatest value of advisers_per_school

    enum Draw : std::uint32_t { leave_draw = 0, senior_draw = 1, successor_draw = 2, adviser_draw = 3 };

    /// Hours of a leader new in post, per week.
    static float draw_hours(std::uint32_t which, std::uint32_t size, const Parameters& p) {
        if (which < threshold32(p.hours_none)) return 0.0f;
        const double variance = natural_log(1.0 + p.hours_sd * p.hours_sd / (p.hours_mean * p.hours_mean));
        const double z = normal_quantile(unit(size));
        return static_cast<float>(p.hours_mean * exponential(__builtin_sqrt(variance) * z - 0.5 * variance));
    }
    static std::uint8_t draw_openness(std::uint32_t word, const Parameters& p) {
        return static_cast<std::uint8_t>(255.0 * (p.openness_low + (p.openness_high - p.openness_low) * unit(word)));
    }
    /// Support on the scale 0 to 1 from a standard normal draw: a logistic-normal.
    static double support_from(double z, const Parameters& p) {
        const double odds = exponential(natural_log(p.support_mean / (1.0 - p.support_mean)) + p.support_spread * z);
        return odds / (1.0 + odds);
    }

    static bool acts(const Moment&, const World&, const Parameters&) { return true; }

    struct Setting {
        unsigned month = 0;                     ///< of the academic year
        std::uint64_t coordinator_leaves = 0;   ///< in a month
        double adviser_leaves = 0;              ///< in a month
        std::array<double, 3> adviser_found{};  ///< in a month, of an empty place, by status
        std::array<unsigned, 3> advisers{};     ///< places of an establishment, by status
        std::array<std::uint64_t, 3> leave_at_most{},
            found_at_most{};  ///< thresholds of the most that there are of each

        Setting() = default;
        Setting(const Moment& now, const World& world, const Parameters& p)
            : month(world.calendar.academic_month(now.month)),
              coordinator_leaves(threshold32(p.coordinators_per_year / 12.0)),
              adviser_leaves(p.advisers_per_year / 12.0) {
            adviser_found = {0, found(adviser_leaves, p.network_coverage),
                             found(adviser_leaves, world.plan->adviser_coverage)};
            advisers = {0, 1, static_cast<unsigned>(world.plan->advisers_per_school)};
            for (const unsigned status : {1u, 2u}) {
                leave_at_most[status] = threshold32(std::min(1.0, adviser_leaves * most_advisers)) + 1;
                found_at_most[status] = threshold32(std::min(1.0, adviser_found[status] * advisers[status])) + 1;
            }
        }

    private:
        /// The chance of another adviser in a month that keeps the coverage.
        static double found(double leave, double covered) {
            if (leave * covered <= 0.0) return 0;
            return leave * covered >= 1.0 - covered ? 1.0 : leave * covered / (1.0 - covered);
        }
    };
    using T = Turn<TurnOverStaff>;

    /// The year's luck of every post.
    struct Fates : RowPass<leave_draw> {
        static bool needed(const T& t) { return t.setting.month == 1 || t.now.month.index == 0; }
        static void row(EstablishmentId e, const Words& words, const T& t) {
            t.world.leaders.leaves_in[e] =
                month_of_leaving(words[0], t.p.leaders_per_year * t.world.plan->leader_turnover, t.p.august_share);
            t.world.leaders.senior_leaves_in[e] =
                month_of_leaving(words[1], t.p.senior_leaders_per_year, t.p.august_share);
        }
    };
    struct Leaving : RowPass<> {
        static unsigned due(EstablishmentId e, const T& t) {
            const auto& l = t.world.leaders;
            return (l.leaves_in[e] == t.setting.month ? 1u : 0u) | (l.senior_leaves_in[e] == t.setting.month ? 1u : 0u);
        }
        static void row(EstablishmentId e, const T& t) {
            if (t.world.leaders.leaves_in[e] == t.setting.month) replace_leader(e, t.now, t.world, t.p);
            if (t.world.leaders.senior_leaves_in[e] == t.setting.month) replace_senior_leader(e, t.now, t.world, t.p);
        }
    };
    struct HubStaff : ListPass {
        static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.hubs.rows.size()); }
        static void row(std::uint32_t i, const T& t) {
            HubRow& hub = t.world.hubs.rows[i];
            const Words words = t.now.luck.words(hub.founder | 0x80000000u);
            if (words[0] >= t.setting.coordinator_leaves) return;
            hub.lead_skill = static_cast<float>(unit(words[1]));
            hub.lead_since = static_cast<std::int16_t>(t.now.month.index + static_cast<int>(t.p.lead_vacancy_months));
        }
    };
    struct Coordinators : ListPass {
        static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.hubs.coordinators.size()); }
        static void row(std::uint32_t i, const T& t) {
            Coordinator& post = t.world.hubs.coordinators[i];
            const Words words = t.now.luck.words(post.agent, post.number);
            if (words[2] >= t.setting.coordinator_leaves) return;
            post.skill = static_cast<float>(unit(words[3]));
            post.since = static_cast<std::int16_t>(t.now.month.index);
        }
    };
    /// By area: of empty places, for how many there is a volunteer who is not an adviser yet.
    struct Volunteers : ListPass {
        static bool needed(const T& t) { return t.setting.adviser_leaves > 0; }
        static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.population->areas.size()); }
        static void row(std::uint32_t a, const T& t) {
            const AreaRow& area = t.world.population->areas[a];
            const auto& s = t.world.establishments;
            std::uint32_t matched = 0, empty = 0;
            for (std::uint32_t i = area.first; i < area.first + area.establishments; ++i) {
                const EstablishmentId e{i};
                const unsigned places = t.setting.advisers[static_cast<unsigned>(s.status[e])];
                matched += s.adviser[e];
                empty += s.adviser[e] < places ? places - s.adviser[e] : 0u;
            }
            const double left = std::max(0.0, area.employers * t.p.volunteers_per_employer - matched);
            t.world.scratch.of_area[a] = left >= empty ? 1.0 : left / empty;
        }
    };
    /// Of those in the network or a hub: one of them may leave, and one be found for an empty place.
    struct Advisers : RowPass<adviser_draw> {
        static bool needed(const T& t) { return t.setting.adviser_leaves > 0; }
        /// May be: by the most advisers and empty places that there are.
        static unsigned due(EstablishmentId e, const Words& words, const T& t) {
            const auto status = static_cast<unsigned>(t.world.establishments.status[e]);
            return (words[0] < t.setting.leave_at_most[status] ? 1u : 0u) |
                   (words[1] < t.setting.found_at_most[status] ? 1u : 0u);
        }
        static void row(EstablishmentId e, const Words& words, const T& t) {
            World& world = t.world;
            auto& s = world.establishments;
            const unsigned places = t.setting.advisers[static_cast<unsigned>(s.status[e])], had = s.adviser[e];
            if (unit(words[0]) < t.setting.adviser_leaves * had) leave(e, words[3], world);
            if (had >= places) return;
            const AreaId area = world.population->establishments.area[e];
            const double found = t.setting.adviser_found[static_cast<unsigned>(s.status[e])] * (places - had);
            if (unit(words[1]) >= found * world.scratch.of_area[area.index]) return;
            ++s.adviser[e];
            const AreaRow& row = world.population->areas[area.index];
            if (row.employers > 0 && !s.offer[e].exists())
                s.offer[e] = EmployerId{row.first_employer + below(words[2], row.employers)};
        }
        /// An employer goes along, if there is one in the one of eight places that comes up.
        static void leave(EstablishmentId e, std::uint32_t word, World& world) {
            --world.establishments.adviser[e];
            const unsigned place = word >> 29;
            if (place < world.establishments.link_count[e]) world.drop_link(e, place);
        }
    };
    using Passes = PassList<Fates, Leaving, HubStaff, Coordinators, Volunteers, Advisers>;

    static void step(const Moment& now, World& world, const Parameters& p) { run_passes<TurnOverStaff>(now, world, p); }

private:
    /// 12 (August), 1 to 11, or 0 for a year without leaving.
    static std::uint8_t month_of_leaving(std::uint32_t word, double yearly, double august_share) {
        const double u = unit(word);
        if (u >= yearly) return 0;
        if (u < yearly * august_share) return 12;
        const double rest = (u - yearly * august_share) / (yearly * (1.0 - august_share));
        return static_cast<std::uint8_t>(1 + std::min(10, static_cast<int>(rest * 11.0)));
    }

    static void replace_senior_leader(EstablishmentId e, const Moment& now, World& world, const Parameters& p) {
        const Words words = now.luck.words(world.population->establishments.address[e], senior_draw);
        const double fresh = support_from(normal_quantile(unit(words[0])), p);
        float& s = world.establishments.slt_support[e];
        s = static_cast<float>(p.support_persistence * s + (1.0 - p.support_persistence) * fresh);
    }

    static void replace_leader(EstablishmentId e, const Moment& now, World& world, const Parameters& p) {
        const std::uint32_t agent = world.population->establishments.address[e];
        const Items risk = world.establishments.know_how[e] & ~world.establishments.done[e];
        Luck losing = now.luck;
        losing.moment += loss_stream_offset;
        const Items lost = draw_items_evenly(losing, agent, risk, p.know_how_loss * (1.0 - p.handover));
        world.establishments.know_how[e] &= ~lost;
        const Words successor = now.luck.words(agent, successor_draw);
        world.leaders.hours_per_week[e] = draw_hours(successor[0], successor[1], p);
        world.leaders.openness[e] = draw_openness(successor[2], p);
        world.leaders.since[e] = static_cast<std::int16_t>(now.month.index);
        world.leaders.trained[e] = 0;
        world.leaders.training_left[e] = 0;
        world.leaders.meetings[e] = 0;
        world.did(Activity::leaders_left);
        world.did(Activity::know_how_lost, static_cast<std::uint32_t>(std::popcount(lost)));
        world.note(now.month, Change::leader_left, e);
        if (world.journal != nullptr)
            each_item(lost, [&](unsigned item) {
                world.note(now.month, Change::lost_know_how, e, Cause::none, EstablishmentId::none(), item);
            });
    }
    static constexpr std::uint32_t loss_stream_offset = 0x10000u;  ///< a stream of its own for lost items
};

}  // namespace hubs
