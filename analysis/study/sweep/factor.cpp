#include "analysis/study/sweep/factor.h"

#include <algorithm>

#include "sim/base/deterministic_math.h"
#include "sim/run/middle.h"

namespace hubs {
namespace {

struct LeverCollector {
    std::vector<std::pair<Field, double*>> out;
    void operator()(const Field& field, double& value) { out.emplace_back(field, &value); }
    void operator()(const Choice&, bool&) {}
    template <class Words, class Enum>
    void operator()(const Choice&, const Words&, Enum&) {}
};

std::vector<std::pair<Field, double*>> levers_of(Plan& plan) {
    LeverCollector c;
    Plan::describe(c, plan);
    return c.out;
}

Factor factor_of(const std::string& path, const Field& field, double middle) {
    Factor f;
    f.path = path;
    f.unit = field.unit;
    f.meaning = field.meaning;
    f.padlocks = field.padlocks;
    f.low = field.range.given() ? field.range.low : field.minimum;
    f.high = field.range.given() ? field.range.high : field.maximum;
    f.middle = middle;
    f.has_range = field.range.given();
    f.minimum = field.minimum;
    f.maximum = field.maximum;
    return f;
}

Factor factor_of(const UncertainParameter& u) {
    Factor f = factor_of(u.path, u.field, u.value);
    f.low = u.low;
    f.high = u.high;
    f.has_range = true;
    return f;
}

/// Plan and lever of "plans/wave 1/hub_size"; a plan's name may hold slashes, a lever's not.
std::pair<std::string, std::string> parts_of(const std::string& path) {
    const auto last = path.rfind('/');
    return last <= 6 ? std::pair<std::string, std::string>{} : std::pair{path.substr(6, last - 6), path.substr(last + 1)};
}

}  // namespace

double Factor::value(double place) const {
    if (!values.empty()) return values[std::min(values.size() - 1, static_cast<std::size_t>(place * static_cast<double>(values.size())))];
    return logarithmic ? low * exponential(place * natural_log(high / low)) : low + place * (high - low);
}

double Factor::place(double place) const {
    if (values.empty()) return place;
    if (values.size() < 2) return 0;
    return static_cast<double>(std::min(values.size() - 1, static_cast<std::size_t>(place * static_cast<double>(values.size())))) /
           static_cast<double>(values.size() - 1);
}

bool find_factor(const Scenario& scenario, const std::string& path, Factor& factor, std::vector<std::string>& known) {
    Scenario s = middle_of(scenario);
    bool found = false;
    for (const UncertainParameter& u : uncertain_parameters(scenario))
        if (u.path == path) {
            factor = factor_of(u);
            found = true;
        }
    for (const ParameterPlace& p : parameter_places(s)) {
        known.push_back(p.path);
        if (!found && p.path == path) {
            factor = factor_of(path, p.field, *p.value);
            found = true;
        }
    }
    const auto [plan_name, lever] = path.starts_with("plans/") ? parts_of(path) : std::pair<std::string, std::string>{};
    for (std::size_t p = 0; p <= s.plans.size(); ++p) {
        const std::string name = p == 0 ? "*" : s.plans[p - 1].name;
        for (const auto& [field, value] : levers_of(s.plans[p == 0 ? s.plans.size() - 1 : p - 1])) {
            known.push_back("plans/" + name + "/" + std::string(field.name));
            if (found || name != plan_name || field.name != lever) continue;
            factor = factor_of(path, field, *value);
            found = true;
        }
    }
    return found;
}

std::vector<Factor> uncertain_factors(const Scenario& scenario) {
    std::vector<Factor> out;
    for (const UncertainParameter& u : uncertain_parameters(scenario)) out.push_back(factor_of(u));
    return out;
}

void set_factor(Scenario& s, const Factor& factor, double value) {
    if (!factor.is_lever()) {
        *place_of(s, factor.path) = value;
        return;
    }
    const auto [plan_name, lever] = parts_of(factor.path);
    for (Plan& plan : s.plans)
        if (plan_name == "*" || plan.name == plan_name)
            for (const auto& [field, place] : levers_of(plan))
                if (field.name == lever) *place = value;
}

}  // namespace hubs
