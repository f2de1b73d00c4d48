#pragma once
#include <array>
#include <map>
#include <string>

#include "analysis/study/evaluation/returns.h"

namespace hubs {

/// Sums over those of one group who made a return in the window.
struct GroupSums {
    double n = 0, sum = 0, squares = 0, gain = 0;             ///< benchmarks reported
    std::array<double, benchmark_count> share{};              ///< establishments by benchmark
    std::array<double, 64> item{}, item_before{}, applies{};  ///< by item; applies: establishments it is asked of
};

/// Figures of groups as the published ones are: percentages are of those who made a return, and whom an item concerns.
///
///     mean, gain, sd         benchmarks reported at the end; since the start; their standard deviation
///     over_half              benchmarks that more than half of the group report
///     share_b1 … share_b8    percent who report the benchmark
///     item_ID, item_gain_ID  percent who report the item; percentage points since the start
///     item_gain_b7           the same, mean over all items of a benchmark
///     items_above_90_b1      items of a benchmark that more than 90 % report
///     least_ID_ID …          percent who report the one least reported of these items
///     lowest_b1_b3 …         how many of these benchmarks, or items of one, are among the as many lowest
///     ahead_on               benchmarks on which the group is ahead of the network and of all others
///     type_order             in hubs: 1 if alternative provision and special schools gain more than
///                            mainstream schools, and 1 more if these gain more than colleges
class GroupFigures {
public:
    GroupFigures(const Study& study, const Returns& returns) : study_(study), returns_(returns) {}
    double of(const std::string& observe, const std::string& group);
    static bool knows(const std::string& observe, const std::string& group, const Framework& framework);

private:
    const GroupSums& sums(const std::string& group);
    bool in(std::size_t establishment, const std::string& group) const;

    const Study& study_;
    const Returns& returns_;
    std::map<std::string, GroupSums> sums_;
};

}  // namespace hubs
