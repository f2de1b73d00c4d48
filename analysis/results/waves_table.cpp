#include "analysis/results/waves_table.h"

#include <algorithm>

#include "analysis/results/study_tables.h"
#include "analysis/results/tables.h"
#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

constexpr std::size_t most_plans_tried = 50;

std::int64_t asked_of(const Wave& wave) {
    if (wave.rule == Allocation::as_listed) return static_cast<std::int64_t>(wave.addresses.size());
    if (wave.rule != Allocation::by_area) return wave.members;
    std::int64_t sum = 0;
    for (const AreaShare& share : wave.areas) sum += share.members;
    return sum;
}

std::string number_of(const Cell& cell) {
    std::string out = cell_text(std::round(number(cell) * 10) / 10);
    return out;
}

}  // namespace

Table waves_table(const Study& study, const std::vector<std::vector<Observations>>& seen) {
    const Scenario& s = study.scenario;
    Table t{"waves",
            "Members that each wave asked for, and found",
            {{"plan", "Plan", "", 0},
             {"wave", "Wave", "", 0},
             {"date", "Month", "", 0},
             {"rule", "Who is taken", "", 0},
             {"change", "Joining or leaving", "", 0},
             {"asked", "Asked for", "establishments", 0},
             {"placed", "Placed, mean", "establishments", 1},
             {"placed_least", "Placed, least", "establishments", 0},
             {"placed_most", "Placed, most", "establishments", 0}},
            {}};
    for (std::size_t p = 0; p < seen.size(); ++p)
        for (std::size_t w = 0; w < s.plans[p].waves.size(); ++w) {
            const Wave& wave = s.plans[p].waves[w];
            double sum = 0;
            std::uint32_t least = UINT32_MAX, most = 0;
            for (const Observations& one : seen[p]) {
                sum += one.placed[w];
                least = std::min(least, one.placed[w]);
                most = std::max(most, one.placed[w]);
            }
            t.rows.push_back({s.plans[p].name, static_cast<std::int64_t>(w + 1),
                              month_name(s.calendar, wave.month + 1u),
                              std::string(allocation_words[static_cast<std::size_t>(wave.rule)]),
                              std::string(wave.leaving ? "leaving" : "joining"), asked_of(wave),
                              sum / static_cast<double>(seen[p].size()), std::int64_t{least}, std::int64_t{most}});
        }
    return t;
}

std::vector<std::string> shortfalls(const Table& t) {
    std::vector<std::string> out;
    for (const auto& row : t.rows)
        if (const double asked = number(row[t.column("asked")]), least = number(row[t.column("placed_least")]);
            least < asked)
            out.push_back("plan \"" + text(row[t.column("plan")]) + "\", wave " + text(row[t.column("wave")]) + " (" +
                          text(row[t.column("date")]) + ", " + text(row[t.column("rule")]) +
                          "): " + text(row[t.column("asked")]) + " asked for, " +
                          (number(row[t.column("placed_most")]) == 0 ? "nobody" : number_of(row[t.column("placed")])) +
                          " placed");
    return out;
}

Table waves_tried(const Study& study) {
    const std::size_t plans = std::min(study.scenario.plans.size(), most_plans_tried);
    const Scenario s = scenario_of(study.scenario, 0);
    const Replicate replicate{s.seed, 0};
    const Groups groups = groups_of(study.population);
    const World start = start_world(start_of(s, study.population, study.framework), replicate);
    std::vector<std::vector<Observations>> seen(plans);
    for (std::size_t p = 0; p < plans; ++p) {
        std::uint16_t until = 0;
        for (const Wave& wave : s.plans[p].waves)
            until = std::max<std::uint16_t>(until, static_cast<std::uint16_t>(wave.month + 1));
        Watch watch;
        watch.every = 400;
        watch.prepare(groups, s.months);
        if (until == 0) continue;
        simulate(start, s, s.plans[p], replicate, &watch, nullptr, until);
        seen[p].push_back(std::move(watch.seen));
    }
    return waves_table(study, seen);
}

}  // namespace hubs
