#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/field.h"
#include "sim/base/problem.h"
#include "sim/scenario.h"

namespace hubs {

/// One number among the parameters of a scenario, by its path: "improve_provision.cost_1".
struct ParameterPlace {
    std::string path;
    Field field;
    double* value;
};

/// Every numeric parameter, in the order of the schedule's page; the start comes first.
std::vector<ParameterPlace> parameter_places(Scenario& scenario);

/// Reads draws of parameters: a heading of "weight" and paths, one row a draw. Unknown paths,
/// values outside a parameter's range and weights that are not positive are problems.
ParameterDraws read_draws(std::string_view csv, const std::string& file, Scenario& scenario, Problems& problems);

/// The scenario of one replicate: its parameters set to its draw, if it has draws.
Scenario scenario_of(const Scenario& scenario, std::uint32_t replicate);

}  // namespace hubs
