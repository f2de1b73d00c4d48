#pragma once
#include <algorithm>
#include <bit>

#include "sim/process/improve_provision.h"

namespace hubs {
namespace improving {

using Parameters = ImproveProvision::Parameters;
enum Draw : std::uint32_t { arrival_draw = 0, each_item_draw = 128 };  // further arrivals have draws 1 to 64
constexpr double weeks_per_month = teaching_weeks / 11.0;              // over the months in school

constexpr unsigned most_lift_months = 64;

}  // namespace improving

/// What is the same for every establishment this month.
struct ImproveProvision::Setting {
    std::array<std::array<std::array<double, benchmark_count>, 2>, 3>
        weight{};                                                    // by status, nearly achieved, and benchmark
    std::array<std::array<double, 65>, benchmark_count> per_item{};  // 1 / (n * cost), by benchmark and items left
    double network_lift = 0;                                         // of support, in the network and in a hub
    std::array<double, 3> hub_lift{};                                // more than that, by status
    std::array<double, improving::most_lift_months> grown{};         // share of a lift, by months since it began
    std::array<double, 4> adviser_lift{};                            // by number of advisers
    std::array<double, 2> speed{};                                   // without and with training
    double network_hours = 0, fund_hours = 0, grant_hours = 0;       // a month
    double grant_hours_before = 0;                                   // of who joined in the run's history
    double target_weight = 0, aim = 0;      // of a target; of a benchmark more or less reported
    double own_hours = 0;                   // a month, for each hour a week
    double inspection_hours = 0, duty = 0;  // a month; a rate
    double uncovered = 0;                   // hours a month, for a release day a year
    double usual = 1;                       // share of hours left by closures

    Setting() = default;
    Setting(const Moment& now, World& world, const Parameters& p) {
        const Plan& plan = *world.plan;
        const double cost[benchmark_count] = {p.cost_1, p.cost_2, p.cost_3, p.cost_4,
                                              p.cost_5, p.cost_6, p.cost_7, p.cost_8};
        for (unsigned b = 0; b < benchmark_count; ++b)
            for (unsigned n = 1; n < per_item[b].size(); ++n) per_item[b][n] = 1.0 / (n * cost[b]);
        set_weights(p);
        target_weight = p.priority_weight;
        aim = plan.aim_at_lowest / benchmark_count;
        network_lift = p.network_lift;
        hub_lift = {0.0, 0.0, p.hub_lift * (1.0 - p.network_lift)};
        for (unsigned m = 0; m < improving::most_lift_months; ++m) grown[m] = std::min(1.0, m / p.lift_months);
        for (unsigned n = 1; n < adviser_lift.size(); ++n)
            adviser_lift[n] = adviser_lift[n - 1] + p.adviser_lift * (1.0 - adviser_lift[n - 1]);
        speed = {1.0, p.training_speed};
        own_hours = improving::weeks_per_month * p.improvement_share;
        network_hours = p.coordinator_hours * 15.0 / plan.network_schools_per_coordinator;
        uncovered = release_day_hours * (1.0 - p.lead_cover) / 11.0;
        grant_hours = plan.grant_gbp_per_school / p.gbp_per_hour / 22.0;
        grant_hours_before = world.grant_before / p.gbp_per_hour / 22.0;
        const double hub_hours = p.coordinator_hours * 15.0 / plan.schools_per_coordinator;
        fund_hours = plan.fund_gbp_per_school * (1.0 - plan.fund_activity_share) / p.gbp_per_hour / 11.0;
        world.scratch.of_hub.clear();
        for (const HubRow& hub : world.hubs.rows)
            world.scratch.of_hub.push_back(world.supported(hub, now.month) ? hub_hours
                                                                           : -1.0);  // below 0: support has ended
        const double year = world.calendar.decimal_year(now.month);
        if (year >= p.duty_year && year < p.duty_year + p.duty_months / 12.0) duty = p.duty_rate;
        if (year >= p.inspection_year && year < p.inspection_year + p.inspection_months / 12.0)
            inspection_hours = p.inspection_hours;
        if (world.calendar.disrupted(now.month)) usual = p.disrupted_hours;
    }

private:
    void set_weights(const Parameters& p) {
        std::array<std::array<double, benchmark_count>, 3> focus{};
        for (const unsigned b : {4u, 5u}) focus[1][b] = p.network_focus;
        for (const unsigned b : {0u, 4u, 5u}) focus[2][b] = p.hub_focus;
        for (unsigned b = 0; b < benchmark_count; ++b) {
            for (unsigned status = 0; status < 3; ++status) {
                weight[status][0][b] = 1.0 + focus[status][b];
                weight[status][1][b] = 1.0 + focus[status][b] + p.near_weight;
            }
        }
    }
};

}  // namespace hubs
