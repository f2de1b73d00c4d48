#pragma once
#include "analysis/results/manifest.h"
#include "sim/run/study.h"

namespace hubs {

/// The study of a results folder, from what the folder keeps: nothing outside it is read. Throws InputError.
StudyRead read_results_study(const std::string& results, const ResultsManifest& manifest);

/// The study of a scenario file with settings of the command line (settings.h), or of a results folder as it was run,
/// whose seals must hold. Throws InputError, also where a scenario's figures to compare with are none of this program's.
StudyRead read_results_or_scenario(const std::string& path, const Overrides& overrides,
                                   const std::vector<std::string>& settings = {});

/// A scenario, with settings of the command line, read with everything that `run` can refuse before it computes: what
/// `check` checks.
StudyRead read_whole_study(const std::string& file, const Overrides& overrides,
                           const std::vector<std::string>& settings = {},
                           const std::string& closing = "Nothing was run.");

}  // namespace hubs
