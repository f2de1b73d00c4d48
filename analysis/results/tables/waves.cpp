#include "analysis/results/tables/waves.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/results.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/history.h"
#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

constexpr std::size_t most_plans_tried = 50;

std::int64_t asked_of(const Wave& wave) {
    if (!wave.joins() && wave.addresses.empty()) return 0;
    if (wave.rule == Allocation::as_listed) return static_cast<std::int64_t>(wave.addresses.size());
    if (wave.rule != Allocation::by_area) return wave.members;
    std::int64_t sum = 0;
    for (const AreaShare& share : wave.areas) sum += share.members;
    return sum;
}

/// "Cumbria; Lancashire": where hubs merge or close; "all 38 areas" where it is everywhere.
std::string areas_of(const Wave& wave, const Population& population) {
    std::string out;
    if (!wave.joins() && wave.areas.size() > 1 && wave.areas.size() == population.areas.size())
        return "all " + std::to_string(wave.areas.size()) + " areas";
    for (const AreaShare& share : wave.areas)
        if (!wave.joins()) out += (out.empty() ? "" : "; ") + population.areas[share.area].name;
    return out;
}

}  // namespace

std::vector<Waves::Row> Waves::rows(const Results& results) {
    return rows(results.finished().study, results.finished().ensemble.seen);
}

std::vector<Waves::Row> Waves::rows(const Study& study, const std::vector<std::vector<Observations>>& seen) {
    const Scenario& s = study.scenario;
    std::vector<Row> out;
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
            out.push_back({s.plans[p].name, static_cast<std::int64_t>(w + 1), month_name(s.calendar, wave.month + 1u),
                           wave.rule, wave.action, areas_of(wave, study.population), asked_of(wave),
                           sum / static_cast<double>(seen[p].size()), least, most});
        }
    return out;
}

std::vector<std::string> shortfalls(const std::vector<Waves::Row>& waves) {
    std::vector<std::string> out;
    for (const Waves::Row& w : waves)
        if (w.placed_least < w.asked)
            out.push_back("plan \"" + w.plan + "\", wave " + std::to_string(w.wave) + " (" + w.date + ", " +
                          std::string(word(w.rule)) + "): " + std::to_string(w.asked) + " asked for, " +
                          (w.placed_most == 0 ? "nobody" : cell_text(Cell{std::round(w.placed * 10) / 10})) +
                          " placed");
    return out;
}

std::vector<Waves::Row> waves_tried(const Study& study) {
    const std::size_t plans = std::min(study.scenario.plans.size(), most_plans_tried);
    const Scenario s = scenario_of(study.scenario, 0);
    const Replicate replicate{s.seed, 0};
    const Groups groups = groups_of(study.population);
    const World start = first_world(s, study.population, study.framework, replicate);
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
    return Waves::rows(study, seen);
}

}  // namespace hubs
