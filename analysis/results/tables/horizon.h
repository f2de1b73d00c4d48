#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// The choice, had the run ended sooner: after each year, and at the end; and, where the scenario watches on, later.
/// Costs and gains after a horizon count as nothing, so a plan that gains late is chosen by a long horizon only.
struct Horizon {
    static constexpr const char* name = "horizon";
    static constexpr const char* title = "The choice by horizon";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::int64_t months = 0;
        std::string date;
        std::int64_t runs = 0;  ///< of those beyond the scenario's months only some are watched
        std::string plan;
        double gain = 0, extra_cost_gbp = 0;
        double preference = 0;  ///< by the rule, over the reference, in units of the outcome
        std::int64_t chosen = 0;
        static void describe(auto&& column, auto& r) {
            column("months", "Horizon", "months", 0, r.months);
            column("date", "To the end of", "", 0, r.date);
            column("plan", "Plan", "", 0, r.plan);
            column("gain", "Primary outcome over the reference", "per establishment", 2, r.gain);
            column("extra_cost_gbp", "Extra cost over the reference", "GBP", 0, r.extra_cost_gbp);
            column("preference", "Preference by the rule over the reference", "in units of the outcome", 2,
                   r.preference);
            column("chosen", "Chosen", "1 = yes", 0, r.chosen);
            column("runs", "Runs behind it", "paired runs", 0, r.runs);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// "“B” is chosen however many of the years to August 2023 are counted." or "How long is counted matters: “A” is chosen
/// up to August 2020, then “B”."; HTML.
std::string horizon_words(const Page& page);

}  // namespace hubs
