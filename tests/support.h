#pragma once
#include <map>
#include <string>

#include "sim/run/document.h"
#include "sim/run/embedded.h"
#include "sim/run/study.h"
#include "sim/simulate.h"

namespace hubs::test {

inline Framework framework() {
    Problems problems;
    return read_framework(parse_document("framework", std::string(embedded::framework)), problems);
}

/// England thinned to about `establishments`: every area, type and layer is there.
inline PopulationInput small_england(std::uint32_t establishments) {
    Problems problems;
    auto figures = read_figures(parse_document("figures", std::string(embedded::figures)), problems);
    for (auto& area : figures) {
        for (auto& t : area.types) t.count = (t.count * establishments + 2466) / 4932;
        for (auto& e : area.enterprises) e = e * establishments / 4932;
    }
    return synthetic_england(figures, 1);
}

/// A plan that uses every lever, in two waves, with support that ends.
inline Plan busy_plan() {
    Plan plan;
    plan.name = "busy";
    Wave first, second;
    first.rule = Allocation::volunteers;
    first.members = 120;
    second.month = 6;
    second.rule = Allocation::lowest_attainment;
    second.members = 40;
    plan.waves = {first, second};
    plan.hub_size = 20;
    plan.peer_review = true;
    plan.lead_allowance_gbp = 2000;
    plan.grant_gbp_per_school = 3000;
    plan.broadcast = 0.002;
    plan.support_years = 1.25;
    plan.priority[2] = true;
    return plan;
}

/// A small country under a busy plan, with closures in the run: everything acts.
struct Small {
    Scenario scenario;
    Framework framework_;
    Population population;

    explicit Small(std::uint32_t establishments = 400, std::uint16_t months = 24) : framework_(framework()) {
        population = make_population(small_england(establishments), framework_);
        scenario.months = months;
        scenario.plans = {busy_plan()};
        auto& employers = Schedule::of<EngageEmployers>(scenario.parameters);
        employers.closure_capacity = 0.2;
    }
    World start(Replicate replicate = {7, 0}) const {
        return start_world(start_of(scenario, population, framework_), replicate);
    }
    World run(Replicate replicate = {7, 0}) const {
        return simulate(start(replicate), scenario, scenario.plans[0], replicate, nullptr);
    }
};

/// Hash of each column by its name.
inline std::map<std::string, std::string> columns_of(World& world) {
    std::map<std::string, std::string> out;
    each_column(world, [&](const char* name, const auto* values, std::size_t count) {
        Fingerprint f;
        f.add_all(reinterpret_cast<const unsigned char*>(values), count * sizeof(*values));
        out[name] = f.text();
    });
    return out;
}

/// A world of `n` establishments in one hub where nothing acts but what a test lets act:
/// one item each of eight benchmarks, everyone open, present and engaged.
struct Ideal {
    Framework framework_;
    Population population;
    Scenario scenario;
    Plan plan;

    explicit Ideal(std::uint32_t n) {
        for (unsigned b = 0; b < benchmark_count; ++b) {
            Item item;
            item.id = std::to_string(b + 1);
            framework_.items.push_back(item);
            framework_.items_of[b] = framework_.items_needing[0] |= one_item(b);
            framework_.items_of[b] = one_item(b);
            framework_.benchmark_of[b] = static_cast<std::uint8_t>(b);
        }
        framework_.applies.fill(framework_.all());
        PopulationInput in;
        in.regions = {"region"};
        in.areas = {"area"};
        in.enterprises.resize(1);
        for (std::uint32_t i = 0; i < n; ++i) {
            EstablishmentRow row;
            row.address = i + 1;
            row.easting = row.northing = 400000;
            row.pupils = 1000;
            in.rows.push_back(row);
        }
        population = make_population(in, framework_);
        plan.name = "ideal";
        plan.hub_size = n;
        plan.meetings_per_year = 11;
        plan.buddies = false;
        plan.lead_schools_per_hub = 0;
        plan.fund_gbp_per_school = 0;
        plan.training_share = 0;
        plan.wallet_share = 0;
        Wave wave;
        wave.rule = Allocation::lottery;
        wave.members = n;
        plan.waves = {wave};
        auto& meet = Schedule::of<HoldMeetings>(scenario.parameters);
        meet.attendance = 1;
        meet.half_hours = 0;
        meet.engagement = 1;
        meet.reach_km = 1000;
        auto& steer = Schedule::of<SteerHubs>(scenario.parameters);
        steer.lead_months = 1;
        steer.lead_caseload = 1e9;
        plan.hub_targets = 0;
        plan.training_places = 1e9;
        Schedule::of<LaunchHubs>(scenario.parameters).reach_km = 1e9;
        Schedule::of<ImproveProvision>(scenario.parameters).size_cost = 0;
        auto& share = Schedule::of<SharePractice>(scenario.parameters);
        share.layer_contacts = share.tie_contacts = share.coordinator_visits = share.host_exposures = 0;
        share.openness_gain = 1;
        share.reinforcement = 1;
        auto& staff = Schedule::of<TurnOverStaff>(scenario.parameters);
        staff.leaders_per_year = staff.senior_leaders_per_year = staff.coordinators_per_year = staff.advisers_per_year =
            0;
        staff.openness_low = staff.openness_high = 1;
        staff.volunteers_per_employer = 1e9;
        Schedule::of<TrainLeaders>(scenario.parameters).outside_share = 0;
        scenario.initial.known_share = 0;
        scenario.calendar = {2030, 9};
        switch_off({"lapse", "improve_provision", "engage_employers", "complete_compass", "seek_awards"});
    }
    void switch_off(std::initializer_list<std::string> names) {
        std::size_t place = 0;
        Schedule::each_process([&]<class P>(std::type_identity<P>) {
            for (const auto& name : names)
                if (name == P::name) scenario.switches.off[place] = true;
            ++place;
        });
    }
    void switch_on(const std::string& name) {
        std::size_t place = 0;
        Schedule::each_process([&]<class P>(std::type_identity<P>) {
            if (name == P::name) scenario.switches.off[place] = false;
            ++place;
        });
    }
    /// A start in which nobody has or knows anything.
    World empty(Replicate replicate) const {
        World world = start_world(start_of(scenario, population, framework_), replicate);
        each_establishment(world, [&](EstablishmentId e) {
            world.establishments.done[e] = world.establishments.know_how[e] = 0;
            world.establishments.achieved[e] = 0;
            world.establishments.award_until[e] = before_start;
            world.leaders.hours_per_week[e] = 10;
            world.establishments.slt_support[e] = 1;
        });
        world.plan = &plan;
        reserve_room(world);
        return world;
    }
};

}  // namespace hubs::test
