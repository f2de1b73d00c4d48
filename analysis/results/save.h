#pragma once
#include <string>

#include "analysis/report/report.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// Writes a whole results folder: manifest, data, spreadsheet, database, charts, report.
/// The folder appears whole or not at all. Returns the headline in words.
std::string save_study(const Study& study, const Ensemble& ensemble, const std::string& folder, const std::string& command);

/// The text of every file under data/ and its name, in order: what verify compares.
std::vector<std::pair<std::string, std::string>> data_files(const Study& study, const Ensemble& ensemble);

/// A results folder read back: every file is checked against its checksum.
/// Throws std::runtime_error naming the file that was altered, is missing, or the version that made it.
struct SavedStudy {
    ReportFacts facts;
    std::vector<Table> tables;
};
SavedStudy read_results(const std::string& results);

/// Makes charts and report again from a results folder alone, into `to`.
void rebuild_report(const std::string& results, const std::string& to);

}  // namespace hubs
