#pragma once
#include "analysis/base/csv_file.h"
#include "analysis/statistics/estimator/sample.h"
#include "analysis/statistics/estimator/sample_columns.h"
#include "sim/base/problem.h"

namespace hubs {

/// Which columns of a table play which part, and how cells are read.
struct SampleColumns {
    std::string outcome, treated, before, clusters, weights, id;  ///< all but the first two may be empty
    std::vector<std::string> covariates, exact;                   ///< exact: rows are matched only where these agree
    std::vector<std::string> missing;                             ///< codes for missing values beside the usual ones
    ArmWords arms{};                                              ///< which values of `treated` are which
};

struct ReadSample {
    Sample sample;
    std::size_t rows = 0;                                    ///< read
    std::vector<std::pair<std::string, std::size_t>> empty;  ///< rows left out, by what is missing first
    std::vector<std::string> notes;                          ///< how words were read
    std::vector<std::string> ids;  ///< of the rows used: the id column's cells, or lines of the file
    Problems problems;
};

/// A user's own table. Rows with a missing value in a named column are left out and counted. Covariates may be numbers,
/// yes and no, or words; see `read_covariate`.
ReadSample read_sample(const CsvText& table, const std::string& file, const SampleColumns& columns);

}  // namespace hubs
