#pragma once
#include <map>
#include <stdexcept>
#include <string>

namespace hubs {

/// A file or disk that did not do what was needed: exit 6.
struct StorageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string read_text(const std::string& path);  ///< throws StorageError
std::string sha256(const std::string& bytes);    ///< 64 hexadecimal digits

/// A file that appears whole or not at all: written beside its place, synced, renamed.
void write_whole(const std::string& path, const std::string& text);

/// A results folder that appears whole or not at all. Files are written under a temporary
/// name beside `path`; `commit` puts the folder in its place, replacing what stood there.
class ResultsFolder {
public:
    /// Fails at once if the place cannot be written.
    explicit ResultsFolder(std::string path);
    ~ResultsFolder();  ///< removes what was not committed
    ResultsFolder(const ResultsFolder&) = delete;
    ResultsFolder& operator=(const ResultsFolder&) = delete;

    void write(const std::string& name, const std::string& text);
    std::string temporary(const std::string& name) const;  ///< for libraries that write files themselves
    void commit();
    const std::string& path() const { return path_; }

private:
    std::string path_, temporary_;
    bool committed_ = false;
};

/// Free bytes where `path` is or will be.
std::uint64_t disk_available(const std::string& path);

}  // namespace hubs
