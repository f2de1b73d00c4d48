#pragma once
#include "analysis/results/typed_table.h"
#include "sim/entity/plan.h"
#include "sim/run/study.h"

namespace hubs {

class Page;
class Results;
struct Observations;

template <>
struct WordsOf<Allocation> {
    static constexpr auto& all = allocation_words;
};
static_assert(every_value_has_a_word<Allocation>() &&
              allocation_words.size() == static_cast<std::size_t>(Allocation::as_listed) + 1);

template <>
struct WordsOf<WaveAction> {
    static constexpr auto& all = wave_action_words;
};
static_assert(wave_action_words.size() == static_cast<std::size_t>(WaveAction::leave) + 1);

/// How many each wave of each plan asked for, and how many were placed over the replicates.
struct Waves {
    static constexpr const char* name = "waves";
    static constexpr const char* title = "Members that each wave asked for, and found";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t wave = 0;
        std::string date;
        Allocation rule{};
        WaveAction action{};
        std::string areas;  ///< of hubs that merge or close
        std::int64_t asked = 0;
        double placed = 0;
        std::int64_t placed_least = 0, placed_most = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("wave", "Wave", "", 0, r.wave);
            column("date", "Month", "", 0, r.date);
            column("rule", "Who is taken", "", 0, r.rule);
            column("action", "What the wave does", "", 0, r.action);
            column("areas", "Areas whose hubs merge or close", "", 0, r.areas);
            column("asked", "Asked for", "establishments", 0, r.asked);
            column("placed", "Placed, mean", "establishments", 1, r.placed);
            column("placed_least", "Placed, least", "establishments", 0, r.placed_least);
            column("placed_most", "Placed, most", "establishments", 0, r.placed_most);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static std::vector<Row> rows(const Study& study, const std::vector<std::vector<Observations>>& seen);
    static void section(Page& page);
};

/// Each wave that did not place as many as it asked for, in a sentence without its full stop.
std::vector<std::string> shortfalls(const std::vector<Waves::Row>& waves);

/// "2 of 5 waves found fewer members than asked for"; empty where none did.
std::string waves_that_fell_short(const Page& page);

/// The same rows from the first replicate alone, run no further than the last wave. Plans beyond the first fifty are
/// left out: they would take more than a few seconds.
std::vector<Waves::Row> waves_tried(const Study& study);

}  // namespace hubs
