#include "analysis/workshop/engine/plan_values.h"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/simulate.h"

namespace hubs {
namespace {

constexpr std::string_view lever_prefix = "plans.";

void set_within(const Field& field, double& place, const Turned& t) {
    if (!(t.value >= field.minimum && t.value <= field.maximum))
        throw std::runtime_error(t.path + " has limits of its own, and this value is outside them");
    place = t.value;
}

/// Sets the lever of one name; everything else that a plan describes is passed over.
struct LeverSetter {
    const Turned& turned;
    std::string_view name;
    bool found = false;

    void operator()(const Field& field, double& value) {
        if (field.name != name) return;
        set_within(field, value, turned);
        found = true;
    }
    void operator()(const Choice&, bool&) {}
    template <class Words, class Enum>
    void operator()(const Choice&, const Words&, Enum&) {}
};

void turn(Scenario& s, const Turned& t) {
    bool found = false;
    if (t.path.starts_with(lever_prefix)) {
        for (Plan& plan : s.plans) {
            LeverSetter set{t, std::string_view(t.path).substr(lever_prefix.size())};
            Plan::describe(set, plan);
            found = set.found;
        }
    } else {
        for (const ParameterPlace& p : parameter_places(s))
            if (p.path == t.path) {
                set_within(p.field, *p.value, t);
                found = true;
            }
    }
    if (!found) throw std::runtime_error("no setting \"" + t.path + "\"");
}

}  // namespace

std::vector<Turned> read_turned(const std::string& lines) {
    std::vector<Turned> out;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        const auto equals = line.find('=');
        const char* from = equals == std::string::npos ? "" : line.c_str() + equals + 1;
        char* end = nullptr;
        const double value = std::strtod(from, &end);
        if (end == from || *end != 0) throw std::runtime_error("\"" + line + "\" is not a setting and a number");
        out.push_back({line.substr(0, equals), value});
    }
    return out;
}

std::vector<RunValue> plan_values_of(const Study& study, const std::vector<std::size_t>& plans,
                                     const std::vector<Turned>& turned, std::uint32_t number) {
    Scenario s = scenario_of(study.scenario, number);
    for (const Turned& t : turned) turn(s, t);
    const Replicate replicate{s.seed, number};
    const World start = first_world(s, study.population, study.framework, replicate);
    const Groups groups = groups_of(study.population);
    std::vector<RunValue> out;
    for (const std::size_t p : plans) {
        if (p >= s.plans.size()) throw std::runtime_error("no plan " + std::to_string(p));
        Watch watch;
        watch.every = s.months;
        watch.prepare(groups, s.months);
        simulate(start, s, s.plans[p], replicate, &watch);
        out.push_back(value_of(s, watch.seen, groups, study.population.establishments.count()));
    }
    return out;
}

}  // namespace hubs
