#pragma once
#include <algorithm>

#include "sim/base/deterministic_math.h"
#include "sim/process/engage_employers.h"

namespace hubs {
namespace engaging {

using Parameters = EngageEmployers::Parameters;
enum Draw : std::uint32_t { gain_draw = 0, leader_draw = 1, more_draw = 16 };

inline void add_link(EstablishmentId e, EmployerId employer, World& world) {
    auto& links = world.establishments.links[e];
    auto& count = world.establishments.link_count[e];
    if (count == most_links || !employer.exists()) return;
    for (unsigned i = 0; i < count; ++i)
        if (links[i] == employer) return;
    links[count++] = employer;
    world.did(Activity::links_made);
}

/// An employer of the area; in a hub half of the introductions are to its Cornerstone Employers.
inline EmployerId pick(EstablishmentId e, std::uint32_t which, bool cornerstone, const World& world) {
    const AreaRow& area = world.population->areas[world.population->establishments.area[e].index];
    if (area.employers == 0) return EmployerId::none();
    std::uint32_t among = area.employers;
    if (world.establishments.status[e] == Status::hub && cornerstone) {
        const auto cornerstones = static_cast<std::uint32_t>(world.plan->cornerstones_per_hub);
        if (cornerstones > 0) among = std::min(among, cornerstones);
    }
    return EmployerId{area.first_employer + below(which, among)};
}

/// One of eight links comes up for renewal each term and goes with eight times the rate. A
/// leader or a coordinator who left since the last term has taken some of the others along.
inline void drop_links(EstablishmentId e, std::uint32_t word, const Moment& now, World& world, const Parameters& p) {
    auto& count = world.establishments.link_count[e];
    const unsigned academic = world.calendar.academic_month(now.month);
    const int months = academic == 1   ? 5
                       : academic == 5 ? 4
                                       : 3;  // since the last term opened: April, September, January
    if (static_cast<int>(now.month.index) - world.leaders.since[e] < months) {
        const std::uint64_t goes = threshold32(p.lost_with_leader);
        const std::uint32_t agent = world.population->establishments.address[e];
        for (unsigned i = count; i-- > 0;)
            if (now.luck.words(agent, leader_draw + i)[0] < goes) world.drop_link(e, i);
    }
    const Coordinator& post = world.hubs.coordinators[world.establishments.coordinator[e]];
    const bool serves = post.hub == HubId::none() || world.supported(world.hubs.rows[post.hub.index], now.month);
    if (static_cast<int>(now.month.index) - post.since < months && serves &&
        world.establishments.status[e] != Status::none) {
        const std::uint64_t goes = threshold32(p.lost_with_coordinator);
        const std::uint32_t agent = world.population->establishments.address[e];
        for (unsigned i = count; i-- > 0;)
            if (now.luck.words(agent, leader_draw + i)[1] < goes) world.drop_link(e, i);
    }
    const unsigned slot = word >> 29;
    if (slot < count && static_cast<std::uint32_t>(word << 3) < threshold32(p.links_lost_per_year * 8.0 / 3.0))
        world.drop_link(e, slot);
}

inline double closed(const Moment& now, const World& world, const Parameters& p) {
    const double year = world.calendar.decimal_year(now.month);
    return year >= p.closure_from && year < p.closure_until ? 1.0 - p.closure_capacity : 0.0;
}

/// What employers and providers can give, against September 2018.
inline double grown(const Moment& now, const World& world, const Parameters& p) {
    return exponential(std::max(0.0, world.calendar.decimal_year(now.month) - 2018.66) *
                       natural_log(1.0 + p.growth_per_year));
}

/// A place among links that stands empty counts for a row past the employers', so that every
/// establishment has the same number of places and no branch is needed.
inline std::uint32_t row_of(EmployerId employer, std::uint32_t none) { return std::min(employer.index, none); }

inline double filled(double capacity, std::uint32_t load) {
    return load == 0 || capacity >= load ? 1.0 : capacity / load;
}

}  // namespace engaging

/// What is the same for all rows this month.
struct EngageEmployers::Setting {
    bool term = false;        ///< links change
    double own = 0;           ///< introductions a term that become links: the leader's own
    double each_adviser = 0;  ///< brings
    std::array<double, most_links + 1> encounters_each{},
        places_each{};                            ///< asked of each employer for a pupil, by links
    std::array<double, most_links + 1> one_of{};  ///< 1 / links
    double encounters_left = 0, places_left = 0;  ///< of employers' capacity
    double alone = 0;                             ///< share met without any employer
    double fund = 0, wallet = 0;                  ///< encounters a year that they buy for a member
    double wallet_before = 0;                     ///< the same of one given in the run's history
    double providers_open = 0;                    ///< of providers' capacity
    double answer = 0;                            ///< share of a gap by which providers' capacity grows this month
    std::uint32_t none = 0;                       ///< the row past the employers'

