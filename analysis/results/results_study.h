#pragma once
#include "analysis/results/manifest.h"
#include "sim/run/study.h"

namespace hubs {

/// The study of a results folder, from what the folder keeps: nothing outside it is read. Throws InputError.
StudyRead read_results_study(const std::string& results, const ResultsManifest& manifest);

/// The study of a scenario file, or of a results folder, whose seals must hold. Throws InputError, also where
/// a scenario's figures to compare with are none of this program's.
StudyRead read_results_or_scenario(const std::string& path, const Overrides& overrides);

/// A scenario read with everything that `run` can refuse before it computes: what `check` checks.
StudyRead read_whole_study(const std::string& file, const Overrides& overrides,
                           const std::string& closing = "Nothing was run.");

}  // namespace hubs
