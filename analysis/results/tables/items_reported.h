#pragma once
#include "analysis/results/results.h"

namespace hubs {

class Page;

/// Members' reports of each item at the last full tally.
struct ItemsReported {
    static constexpr const char* name = "items";
    static constexpr const char* title = "Hub schools reporting each item at the end";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan, item, name;
        double hub_schools = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("item", "Item", "", 0, r.item);
            column("name", "Name", "", 0, r.name);
            column("hub_schools", "Hub schools reporting it, mean", "schools", 1, r.hub_schools);
        }
    };
    static std::vector<Row> rows(const Results& results) {
        const Finished& finished = results.finished();
        std::vector<Row> out;
        for (std::size_t p = 0; p < finished.scenario().plans.size(); ++p)
            for (std::size_t i = 0; i < finished.study.framework.items.size(); ++i) {
                double sum = 0;
                for (const Observations& seen : finished.ensemble.seen[p]) sum += seen.item_reported_hub.back()[i];
                const auto& item = finished.study.framework.items[i];
                out.push_back({finished.scenario().plans[p].name, item.id, item.name,
                               sum / static_cast<double>(finished.replicates())});
            }
        return out;
    }
    static void section(Page& page);  ///< which benchmarks, and which stay hard
};

}  // namespace hubs
