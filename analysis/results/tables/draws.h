#pragma once
#include "analysis/results/results.h"
#include "sim/run/parameter_path.h"

namespace hubs {

/// The parameters that each replicate drew, so that other programs can weigh what matters (partial rank correlation,
/// value of information) beside replicates.csv. Replicates share a draw in twos. Empty where nothing is drawn.
struct Draws {
    static constexpr const char* name = "draws";
    static constexpr const char* title = "Parameters that each replicate drew";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::int64_t replicate = 0;
        std::string parameter;
        double value = 0;
        static void describe(auto&& column, auto& r) {
            column("replicate", "Replicate", "", 0, r.replicate);
            column("parameter", "Assumption", "", 0, r.parameter);
            column("value", "Value drawn", "", 4, r.value);
        }
    };
    static std::vector<Row> rows(const Results& results) {
        const Scenario& s = results.finished().scenario();
        std::vector<Row> out;
        for (std::uint32_t r = 0; s.draws.count() > 0 && r < s.replicates; ++r) {
            Scenario drawn = scenario_of(s, r);
            for (const ParameterPlace& place : parameter_places(drawn))
                if (std::find(s.draws.paths.begin(), s.draws.paths.end(), place.path) != s.draws.paths.end())
                    out.push_back({r, place.path, *place.value});
        }
        return out;
    }
};

}  // namespace hubs
