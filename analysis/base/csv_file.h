#pragma once
#include <string>
#include <vector>

namespace hubs {

/// A table somebody made with some program, as UTF-8 with line feeds, and what it was before.
struct CsvText {
    std::string text;
    char separator = ',';
    std::vector<std::string> notes;  ///< what differs from UTF-8 with commas, for the log: "encoded in Windows-1252"
};

/// Recognises encoding (UTF-8 with or without mark, UTF-16, else Windows-1252), line ends and the separator of the
/// heading.
CsvText recognise_csv(std::string bytes);

/// The same of a file; throws InputError as `read_input` does.
CsvText read_csv_file(const std::string& path);

/// Whether a text is UTF-8: no stray bytes, no overlong forms, no surrogates.
bool is_utf8(const std::string& text);

/// Windows-1252 bytes as UTF-8.
std::string from_windows_1252(const std::string& bytes);

}  // namespace hubs
