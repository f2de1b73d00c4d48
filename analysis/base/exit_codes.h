#pragma once

namespace hubs {

/// Exit codes of the program (docs: product page in README).
enum ExitCode {
    done = 0,
    internal_error = 1,
    usage = 2,
    invalid = 3,
    incomplete = 4,
    differs = 5,
    limit = 6,
    goes_on = 75,  ///< stopped after a checkpoint: the same command goes on
    interrupted = 130
};

}  // namespace hubs
