#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/base/field.h"
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

}  // namespace hubs
