#pragma once
#include <string>
#include <vector>

#include "sim/run/outcome.h"

namespace hubs {

/// A setting turned by a reader of a report: a parameter by its path, or a lever of every plan as "plans.lever".
struct Turned {
    std::string path;
    double value = 0;
};

/// "engage_employers.lift=0.2" and so on, one a line. Throws std::runtime_error for what is no number.
std::vector<Turned> read_turned(const std::string& lines);

/// What each of some plans brings and costs for one establishment in one replicate: as `hubsim run` has it where
/// nothing is turned. A parameter that is turned is not drawn. Throws std::runtime_error for an unknown setting, a
/// value outside its limits, or a plan that is not there.
std::vector<RunValue> plan_values_of(const Study& study, const std::vector<std::size_t>& plans,
                                     const std::vector<Turned>& turned, std::uint32_t replicate);

}  // namespace hubs
