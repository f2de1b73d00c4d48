#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// What the shipped calibration was made with, beside what this run has: parameters, framework, population, years.
/// "Calibrated" is a property of all of them together.
struct CalibrationBasis {
    static constexpr const char* name = "calibration_basis";
    static constexpr const char* title = "What the shipped calibration was made with, beside what this run has";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string aspect, calibration, run;
        std::int64_t agrees = 0;
        static void describe(auto&& column, auto& r) {
            column("aspect", "Aspect", "", 0, r.aspect);
            column("calibration", "Calibration", "", 0, r.calibration);
            column("run", "This run", "", 0, r.run);
            column("agrees", "Agrees", "1 if so", 0, r.agrees);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

/// What the run starts from, in the words of the table, and whether that is the end of another.
std::string start_in_words(const std::vector<CalibrationBasis::Row>& basis);
bool goes_on_from_a_run(const std::vector<CalibrationBasis::Row>& basis);

/// Whether everything agrees.
bool is_calibrated(const std::vector<CalibrationBasis::Row>& basis);

/// How far the run is calibrated, in a sentence or two.
std::string calibration_sentence(const std::vector<CalibrationBasis::Row>& basis);

}  // namespace hubs
