#pragma once
#include <string>

#include "sim/base/problem.h"

namespace hubs {

/// The one report of everything wrong with an input, in the order of the file. `text` is
/// the file's own, to show the lines. Ends with a count and what was not done.
std::string report_of(const Problems& problems, const std::string& text, const std::string& closing = "Nothing was run.");

}  // namespace hubs
