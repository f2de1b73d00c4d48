#include "analysis/workshop/engine/describe.h"

#include <nlohmann/json.hpp>

#include "sim/entity/plan.h"
#include "sim/schedule.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// Gathers the settings of one section: a visitor of `describe`.
struct SettingWriter {
    Json& out;
    std::string section;

    void operator()(const Field& f, double& value) {
        Json one{{"path", section + "." + std::string(f.name)},
                 {"unit", f.unit},
                 {"minimum", f.minimum},
                 {"maximum", f.maximum},
                 {"default", value},
                 {"meaning", f.meaning},
                 {"source", f.source},
                 {"padlocks", f.padlocks},
                 {"use", name_of(f.use)}};
        if (f.range.given()) one["plausible"] = {f.range.low, f.range.high};
        out.push_back(one);
    }
    void operator()(const Choice& c, bool& value) {
        out.push_back({{"path", section + "." + std::string(c.name)}, {"meaning", c.meaning}, {"source", c.source}, {"default", value}});
    }
    template <class Words, class Enum>
    void operator()(const Choice& c, const Words& words, Enum& value) {
        const std::vector<std::string> list(words.begin(), words.end());
        out.push_back({{"path", section + "." + std::string(c.name)},
                       {"meaning", c.meaning},
                       {"source", c.source},
                       {"words", list},
                       {"default", list[static_cast<std::size_t>(value)]}});
    }
};

}  // namespace

std::string study_json(const Study& study) {
    const Population& population = study.population;
    const Establishments& who = population.establishments;
    Json schools = Json::array(), ties = Json::array(), items = Json::array(), areas = Json::array();
    for (std::uint32_t i = 0; i < who.count(); ++i) {
        const EstablishmentId e{i};
        Json one{{"address", who.address[e]},
                 {"type", static_cast<int>(who.type[e])},
                 {"x", who.easting[e]},
                 {"y", who.northing[e]},
                 {"area", who.area[e].index},
                 {"pupils", who.pupils[e]},
                 {"fsm", who.fsm_permille[e] == unknown_fsm ? Json() : Json(who.fsm_permille[e] / 10.0)},
                 {"sixth_form", who.sixth_form[e] != 0}};
        if (i < population.names.size()) one["name"] = population.names[i];
        schools.push_back(one);
        for (std::uint32_t slot = population.network.first(e); slot < population.network.end(e); ++slot)
            if (population.network.layers(slot) != no_layer && population.network.peer(slot) > i) ties.push_back({i, population.network.peer(slot)});
    }
    for (std::size_t i = 0; i < study.framework.items.size(); ++i) {
        const Item& item = study.framework.items[i];
        items.push_back({{"id", item.id}, {"name", item.name}, {"benchmark", study.framework.benchmark_of[i] + 1}});
    }
    for (const AreaRow& area : population.areas) areas.push_back(area.name);
    const Scenario& s = study.scenario;
    const Json out{{"name", s.name},
                   {"months", s.months},
                   {"replicates", s.replicates},
                   {"year", s.calendar.year},
                   {"month", s.calendar.month},
                   {"population", population.name},
                   {"note", study.population_note},
                   {"areas", areas},
                   {"schools", schools},
                   {"ties", ties},
                   {"employers", population.employers.count()},
                   {"benchmarks", study.framework.benchmark},
                   {"items", items}};
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string settings_json() {
    Json settings = Json::array();
    Scenario scenario;
    Plan plan;
    SettingWriter of_plan{settings, "plan"};
    Plan::describe(of_plan, plan);
    SettingWriter of_start{settings, std::string(InitialState::name)};
    InitialState::Parameters::describe(of_start, scenario.initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        SettingWriter of_process{settings, std::string(P::name)};
        P::Parameters::describe(of_process, Schedule::of<P>(scenario.parameters));
    });
    Json outcomes = Json::array();
    for (const OutcomeName& o : outcome_names()) outcomes.push_back({{"key", o.key}, {"unit", o.unit}});
    const Json out{{"version", HUBSIM_VERSION}, {"settings", settings}, {"outcomes", outcomes}};
    return out.dump();
}

std::string trace_json(const Trace& trace) {
    Json events = Json::array();
    for (const Event& e : trace.events)
        events.push_back({e.month.index, static_cast<int>(e.change), static_cast<int>(e.cause), e.at.index, e.source.exists() ? Json(e.source.index) : Json(),
                          e.item == 0xff ? Json() : Json(e.item)});
    Json costs = Json::array();
    for (const std::int64_t pence : trace.cost_pence) costs.push_back(static_cast<double>(pence) / 100.0);
    return Json{{"months", trace.months}, {"establishments", trace.establishments}, {"costs", costs}, {"events", events}}.dump();
}

}  // namespace hubs
