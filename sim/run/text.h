#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hubs {

/// Text that a terminal shows as it is: control characters and marks that turn its direction are spelt out.
std::string printable(const std::string& text);

/// The nearest of `words` to `word` by edits, or empty if none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& words);

/// The folder a file stands in, with its slash; empty for none.
std::string folder_of(const std::string& file);

/// Where a file named in another file is: beside it, unless its name begins with a slash.
std::string beside(const std::string& file, const std::string& name);

/// The cells of a line without quotes: numbers and plain words between commas.
std::vector<std::string> cells_of(std::string_view line);

}  // namespace hubs
