#pragma once
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/entity/passes.h"

namespace hubs {

/// Time, leadership support and supply turn know-how into provision. ODD 7.10.
///
///     hours     = (leader's hours a month * share for improvement + bought + coordinator's help + inspection's)
///                 * support * training, and less from April 2020 to July 2021
///     of a Lead School  less the hours of its own release days that nobody covers, and never below 0
///     hours_b   = hours * weight_b / sum of weights of benchmarks not yet achieved
///     x_item    = hours_b / (undone items of b * cost_b) * supply * (1, or trial_share without know-how)
///     P(done)   = 1 - exp(-(x_item + duty on statutory items))
///
/// All items of an establishment are drawn as one Poisson number of arrivals (arrivals.h).
/// A benchmark weighs more where the hub works on it first (steer_hubs), where Compass shows it nearly achieved, and
/// B1, B5 and B6 by status. What must reach every pupil takes less work in a small school: cost_b * (pupils /
/// 1,000)^size_cost. Support is the senior leaders' own, lifted by the network, the hub, an adviser and the statutory
/// duty.
struct ImproveProvision {
    static constexpr std::string_view name = "improve_provision";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.achieved"},
                                       std::string_view{"establishments.done"},
                                       std::string_view{"establishments.know_how"}};

    struct Parameters {
        double improvement_share = 0.3;
        double cost_1 = 2.9, cost_2 = 3.9, cost_3 = 17, cost_4 = 7.2, cost_5 = 14, cost_6 = 13, cost_7 = 6.2,
               cost_8 = 40;
        double trial_share = 0.25;
        double training_speed = 1.1;
        double gbp_per_hour = 30;
        double coordinator_hours = 1.5;
        double network_lift = 0.35;
        double hub_lift = 0.06;
        double adviser_lift = 0.05;
        double lift_months = 12;
        double network_focus = 0.5;
        double hub_focus = 0.6;
        double priority_weight = 1.0;
        double near_weight = 1.0;
        double size_cost = 0.1;
        double rural_travel = 0.85;
        double specialist_providers = 0.8;
        double duty_rate = 0.13;
        double duty_months = 12;
        double duty_year = 2018.66;
        double inspection_hours = 9.9;
        double inspection_year = 2019.66;
        double inspection_months = 400;
        double disrupted_hours = 0.33;
        double lead_cover = 0.5;
        static void describe(auto&& field, auto& p) {
            constexpr std::string_view scale = "assumed scale; fitted";
            field(Field{"improvement_share", "share of the leader's hours", 0, 1, "time left after running what exists",
                        "assumed", 0, Use::swept, within(0.1, 0.5)},
                  p.improvement_share);
            field(Field{"cost_1", "hours per item", 0.01, 10000, "work to finish an item of benchmark 1", scale, 1,
                        Use::fit},
                  p.cost_1);
            field(Field{"cost_2", "hours per item", 0.01, 10000, "work to finish an item of benchmark 2", scale, 1,
                        Use::fit},
                  p.cost_2);
            field(Field{"cost_3", "hours per item", 0.01, 10000, "work to finish an item of benchmark 3", scale, 1,
                        Use::fit},
                  p.cost_3);
            field(Field{"cost_4", "hours per item", 0.01, 10000, "work to finish an item of benchmark 4", scale, 1,
                        Use::fit},
                  p.cost_4);
            field(Field{"cost_5", "hours per item", 0.01, 10000, "work to finish an item of benchmark 5", scale, 1,
                        Use::fit},
                  p.cost_5);
            field(Field{"cost_6", "hours per item", 0.01, 10000, "work to finish an item of benchmark 6", scale, 1,
                        Use::fit},
                  p.cost_6);
            field(Field{"cost_7", "hours per item", 0.01, 10000, "work to finish an item of benchmark 7", scale, 1,
                        Use::fit},
                  p.cost_7);
            field(Field{"cost_8", "hours per item", 0.01, 10000, "work to finish an item of benchmark 8", scale, 1,
                        Use::fit},
                  p.cost_8);
            field(Field{"trial_share", "share of speed", 0, 1, "finishing an item by trial and error, without know-how",
                        "assumed", 0, Use::fit, within(0.02, 0.5)},
                  p.trial_share);
            field(Field{"training_speed", "times", 0.5, 3, "speed of a trained leader", "assumed", 1, Use::swept,
                        within(1, 1.3)},
                  p.training_speed);
            field(Field{"gbp_per_hour", "GBP per hour", 5, 200, "price of an hour bought with fund or grant",
                        "assumed: teacher's cost with on-costs", 1, Use::swept, within(20, 50)},
                  p.gbp_per_hour);
            field(
                Field{"coordinator_hours", "hours per month at a caseload of 15", 0, 40,
                      "help from an Enterprise Coordinator", "S129, S132; size assumed", 1, Use::swept, within(0.5, 4)},
                p.coordinator_hours);
            field(Field{"network_lift", "share of what is missing", 0, 1,
                        "senior support gained in the Enterprise Adviser Network", "S125; size fitted", 2, Use::fit,
                        within(0, 0.9)},
                  p.network_lift);
            field(Field{"hub_lift", "share of what the network leaves missing", 0, 1, "senior support gained in a hub",
                        "S124; size fitted", 2, Use::fit, within(0, 0.9)},
                  p.hub_lift);
            field(Field{"adviser_lift", "share of what is missing", 0, 1,
                        "senior support gained with an Enterprise Adviser", "001 line 155; size assumed", 1, Use::swept,
                        within(0, 0.15)},
                  p.adviser_lift);
            field(Field{"lift_months", "months", 1, 60, "for the lift of a new status to grow to its full size",
                        "assumed", 0, Use::swept, within(6, 24)},
                  p.lift_months);
            field(Field{"network_focus", "added weight", 0, 20, "B5 and B6 in the network", "S107; size fitted", 3,
                        Use::fit, within(0, 1.5)},
                  p.network_focus);
            field(Field{"hub_focus", "added weight", 0, 20, "B1, B5 and B6 in a hub", "S107, S108; size fitted", 3,
                        Use::fit, within(0, 1.5)},
                  p.hub_focus);
            field(Field{"priority_weight", "added weight", 0, 20,
                        "benchmarks that a member works on first: its hub's targets and the area's priorities",
                        "assumed", 0, Use::swept, within(0.5, 3)},
                  p.priority_weight);
            field(Field{"near_weight", "added weight", 0, 20, "benchmarks that Compass shows one or two items short",
                        "001 line 257; size assumed", 1, Use::swept, within(0, 3)},
                  p.near_weight);
            field(Field{"size_cost", "power of pupils", 0, 1,
                        "how work to finish an item grows with the school; 0 is not at all",
                        "001 line 403: small schools found destinations easier; size assumed", 1, Use::swept,
                        within(0, 0.3)},
                  p.size_cost);
            field(Field{"specialist_providers", "times", 0, 1,
                        "providers that special schools and alternative provision reach, against others", "assumed", 0,
                        Use::swept, within(0.5, 1)},
                  p.specialist_providers);
            field(Field{"rural_travel", "times", 0, 1, "providers reached from a rural school, against others",
                        "001 line 395: transport; size assumed", 0, Use::swept, within(0.6, 1)},
                  p.rural_travel);
            field(Field{"duty_rate", "rate per item and month at full support", 0, 1,
                        "statutory items: publish the programme, name the leader", "S004, W018, W003: B1 6 to 21 %", 2,
                        Use::fit, within(0.01, 0.5)},
                  p.duty_rate);
            field(Field{"duty_months", "months", 0, 400, "how long the duty presses", "assumed", 0, Use::swept,
                        within(6, 24)},
                  p.duty_months);
            field(Field{"duty_year", "decimal year", 2000, 2100, "start of the duty; September 2018 is 2018.66",
                        "003; statutory guidance of 2018", 5, Use::input},
                  p.duty_year);
            field(Field{"inspection_hours", "hours per month at full support", 0, 100,
                        "work on careers since inspectors ask after it",
                        "inspection framework of September 2019; size fitted", 1, Use::fit, within(0, 20)},
                  p.inspection_hours);
            field(Field{"inspection_year", "decimal year", 2000, 2100,
                        "when inspectors begin to ask; September 2019 is 2019.66",
                        "education inspection framework of September 2019", 5, Use::input},
                  p.inspection_year);
            field(Field{"inspection_months", "months", 0, 400, "how long they go on asking", "assumed: still", 1,
                        Use::swept, within(36, 400)},
                  p.inspection_months);
            field(Field{"disrupted_hours", "times", 0, 1,
                        "hours for careers from April 2020 to July 2021, against other times", "assumed; size fitted",
                        1, Use::fit, within(0.3, 1)},
                  p.disrupted_hours);
            field(
                Field{"lead_cover", "share", 0, 1,
                      "of a Lead School's own release days, what cover gives back to its own provision",
                      "assumed; 001 line 680: time is the difficulty, an allowance helps", 0, Use::swept, within(0, 1)},
                p.lead_cover);
        }
    };

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        return !world.calendar.is_august(now.month);
    }
    struct Setting;  // this and the passes: improve_provision_rows.h
    struct Passes;

    static void step(const Moment& now, World& world, const Parameters& p);
};

}  // namespace hubs
