#pragma once
#include <set>

#include "analysis/results/suppression.h"
#include "analysis/results/tables/statistics.h"
#include "analysis/results/results.h"

namespace hubs {

struct Suppressed {
    static constexpr const char* name = "suppressed";
    static constexpr const char* title = "Groups that are not shown";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        Grouping grouping = Grouping::all;
        std::string group;
        std::int64_t from_month = 0;
        std::string reason;
        static void describe(auto&& column, auto& r) {
            column("grouping", "Grouping", "", 0, r.grouping);
            column("group", "Group", "", 0, r.group);
            column("from_month", "From month", "months", 0, r.from_month);
            column("reason", "Why", "", 0, r.reason);
        }
    };
    static std::vector<Row> rows(const Results& results) {
        const Ensemble& e = results.finished().ensemble;
        const Observations& layout = e.seen.front().front();
        const auto hidden = too_few(e);
        std::set<std::size_t> told;
        std::vector<Row> out;
        for (std::size_t k = 0; k < hidden.size(); ++k) {
            if (!hidden[k] || !told.insert(layout.tally_group[k]).second) continue;
            const Group& g = e.groups.groups[layout.tally_group[k]];
            out.push_back({g.grouping, g.name, layout.tally_month[k],
                           "fewer than " + std::to_string(fewest_establishments) + " establishments"});
        }
        return out;
    }
};

}  // namespace hubs
