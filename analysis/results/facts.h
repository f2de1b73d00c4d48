#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/run/study.h"

namespace hubs {

/// What a report says beside its tables, as inputs/facts.json keeps it.
struct ReportFacts {
    std::string name, question, place, population_note, date, version, fingerprint, command, price_base, last_month;
    std::vector<std::string> plans, plan_descriptions;
    std::uint32_t replicates = 0, establishments = 0;
    DecisionSettings decision;
    double discount_rate = 0;
    std::uint64_t seed = 0;
    std::uint16_t months = 0;
    std::string posterior;       ///< the draws as they were named
    bool built_in_only = false;  ///< nothing but the scenario came from files of the user's
    bool live = true;            ///< the report has the engine in it, where the study allows it
    std::string scenario_json;   ///< embedded, so that the page can run it

    const std::string& reference() const { return plans.front(); }
};

/// As many areas and establishments as the England that the calibration ran on.
bool is_whole_england(const Population& population);

/// The date is that of SOURCE_DATE_EPOCH, or today.
ReportFacts facts_of(const Study& study, const std::string& fingerprint, const std::string& command);

nlohmann::ordered_json json_of(const ReportFacts& facts);
ReportFacts read_facts(const std::string& results);  ///< throws InputError

}  // namespace hubs
