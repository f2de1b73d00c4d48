#pragma once
#include <string>
#include <vector>

#include "analysis/results/manifest.h"
#include "sim/run/ensemble.h"

namespace hubs {

/// Whether a results folder is what it says: what differs, a line each, the first first.
struct Proof {
    std::vector<std::string> differences;
    std::vector<std::string> strangers;  ///< files beside the results that hubsim did not write: told, not judged
    std::vector<std::string>
        not_remade;  ///< files proved by their seals alone, since another library would write other bytes
    std::size_t files = 0, tables = 0;  ///< that agree
};

/// The seals alone: every file as it was written, none missing, none added among them.
Proof check_seals(const std::string& results, const ResultsManifest& manifest);

/// Runs the study again from what the folder keeps and makes every file anew. Tables are compared by cells (estimates
/// to seven digits, everything else to the byte); spreadsheet, database, charts, open data, report and manifest are
/// made from the folder's tables and compared to the byte. Only the date and the command as typed cannot be proved:
/// they are taken from the folder. Throws Interrupted, InputError.
Proof prove(const std::string& results, const ResultsManifest& manifest, const Study& study, const RunOptions& options);

}  // namespace hubs
