#pragma once
#include <optional>

#include "analysis/statistics/estimator/sample.h"

namespace hubs {

/// Units seen at several times, some of which join and stay. Rows are units, columns times.
struct Panel {
    static constexpr int never = std::numeric_limits<int>::max();
    std::vector<int> times;               ///< rising
    Eigen::MatrixXd outcome;              ///< units by times; not_available where a unit was not seen
    std::vector<int> joined;              ///< first time as a member; `never` if none
    Eigen::MatrixXd covariates;           ///< units by covariates, as first seen; may have no columns
    std::vector<std::string> names;       ///< of the covariates
    std::vector<std::uint32_t> clusters;  ///< of units; empty: each unit is its own

    std::size_t units() const { return joined.size(); }
};

/// An effect with its error, a 95 % interval, and one that holds for all of its kind at once.
struct WaveEffect {
    double value = not_available, error = not_available, low = not_available, high = not_available;
    double band_low = not_available, band_high = not_available;
    std::size_t treated = 0, controls = 0;  ///< units behind it; of averages, treated units in all
    double df = not_available;              ///< of its t: clusters on the side that has fewer, less one
};
/// Effect on those who joined at one time, at one time. Before joining it should be nought: a placebo.
struct GroupTime {
    int joined, time;
    bool before;  ///< of joining
    WaveEffect effect;
    std::string refusal;  ///< in place of an effect
};
struct EventTime {
    int since;  ///< time less the time of joining; below nought: before
    WaveEffect effect;
};

struct WaveOptions {
    unsigned draws = 999;  ///< of the bootstrap behind the bands
    std::uint64_t seed = 1;
};

struct WaveEstimates {
    std::vector<GroupTime> by_group;
    std::vector<EventTime> by_event;
    WaveEffect overall;               ///< each joiner's mean effect since joining, averaged over joiners
    double critical = not_available;  ///< of the band over event times, in place of 1.96; of many clusters
    std::size_t always_members = 0;   ///< units that had joined by the first time: they tell nothing, and are left out
    std::size_t never_members = 0;    ///< units that had not joined by the last time
    std::size_t joiners = 0;          ///< all others; `overall.treated` of them could be compared
    std::size_t clusters = 0;
    bool even_times = true;                 ///< whether all times are as far apart
    double largest_before = not_available;  ///< largest |effect / error| of event times before joining
};

/// Staggered adoption: group-time effects against units that have not joined yet (Callaway and Sant'Anna 2021), each a
/// difference of two differences from the last time before joining, or, before it, from the time before; with
/// covariates doubly robust. Averaged over groups by time since joining (event study), weighted by size. Errors sum
/// influences within clusters, times K / (K - 1) for the K clusters of the side that has fewer, and know that the
/// weights are estimated; bands are of the multiplier
/// bootstrap with one sign a cluster, wider by as much as t is than the normal. The same for any order of units and any
/// number of threads. Throws EstimationError where nothing can be compared.
WaveEstimates estimate_waves(const Panel& panel, const WaveOptions& options = {});

}  // namespace hubs
