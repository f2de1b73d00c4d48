#include "analysis/results/tables/assumptions.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/results.h"
#include "sim/run/middle.h"

namespace hubs {
namespace {

/// Reads values and fields off a description.
class Lister {
public:
    Lister(std::vector<Assumptions::Row>& rows, std::string section) : rows_(rows), section_(std::move(section)) {}

    void operator()(const Field& f, const double& value) {
        const auto bound = [&](double b) { return f.range.given() ? Cell{b} : Cell{}; };
        Assumptions::Row& row = add(f.name, value, f.unit, f.meaning, f.source, std::string(name_of(f.use)));
        row.low = bound(f.range.low);
        row.high = bound(f.range.high);
        row.padlocks = static_cast<double>(f.padlocks);
    }
    void operator()(const Choice& c, const bool& value) {
        add(c.name, std::string(value ? "true" : "false"), "true or false", c.meaning, c.source, "lever");
    }
    template <class Words, class Enum>
    void operator()(const Choice& c, const Words& words, const Enum& value) {
        add(c.name, std::string(words[static_cast<std::size_t>(value)]), "word", c.meaning, c.source, "structure");
    }

private:
    Assumptions::Row& add(std::string_view name, Cell value, std::string_view unit, std::string_view meaning,
                          std::string_view source, std::string use) {
        Assumptions::Row& row = rows_.emplace_back();
        row.section = section_;
        row.name = name;
        row.value = std::move(value);
        row.standing = "lever of the plan";
        row.drawn_p5 = row.drawn_p95 = std::nan("");
        row.unit = unit;
        row.meaning = meaning;
        row.source = source;
        row.use = std::move(use);
        return row;
    }
    std::vector<Assumptions::Row>& rows_;
    std::string section_;
};

/// Settings of the start and of all processes.
std::vector<Assumptions::Row> parameters(const Scenario& scenario) {
    std::vector<Assumptions::Row> out;
    Lister initial(out, std::string(InitialState::name));
    InitialState::Parameters::describe(initial, scenario.initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        Lister lister(out, std::string(P::name));
        P::Parameters::describe(lister, Schedule::of<P>(scenario.parameters));
    });
    return out;
}

}  // namespace

std::vector<Assumptions::Row> Assumptions::rows(const Results& results) { return rows(results.finished().scenario()); }

std::vector<Assumptions::Row> Assumptions::rows(const Scenario& scenario) {
    std::vector<Row> out = parameters(scenario), defaults = parameters({});
    const ParameterDraws& draws = scenario.draws;
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].standing = out[i].value == defaults[i].value ? "default" : "set by the scenario";
        const double *value = std::get_if<double>(&out[i].value), *usual = std::get_if<double>(&defaults[i].value);
        for (Cell* end : {&out[i].low, &out[i].high})
            if (double* at = std::get_if<double>(end); at != nullptr && value != nullptr && usual != nullptr)
                *at *= price_factor(out[i].unit, *value, *usual);
        const auto found = std::find(draws.paths.begin(), draws.paths.end(), out[i].section + "." + out[i].name);
        if (found == draws.paths.end()) continue;
        const auto k = static_cast<std::size_t>(found - draws.paths.begin());
        out[i].standing = "drawn";
        out[i].value = quantile_of_draws(draws, k, 0.5);
        out[i].drawn_p5 = quantile_of_draws(draws, k, 0.05);
        out[i].drawn_p95 = quantile_of_draws(draws, k, 0.95);
    }
    for (const Plan& plan : scenario.plans) {
        Lister lister(out, "plan: " + plan.name);
        Plan::describe(lister, plan);
    }
    return out;
}

}  // namespace hubs
