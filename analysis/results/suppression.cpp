#include "analysis/results/suppression.h"

#include <set>

namespace hubs {

std::vector<bool> too_few(const Ensemble& e) {
    const Observations& layout = e.seen.front().front();
    std::vector<bool> out(layout.tallies.size(), false);
    for (const auto& plan : e.seen)
        for (const Observations& seen : plan)
            for (std::size_t k = 0; k < out.size(); ++k)
                if (seen.tallies[k].establishments > 0 && seen.tallies[k].establishments < fewest_establishments) out[k] = true;
    return out;
}

Table suppressed_table(const Ensemble& e) {
    Table t{"suppressed",
            "Groups that are not shown",
            {{"grouping", "Grouping", "", 0}, {"group", "Group", "", 0}, {"from_month", "From month", "months", 0}, {"reason", "Why", "", 0}},
            {}};
    const Observations& layout = e.seen.front().front();
    const auto hidden = too_few(e);
    std::set<std::size_t> told;
    for (std::size_t k = 0; k < hidden.size(); ++k) {
        if (!hidden[k] || !told.insert(layout.tally_group[k]).second) continue;
        const Group& g = e.groups.groups[layout.tally_group[k]];
        t.rows.push_back({std::string(grouping_words[static_cast<std::size_t>(g.grouping)]), g.name, std::int64_t{layout.tally_month[k]},
                          std::string("fewer than ") + std::to_string(fewest_establishments) + " establishments"});
    }
    return t;
}

}  // namespace hubs
