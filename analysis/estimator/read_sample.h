#pragma once
#include "analysis/base/csv_file.h"
#include "analysis/estimator/sample.h"
#include "sim/base/problem.h"

namespace hubs {

/// Which columns of a table play which part.
struct SampleColumns {
    std::string outcome, treated, before, clusters;  ///< before and clusters may be empty
    std::vector<std::string> covariates;
};

struct ReadSample {
    Sample sample;
    std::size_t rows = 0;                                    ///< read
    std::vector<std::pair<std::string, std::size_t>> empty;  ///< rows left out, by the first column that is empty
    std::vector<std::string> cluster_names;
    Problems problems;
};

/// A user's own table. Rows with an empty cell in a named column are left out and counted;
/// anything else that is not a number is a problem.
ReadSample read_sample(const CsvText& table, const std::string& file, const SampleColumns& columns);

}  // namespace hubs
