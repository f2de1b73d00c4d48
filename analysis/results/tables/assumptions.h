#pragma once
#include "analysis/results/typed_table.h"
#include "sim/scenario.h"

namespace hubs {

class Page;
class Results;

/// Every parameter and lever: value, unit, range, source, evidence. The assumptions log.
struct Assumptions {
    static constexpr const char* name = "assumptions";
    static constexpr const char* title = "Assumptions: every parameter and lever";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string section, name;
        Cell value;            ///< used; of what is drawn, the median of all draws, as everywhere in the report
        std::string standing;  ///< drawn, set by the scenario, default, or a lever of the plan
        double drawn_p5 = 0, drawn_p95 = 0;
        std::string unit;
        Cell low, high;
        std::string meaning, source;
        Cell padlocks;
        std::string use;
        static void describe(auto&& column, auto& r) {
            column("section", "Process or plan", "", 0, r.section);
            column("name", "Setting", "", 0, r.name);
            column("value", "Value", "", 4, r.value);
            column("standing", "Where it comes from", "", 0, r.standing);
            column("drawn_p5", "Draws, 5th percentile", "", 4, r.drawn_p5);
            column("drawn_p95", "Draws, 95th percentile", "", 4, r.drawn_p95);
            column("unit", "Unit", "", 0, r.unit);
            column("low", "Lowest plausible", "", 4, r.low);
            column("high", "Highest plausible", "", 4, r.high);
            column("meaning", "What it is", "", 0, r.meaning);
            column("source", "Source", "", 0, r.source);
            column("padlocks", "Strength of evidence", "0-5", 0, r.padlocks);
            column("use", "Use", "", 0, r.use);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static std::vector<Row> rows(const Scenario& scenario);
    static void section(Page& page);
};

}  // namespace hubs
