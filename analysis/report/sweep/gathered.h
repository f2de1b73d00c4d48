#pragma once
#include <Eigen/Dense>
#include <string>
#include <vector>

#include "analysis/base/table.h"
#include "analysis/study/sweep/sweep_plan.h"

namespace hubs {

/// The runs of a whole sweep, in memory: for each output one row a row, one column a replicate; failed runs are
/// not numbers.
struct Gathered {
    std::vector<Eigen::MatrixXd> outputs;
    std::size_t failed = 0;
    std::size_t rows() const { return static_cast<std::size_t>(outputs.front().rows()); }
};

/// Measures of given data look at so many rows, drawn at random where there are more.
inline constexpr std::size_t most_rows_of_given_data = 20'000;

inline constexpr const char* pawn_measure = "PAWN distance";

/// Every table that a sweep's design allows, the ranking first: see docs/sweeps.md.
std::vector<Table> sensitivity_tables(const SweepPlan& plan, const Gathered& runs);

/// Rows of which no other has both more gain and less cost, cheapest first, and the settings they stand for; empty
/// unless the study asks for it.
Table frontier_table(const SweepPlan& plan, const Gathered& runs);

/// Cost and gain of the first rows, for the picture.
Table cloud_table(const SweepPlan& plan, const Gathered& runs);

}  // namespace hubs
