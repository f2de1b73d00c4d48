#pragma once
#include "analysis/results/typed_table.h"
#include "sim/entity/state.h"

namespace hubs {

class Page;
class Results;

/// Pounds by plan, year and line: mean over replicates, as spent and discounted.
struct Costs {
    static constexpr const char* name = "costs";
    static constexpr const char* title = "Cost by plan, year and line";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t year = 0;
        CostLine line{};
        std::string label, payer;
        double gbp = 0, gbp_discounted = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("year", "Year of the run", "", 0, r.year);
            column("line", "Cost line", "", 0, r.line);
            column("label", "What it is", "", 0, r.label);
            column("payer", "Who pays", "", 0, r.payer);
            column("gbp", "Pounds", "GBP", 0, r.gbp);
            column("gbp_discounted", "Pounds, present value", "GBP", 0, r.gbp_discounted);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

}  // namespace hubs
