#pragma once
#include <functional>
#include <string>
#include <vector>

#include "analysis/base/output_place.h"
#include "analysis/report/report.h"

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

/// Fills and commits a results folder: manifest, data, spreadsheet, database, charts, report. `live`: the report has
/// the engine in it, where the study allows it. Throws Interrupted.
SavedRun save_study(OutputFolder& folder, const Finished& finished, const std::string& command, bool live = true);

/// data/ and inputs/; then what follows from them: open data, database, spreadsheet, charts, report. `results` have
/// the digits that files keep.
void write_tables(const FileSink& to, const Study& study, const Results& results, const ReportFacts& facts);
void write_derived(const FileSink& to, const Study& study, const Results& results, const ReportFacts& facts);

/// A results folder read back: every seal is checked first.
/// Throws InputError naming the file that was altered or is missing, or the version that made it.
struct SavedStudy {
    ReportFacts facts;
    Results results;
};
SavedStudy read_results(const std::string& results);

/// Makes charts and report again from a results folder alone, into a folder of their own.
void rebuild_report(const std::string& results, const std::string& place, bool force = false);

}  // namespace hubs
