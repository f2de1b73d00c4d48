#pragma once
#include "sim/base/problem.h"
#include "sim/run/study.h"

namespace hubs {

/// A published figure as targets.json has it, in the unit that the scenario asks for.
struct PublishedTarget {
    std::string quantity, group, date, use;
    double value = 0, se = 0;
};
PublishedTarget published_target(const Published& asked);

/// What a scenario asks to be shown beside published figures and the results will not hold: unknown targets,
/// groupings, groups and measures, months that are not observed. Known before anything is run.
Problems check_published(const Study& study);

}  // namespace hubs