    Setting() = default;
    Setting(const Moment& now, World& world, const Parameters& p)
        : term(world.calendar.opens_term(now.month) || now.month.index == 0), own(p.own_links_per_year / 3.0),
          each_adviser(p.adviser_links_per_year / 3.0),
          none(static_cast<std::uint32_t>(world.scratch.load.size() - Scratch::empty_loads)) {
        for (unsigned n = 1; n <= most_links; ++n) {
            encounters_each[n] = p.encounters_per_pupil / n;
            places_each[n] = p.places_per_pupil * world.plan->places_asked / n;
            one_of[n] = 1.0 / n;
        }
        const double shut = engaging::closed(now, world, p), grown = engaging::grown(now, world, p);
        encounters_left = p.capacity * grown * (1.0 - shut * (1.0 - p.closure_online));
        places_left = p.capacity * grown * (1.0 - shut);
        if (shut <= 0 && world.calendar.disrupted(now.month)) places_left *= p.disrupted_places;
        alone = p.alone * (1.0 - shut);
        const double open = 1.0 - shut * (1.0 - p.closure_online);
        fund = world.plan->fund_gbp_per_school * world.plan->fund_activity_share / p.gbp_per_encounter * open;
        wallet = world.plan->wallet_gbp / p.gbp_per_encounter * open;
        wallet_before = world.wallet_before / p.gbp_per_encounter * open;
        providers_open = open * grown;
        answer = term && shut <= 0 ? p.provider_response / 3.0 : 0.0;
        if (term) work_out_introductions(now, world, p);
        find_steered_areas(world);
    }
    /// Introductions a term that become links, by the establishment's place in the network.
    double introductions(EstablishmentId e, const World& world) const {
        const auto& s = world.establishments;
        const double brought = s.status[e] == Status::none ? 0.0 : world.scratch.of_post[s.coordinator[e]] * s.reach[e];
        return own + each_adviser * s.adviser[e] + brought;
    }

private:
    static void work_out_introductions(const Moment& now, World& world, const Parameters& p) {
        const Plan& plan = *world.plan;
        const double per_year = p.coordinator_contacts * p.introduction_success / 3.0;
        world.scratch.of_post.clear();
        for (const Coordinator& post : world.hubs.coordinators) {
            double introduced = per_year / plan.network_schools_per_coordinator;
            if (post.hub != HubId::none()) {
                const HubRow& hub = world.hubs.rows[post.hub.index];
                const double opened = 1.0 + p.alignment_gain * hub.steered_by(Seats::employers);
                introduced = world.supported(hub, now.month) ? per_year / plan.schools_per_coordinator * opened : 0.0;
            }
            world.scratch.of_post.push_back(introduced * (0.5 + post.skill));
        }
    }
    /// How far steering groups open providers, by area: the most of its hubs.
    static void find_steered_areas(World& world) {
        auto& opened = world.scratch.of_area;
        std::fill(opened.begin(), opened.end(), 0.0);
        for (const HubRow& hub : world.hubs.rows)
            opened[hub.area.index] = std::max(opened[hub.area.index], hub.steered_by(Seats::providers));
    }
};

}  // namespace hubs
