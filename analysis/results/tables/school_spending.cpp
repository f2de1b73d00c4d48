#include "analysis/results/tables/school_spending.h"

#include "analysis/results/page.h"
#include "analysis/results/tables/costs.h"
#include "sim/schedule.h"

namespace hubs {

std::vector<SchoolSpending::Row> SchoolSpending::rows(const Results& results) {
    const Scenario& s = results.finished().scenario();
    const double establishments = results.finished().study.population.establishments.count();
    const auto& staff = Schedule::of<TurnOverStaff>(s.parameters);  // of whose leaders a few have no hours
    const double leader = (1 - staff.hours_none) * staff.hours_mean * teaching_weeks *
                          Schedule::of<AccountCosts>(s.parameters).leader_hour_gbp;
    std::vector<Row> out;
    for (const Plan& plan : s.plans) {
        Row row{plan.name, leader};
        for (const Costs::Row& cost : results.of<Costs>())
            // what a leader does at a meeting is part of the leader's time
            if (cost.plan == plan.name && cost.payer == "schools" && cost.line != CostLine::leader_time)
                row.other += cost.gbp / establishments / (s.months / 12.0);
        row.sum = row.leader + row.other;
        out.push_back(row);
    }
    return out;
}

std::string SchoolSpending::text(const Page& page) {
    const Row& first = page.of<SchoolSpending>().front();
    const std::string compared = first.sum < first.estimate ? "less" : "more";
    return "<p>What schools themselves spend is mostly their Careers Leader's time, which is the same under every plan "
           "and not part of the costs above but for meetings. It is " +
           compared +
           " than what the Gatsby report of 2014 estimated full provision to cost (S116), which also counts other "
           "teachers and pupils' activities.</p>" +
           page.table<SchoolSpending>("What a school spends on careers in a year, beside that estimate", closed);
}

}  // namespace hubs
