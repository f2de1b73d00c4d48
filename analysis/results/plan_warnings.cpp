#include "analysis/results/plan_warnings.h"

#include <algorithm>

#include "analysis/base/words.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/history.h"

namespace hubs {
namespace {

/// Two levers of which one does nothing without the other.
struct Idle {
    double Plan::*lever;
    const char* name;
    double Plan::*without;  ///< nothing happens while this is 0
    const char* needs;
};
constexpr Idle idle[] = {
    {&Plan::lead_allowance_gbp, "lead_allowance_gbp", &Plan::lead_schools_per_hub, "lead_schools_per_hub"},
    {&Plan::wallet_share, "wallet_share", &Plan::wallet_gbp, "wallet_gbp"},
    {&Plan::training_share, "training_share", &Plan::training_places, "training_places"},
};

/// Whether some wave before this one may have formed a hub in the area.
bool may_have_hub(const Plan& plan, std::size_t wave, std::uint32_t area, bool at_the_start) {
    bool out = at_the_start;
    for (std::size_t w = 0; w < wave; ++w) {
        const Wave& earlier = plan.waves[w];
        const bool here = (earlier.joins() && earlier.rule != Allocation::by_area) ||
                          std::any_of(earlier.areas.begin(), earlier.areas.end(),
                                      [&](const AreaShare& share) { return share.area == area; });
        if (here && earlier.action != WaveAction::merge_hubs) out = earlier.joins();
    }
    return out;
}

/// "no earlier wave forms a hub in Cumbria: its members will form one".
void waves_without_hub(const Study& study, const Plan& plan, const std::string& of_plan,
                       std::vector<std::string>& out) {
    for (std::size_t w = 0; w < plan.waves.size(); ++w) {
        const Wave& wave = plan.waves[w];
        if (wave.action == WaveAction::form_hubs || wave.rule != Allocation::by_area) continue;
        for (const AreaShare& share : wave.areas)
            if (!may_have_hub(plan, w, share.area, study.scenario.history != nullptr))
                out.push_back(of_plan + ", wave " + std::to_string(w + 1) + " (" +
                              month_name(study.scenario.calendar, wave.month + 1u) +
                              "): no earlier wave forms a hub in " + study.population.areas[share.area].name +
                              (wave.joins() ? ", so its members will form one" : ", so nothing will happen there"));
    }
}

/// "2 areas have no employers (Cumbria, Lancashire): …", naming five at most.
void areas_without_employers(const Population& population, std::vector<std::string>& out) {
    std::string names;
    unsigned count = 0;
    for (const AreaRow& area : population.areas) {
        if (area.employers > 0 || area.establishments == 0) continue;
        if (++count <= 5) names += (count > 1 ? ", " : "") + area.name;
    }
    if (count > 0)
        out.push_back(counted(count, "area") + (count == 1 ? " has" : " have") + " no employers (" + names +
                      (count > 5 ? ", …" : "") +
                      "): schools there have what they find alone, and no Enterprise Adviser is found");
}

/// Levers that act when a hub is formed or its members change: hubs of a history keep what they have until then.
void levers_of_forming(const History& history, const Plan& plan, const std::string& of_plan,
                       std::vector<std::string>& out) {
    const Plan& before = history.scenario.plans[history.plan];
    std::string names;
    const auto name = [&](const char* lever, bool differs) {
        if (differs) names += (names.empty() ? "" : ", ") + std::string(lever);
    };
    name("lead_schools_per_hub", plan.lead_schools_per_hub != before.lead_schools_per_hub);
    name("cornerstones_per_hub", plan.cornerstones_per_hub != before.cornerstones_per_hub);
    name("format", plan.format != before.format);
    name("cluster_size", plan.format != Format::whole_hub && plan.cluster_size != before.cluster_size);
    name("buddies", plan.buddies != before.buddies);
    name("peer_review", plan.peer_review && !before.buddies);
    if (!names.empty())
        out.push_back(of_plan + ": " + names +
                      ": hubs that exist at the start keep what the history gave them until their members change; what "
                      "they cost follows the plan at once");
}

}  // namespace

std::vector<std::string> plan_warnings(const Study& study) {
    std::vector<std::string> out;
    areas_without_employers(study.population, out);
    for (const Plan& plan : study.scenario.plans) {
        const std::string of_plan = "plan \"" + plan.name + "\"";
        waves_without_hub(study, plan, of_plan, out);
        if (plan.waves.empty() && !study.scenario.history) continue;  // its levers concern nobody
        if (study.scenario.history) levers_of_forming(*study.scenario.history, plan, of_plan, out);
        for (const Idle& i : idle)
            if (plan.*i.lever > 0 && !(plan.*i.without > 0))
                out.push_back(of_plan + ": " + i.name + " does nothing while " + i.needs + " is 0");
        if (plan.lead_schools_per_hub >= plan.hub_size)
            out.push_back(of_plan +
                          ": lead_schools_per_hub is no less than hub_size, so every member of a hub would be a "
                          "Lead School and serve nobody");
        const bool priority = std::any_of(plan.priority.begin(), plan.priority.end(), [](bool b) { return b; });
        if (plan.advisers_per_school > 1 && !(plan.adviser_coverage > 0))
            out.push_back(of_plan + ": advisers_per_school does nothing while adviser_coverage is 0");
        if (priority && !(plan.steering_alignment > 0))
            out.push_back(of_plan + ": priority_benchmarks do nothing while steering_alignment is 0");
        if (priority && !(plan.steering_authorities > 0))
            out.push_back(of_plan + ": priority_benchmarks do nothing while steering_authorities is 0");
        if (plan.format == Format::clusters_by_place && plan.cluster_size > plan.hub_size)
            out.push_back(of_plan + ": cluster_size is more than hub_size, so each hub is one cluster");
    }
    return out;
}

}  // namespace hubs
