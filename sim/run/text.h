#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hubs {

/// One character of UTF-8 and its bytes; a byte that is not UTF-8 stands alone as itself.
struct Character {
    std::uint32_t code;
    std::size_t bytes;
};
Character first_character(std::string_view text);

/// Calls f(code, bytes) for each character in turn.
template <class F>
void each_character(std::string_view text, F&& f) {
    while (!text.empty()) {
        const Character c = first_character(text);
        f(c.code, text.substr(0, c.bytes));
        text.remove_prefix(c.bytes);
    }
}

/// Whether a character is not seen, or changes how others are: "holds a control character"; null if neither.
const char* trouble_with_character(std::uint32_t code);

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
