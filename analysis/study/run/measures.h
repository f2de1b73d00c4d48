#pragma once
#include <string>
#include <vector>

#include "sim/entity/observation.h"
#include "sim/scenario.h"

namespace hubs {

/// A figure worked out from a tally.
struct Measure {
    std::string name, label, unit;
    int decimals = 2;
    bool full_only = false;   ///< counted in full tallies only
    bool of_returns = false;  ///< of those with a return in the last twelve months, as published figures are
    double (*of)(const Tally&, unsigned benchmark);
    unsigned benchmark = 0;  ///< for the measures of one benchmark

    double operator()(const Tally& t) const { return of(t, benchmark); }
};

/// All measures, in the order they are published. Shares are of establishments, in percent.
const std::vector<Measure>& measures();

/// One of them. Throws std::logic_error if there is none of that name.
const Measure& measure(const std::string& name);

/// Whether all groups and all measures are counted at the end of a month of the run (0 = the start).
bool full_tally_at(const Scenario& scenario, unsigned month);

}  // namespace hubs
