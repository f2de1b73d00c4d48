#pragma once
#include <string>
#include <vector>

#include "sim/initial_state.h"
#include "sim/schedule.h"

namespace hubs {

/// Weighted draws of parameters from a calibration. Two replicates in turn share a draw, so that
/// the spread from parameters can be told from the spread from luck.
struct ParameterDraws {
    std::vector<std::string> paths;
    std::vector<double> cumulative;  ///< weights, summed
    std::vector<double> values;      ///< draws by paths
    std::size_t count() const { return cumulative.size(); }
};
inline constexpr std::uint32_t replicates_per_draw = 2;

/// One question, checked: a calendar, parameters and the plans to compare. The first plan
/// is the reference. The population and the framework stand beside it.
struct Scenario {
    std::string name;
    std::string question;
    Calendar calendar;
    std::uint16_t months = 60;
    std::uint32_t replicates = 200;
    std::uint64_t seed = 1;
    double discount_rate = 0.035;  ///< per year; Green Book standard rate
    std::string price_base = "2018-19";
    unsigned observe_every = 12;  ///< months between full tallies of all groups
    InitialState::Parameters initial;
    Parameters parameters;
    Schedule::Switches switches;
    ParameterDraws draws;  ///< empty: every replicate has the parameters above
    std::vector<Plan> plans;
};

}  // namespace hubs
