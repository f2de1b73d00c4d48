#include <algorithm>
#include <cmath>

#include "analysis/results/decision_tables.h"

namespace hubs {

Table switching_table(const Scenario& s, const WhatIfs& all) {
    Table t{"switching",
            "What each assumption does to the answer",
            {{"parameter", "Assumption", "", 0},
             {"meaning", "What it is", "", 0},
             {"padlocks", "Strength of evidence", "0-5", 0},
             {"unit", "Unit", "", 0},
             {"value", "Value", "", 4},
             {"low", "Low end", "", 4},
             {"high", "High end", "", 4},
             {"leader", "Plan that leads", "", 0},
             {"difference", "Its gain over the reference", "benchmarks", 3},
             {"difference_low", "the same at the low end", "benchmarks", 3},
             {"difference_high", "the same at the high end", "benchmarks", 3},
             {"swing", "Swing", "benchmarks", 3},
             {"rival", "Next plan", "", 0},
             {"lead_low", "Lead over the next plan at the low end", "benchmarks", 3},
             {"lead_high", "the same at the high end", "benchmarks", 3},
             {"switches_at", "The next plan leads from", "", 4}},
            {}};
    for (const WhatIf& w : all.each) {
        const auto gain = [](const std::array<double, 3>& level) { return level[1] - level[0]; };
        const auto lead = [](const std::array<double, 3>& level) { return level[1] - level[2]; };
        const double low = gain(w.level[0]), high = gain(w.level[1]);
        t.rows.push_back({w.path, std::string(w.field.meaning), std::int64_t{w.field.padlocks}, std::string(w.field.unit), w.value, w.low, w.high,
                          s.plans[all.leader].name, gain(all.middle), low, high, std::fabs(high - low), s.plans[all.rival].name, lead(w.level[0]),
                          lead(w.level[1]), w.switches_at});
    }
    std::stable_sort(t.rows.begin(), t.rows.end(), [](const auto& a, const auto& b) { return std::get<double>(a[11]) > std::get<double>(b[11]); });
    return t;
}

}  // namespace hubs
