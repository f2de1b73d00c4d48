#pragma once
#include <map>
#include <string>
#include <vector>

#include "analysis/results/tables/assumptions.h"
#include "analysis/results/tables/waves.h"

namespace hubs {

/// Plans in words: who joins when, and in what they differ from the reference. Plain text, not yet safe in HTML.
class PlanWords {
public:
    PlanWords(const std::vector<Assumptions::Row>& assumptions, const std::vector<Waves::Row>& waves);

    /// "60 from September 2018, by area; 12 leaving in March 2020, as listed"; empty where nobody joins.
    const std::string& members(const std::string& plan);
    /// "Differs from “A” in 2 of 61 levers: hub_size 20 instead of 33; …, and in who joins when."
    std::string differences(const std::string& plan, const std::string& reference);

private:
    std::map<std::string, std::map<std::string, std::string>> levers_;  ///< values by plan and name
    std::map<std::string, std::string> members_;
};

}  // namespace hubs
