#pragma once
#include <string>
#include <vector>

#include "analysis/page/chart.h"
#include "analysis/report/sweep/sweep_tables.h"

namespace hubs {

struct SweepFacts {
    std::string name, question, design, fingerprint, version, study_json, study_id;
    std::size_t rows = 0, runs = 0, failed = 0;
    std::vector<std::string> outputs;  ///< names, the first being the one the page is about
};

/// What drives the answer, in a sentence.
std::string sweep_headline(const SweepFacts& f, const SweepTables& t);

/// The page of a sweep: ranking with intervals, effects at the ends, curves, pairs, luck, and all tables.
std::string sweep_page(const SweepFacts& f, const std::vector<Table>& tables);

/// Charts of one output; those whose tables are empty are left out.
std::vector<Chart> sweep_charts(const SweepTables& t, const std::string& output, bool first);

/// A setting in words short enough for a chart: what it is, or its path.
std::string setting_label(const std::string& meaning, const std::string& path);

/// A value with as many digits as a person needs.
std::string readable(double value);

}  // namespace hubs
