#include "analysis/results/tables/equity.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/results.h"
#include "analysis/results/tables/attainment.h"
#include "analysis/statistics/decision/discovery.h"

namespace hubs {
namespace {

/// Gains of one plan in benchmarks truly achieved, of every group at the last month at which groups are observed.
class GainsAtTheEnd {
public:
    GainsAtTheEnd(const std::vector<Differences::Row>& all, const std::string& plan) {
        std::int64_t last = 0;
        for (const auto& row : all)
            if (row.plan == plan && row.measure == "benchmarks_mean" && row.grouping != Grouping::all)
                last = std::max(last, row.month);
        for (const auto& row : all)
            if (row.plan == plan && row.measure == "benchmarks_mean" && row.grouping != Grouping::all &&
                row.month == last)
                rows_.push_back(&row);
    }
    double mean(Grouping grouping, const char* group) const {
        for (const auto* row : rows_)
            if (row->grouping == grouping && row->group == group) return row->mean;
        return std::nan("");
    }
    /// Of too few runs nothing is known of nine in ten.
    bool ranges_known() const { return !rows_.empty() && !std::isnan(rows_.front()->p90); }
    /// Groups that lose in nine runs of ten, by name.
    std::vector<std::string> losers() const {
        std::vector<std::string> out;
        for (const auto* row : rows_)
            if (row->p90 < 0) out.push_back(row->group);
        return out;
    }

private:
    std::vector<const Differences::Row*> rows_;
};

struct Gap {
    const char *measure, *label;
    Grouping grouping;
    const char *one, *other;
};
constexpr Gap gaps[] = {
    {"fsm_gap", "Gain of the fifth with most free school meals, less that of the fifth with fewest",
     Grouping::fsm_fifth, "highest", "lowest"},
    {"rural_gap", "Gain of rural establishments, less that of urban", Grouping::rural, "rural", "urban"},
    {"special_gap", "Gain of special schools, less that of mainstream", Grouping::type, "special", "mainstream"},
    {"start_gap", "Gain of those with none at the start, less that of those with five or more", Grouping::start_level,
     "none at start", "5 to 8 at start"}};

}  // namespace

std::vector<Equity::Row> Equity::rows(const Results& results) {
    std::vector<Row> out;
    const auto& plans = results.finished().scenario().plans;
    for (std::size_t p = 1; p < plans.size(); ++p) {
        const std::string& plan = plans[p].name;
        const GainsAtTheEnd gains(results.of<Differences>(), plan);
        const auto add = [&](const char* measure, const char* label, double value, const std::string& groups) {
            if (std::isfinite(value)) out.push_back({plan, measure, label, value, groups});
        };
        for (const Gap& g : gaps)
            add(g.measure, g.label, gains.mean(g.grouping, g.one) - gains.mean(g.grouping, g.other),
                std::string(word(g.grouping)) + ": " + g.one + " less " + g.other);
        std::vector<double> fifths;
        for (const char* fifth : {"highest", "fourth", "third", "second", "lowest"})
            fifths.push_back(gains.mean(Grouping::fsm_fifth, fifth));
        // Of a loss the index would change its sign, and mean the contrary.
        const bool all_gain = std::all_of(fifths.begin(), fifths.end(), [](double gain) { return gain > 0; });
        add("concentration", "Concentration index of the gain over free school meals; below 0: the poorer gain more",
            all_gain ? concentration_index(fifths) : std::nan(""), "fsm_fifth");
        std::string losers;
        for (const std::string& group : gains.losers()) losers += (losers.empty() ? "" : ", ") + group;
        add("groups_worse_off", "Groups worse off in nine runs of ten",
            gains.ranges_known() ? static_cast<double>(gains.losers().size()) : std::nan(""), losers);
    }
    return out;
}

}  // namespace hubs
