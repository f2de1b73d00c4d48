#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/run/parameter_path.h"

namespace hubs {

/// One setting that a sweep varies: a parameter ("improve_provision.cost_1") or a lever of one or all plans
/// ("plans/wave 1/hub_size", "plans/*/hub_size"), in its own units.
struct Factor {
    std::string path, unit, meaning;
    int padlocks = 0;  ///< strength of the evidence, 0 to 5
    double low = 0, high = 1;
    bool logarithmic = false;
    std::vector<double> values;  ///< instead of a range, if not empty
    std::string group;           ///< factors of one group move together
    double middle = 0;           ///< where it stands when it is not varied
    double minimum = 0, maximum = 0;
    bool has_range = false;  ///< plausible, or of its draws

    /// The value at a place within 0 to 1 of the range.
    double value(double place) const;
    /// Where the value of a place lies along the range, or the list, as a share of its length.
    double place(double place) const;
    bool is_lever() const { return path.starts_with("plans/"); }
};

/// The setting a path means, with its plausible range, if it has one; `known` becomes all paths there are.
bool find_factor(const Scenario& scenario, const std::string& path, Factor& factor, std::vector<std::string>& known);

/// Every parameter that is not known well.
std::vector<Factor> uncertain_factors(const Scenario& scenario);

/// Sets a value in a scenario.
void set_factor(Scenario& scenario, const Factor& factor, double value);

}  // namespace hubs
