#pragma once
#include <vector>

#include "analysis/study/evaluation/returns.h"

namespace hubs {

/// What holders of an award given from outside would show in their own returns before hubs, if the award
/// followed what is true with a given validity (correlation of the assessor's view with true attainment).
struct AwardRow {
    double validity = 0;
    double reported = 0, truly = 0;  ///< mean benchmarks of holders
    double items_gap = 0;            ///< percentage points more items reported than by all
};

/// Share of establishments holding an award: assumed, 0.2 to 0.4; no figure was published.
inline constexpr double award_share = 0.3;

/// Rows for validities 0 to 1 by quarters. The assessor's luck is addressed like all luck.
std::vector<AwardRow> award_holders(const Study& study, const Returns& returns, Replicate replicate);

}  // namespace hubs
