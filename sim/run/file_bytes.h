#pragma once
#include <cstddef>
#include <string>

namespace hubs {

/// A file of the user's, or why it was not read.
struct FileBytes {
    std::string bytes;
    std::string headline;  ///< what is wrong, in one line; empty if it was read
    std::string expected;

    bool read() const { return headline.empty(); }
};

/// The one door through which files come in: first its kind, then its size, then what it holds. Never waits
/// for a pipe, never reads a device or a file of the system without end, whatever the file's name was before.
FileBytes read_file_bytes(const std::string& path, std::size_t most_bytes);

}  // namespace hubs
