#pragma once
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "analysis/base/output_place.h"
#include "analysis/report/report.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// Where files of a results folder go: by text, or to a path for libraries that write themselves.
struct FileSink {
    std::function<void(const std::string& name, const std::string& text)> write;
    std::function<std::string(const std::string& name)> temporary;
};
FileSink sink_of(OutputFolder& folder);

/// What is said when a run is saved.
struct SavedRun {
    std::string headline;
    std::vector<std::string> warnings;  ///< waves that did not find as many as they asked for
};

/// Fills and commits a results folder: manifest, data, spreadsheet, database, charts, report. Throws Interrupted.
SavedRun save_study(OutputFolder& folder, const Study& study, const Ensemble& ensemble, const std::string& command);

/// Every table of a study, and the same with the digits that files keep: everything else in a folder is made from
/// those.
std::vector<Table> all_tables(const Study& study, const Ensemble& ensemble);
std::vector<Table> as_kept(std::vector<Table> tables);

/// What the report needs beside tables, as inputs/facts.json keeps it.
nlohmann::ordered_json facts_json(const Study& study, const std::string& fingerprint, const std::string& command);
nlohmann::ordered_json read_facts(const std::string& results);  ///< throws InputError

/// data/ and inputs/; then what follows from them: open data, database, spreadsheet, charts, report.
void write_tables(const FileSink& to, const Study& study, const std::vector<Table>& tables,
                  const nlohmann::ordered_json& facts);
void write_derived(const FileSink& to, const Study& study, const std::vector<Table>& tables,
                   const nlohmann::ordered_json& facts);

/// A results folder read back: every seal is checked first.
/// Throws InputError naming the file that was altered or is missing, or the version that made it.
struct SavedStudy {
    ReportFacts facts;
    std::vector<Table> tables;
};
SavedStudy read_results(const std::string& results);

/// Makes charts and report again from a results folder alone, into a folder of their own.
void rebuild_report(const std::string& results, const std::string& place, bool force = false);

}  // namespace hubs
