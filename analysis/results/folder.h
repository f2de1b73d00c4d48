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

/// The same, but never over a file that is there: false if another was first.
bool write_new(const std::string& path, const std::string& text);

/// Adds to a file and syncs it.
void append_synced(const std::string& path, const std::string& text);

/// Makes a folder and those above it; fails if it cannot be written.
void make_folder(const std::string& path);

/// Host and process: what tells the temporary files of two writers apart.
std::string writer_name();

/// Removes what killed writers of this host have left in a folder under temporary names that begin so.
void remove_leavings(const std::string& folder, const std::string& beginning = "");

/// A long file written piece by piece: synced when closed, with its checksum.
class StreamedFile {
public:
    explicit StreamedFile(const std::string& path);
    ~StreamedFile();
    StreamedFile(const StreamedFile&) = delete;
    StreamedFile& operator=(const StreamedFile&) = delete;
    void add(const std::string& text);
    std::string close();  ///< SHA-256 of everything added

private:
    void put();

    std::string path_, pending_;
    int fd_;
    void* digest_;
};

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
