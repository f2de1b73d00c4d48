#pragma once
#include "analysis/base/csv_file.h"
#include "analysis/statistics/estimator/staggered_adoption.h"
#include "sim/base/problem.h"

namespace hubs {

/// Which columns of a long table (one row for each unit and time) play which part.
struct PanelColumns {
    std::string outcome, unit, time, joined, clusters;  ///< clusters may be empty
    std::vector<std::string> covariates, missing;
};

struct ReadPanel {
    Panel panel;
    std::size_t rows = 0;
    std::vector<std::pair<std::string, std::size_t>> left_out;  ///< rows, by reason
    std::vector<std::string> notes;                             ///< how words were read
    Problems problems;
};

/// Times are whole numbers (years), or academic years (2016/17 is 2016); `joined` is one, or nothing, 0 or "never"; a
/// code for missing values there means that it is not known. What belongs to a unit (when it joined, its
/// cluster) must be the same in all its rows; covariates are taken from its first. Units and clusters are put in the
/// order of their names, so that the order of rows does not matter.
ReadPanel read_panel(const CsvText& table, const std::string& file, const PanelColumns& columns);

}  // namespace hubs
