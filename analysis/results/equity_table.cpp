#include <algorithm>
#include <cmath>

#include "analysis/decision/discovery.h"
#include "analysis/results/decision_tables.h"

namespace hubs {
namespace {

void add_equity(const std::string& plan, const Table& d, Table& t) {
    std::string last;
    std::vector<const std::vector<Cell>*> mine;
    for (const auto& row : d.rows)
        if (std::get<std::string>(row[0]) == plan && std::get<std::string>(row[d.column("measure")]) == "benchmarks_mean" &&
            std::get<std::string>(row[d.column("grouping")]) != "all") {
            last = std::max(last, std::get<std::string>(row[d.column("date")]));
            mine.push_back(&row);
        }
    const auto mean_of = [&](const std::string& grouping, const std::string& group) {
        for (const auto* row : mine)
            if (std::get<std::string>((*row)[d.column("date")]) == last && std::get<std::string>((*row)[d.column("grouping")]) == grouping &&
                std::get<std::string>((*row)[d.column("group")]) == group)
                return std::get<double>((*row)[d.column("mean")]);
        return std::nan("");
    };
    const auto add = [&](const char* measure, const char* label, double value, const std::string& groups) {
        if (std::isfinite(value)) t.rows.push_back({plan, std::string(measure), std::string(label), value, groups});
    };
    const auto gap = [&](const char* measure, const char* label, const char* grouping, const char* a, const char* b) {
        add(measure, label, mean_of(grouping, a) - mean_of(grouping, b), std::string(grouping) + ": " + a + " less " + b);
    };
    gap("fsm_gap", "Gain of the fifth with most free school meals, less that of the fifth with fewest", "fsm_fifth", "highest", "lowest");
    gap("rural_gap", "Gain of rural establishments, less that of urban", "rural", "rural", "urban");
    gap("special_gap", "Gain of special schools, less that of mainstream", "type", "special", "mainstream");
    gap("start_gap", "Gain of those with none at the start, less that of those with five or more", "start_level", "none at start", "5 to 8 at start");
    std::vector<double> fifths;
    for (const char* fifth : {"highest", "fourth", "third", "second", "lowest"}) fifths.push_back(mean_of("fsm_fifth", fifth));
    add("concentration", "Concentration index of the gain over free school meals; below 0: the poorer gain more", concentration_index(fifths), "fsm_fifth");
    std::string losers;
    double worse = 0;
    for (const auto* row : mine)
        if (std::get<std::string>((*row)[d.column("date")]) == last && std::get<double>((*row)[d.column("p90")]) < 0) {
            ++worse;
            losers += (losers.empty() ? "" : ", ") + std::get<std::string>((*row)[d.column("group")]);
        }
    add("groups_worse_off", "Groups worse off in nine runs of ten", worse, losers);
}

}  // namespace

Table equity_table(const Scenario& s, const Table& differences) {
    Table t{"equity",
            "Who gains: differences between groups at the end",
            {{"plan", "Plan", "", 0}, {"measure", "Measure", "", 0}, {"label", "What it is", "", 0}, {"value", "Value", "", 3}, {"groups", "Groups", "", 0}},
            {}};
    for (std::size_t p = 1; p < s.plans.size(); ++p) add_equity(s.plans[p].name, differences, t);
    return t;
}

}  // namespace hubs
