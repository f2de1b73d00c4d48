#pragma once
#include <stdexcept>

#include "sim/run/study.h"

namespace hubs {

/// Inputs of a results folder are not those it was run with.
struct AlteredInputs : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The study of a scenario file, or of a results folder, whose inputs must be as they were run.
/// Throws AlteredInputs, or StorageError where a file cannot be read.
StudyRead read_results_or_scenario(const std::string& path, Overrides overrides);

}  // namespace hubs
