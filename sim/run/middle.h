#pragma once
#include <string_view>

#include "sim/run/parameter_path.h"

namespace hubs {

/// The value below which a share `q` of the weight of a scenario's draws lies, of its `k`-th drawn parameter.
double quantile_of_draws(const ParameterDraws& draws, std::size_t k, double q);

/// The scenario with drawn parameters at their medians: where one thing at a time is changed from.
Scenario middle_of(const Scenario& scenario);

/// The number at a path among a scenario's parameters; null if there is none.
double* place_of(Scenario& scenario, const std::string& path);

/// A price that a scenario sets takes its plausible range along: by what the range is to be multiplied. 1 for what is
/// no price.
double price_factor(std::string_view unit, double value, double usual);

/// A parameter that is not known well, and the range it is varied over: 5 to 95 % of its draws if it is drawn,
/// else its plausible range. Inputs and plan levers are not among them, nor costs, which move no benchmark.
struct UncertainParameter {
    std::string path;
    Field field;
    double value, low, high;  ///< in the middle, and the ends
};
std::vector<UncertainParameter> uncertain_parameters(const Scenario& scenario);

}  // namespace hubs
