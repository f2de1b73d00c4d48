#pragma once
#include <map>
#include <stdexcept>
#include <string>

namespace hubs {

/// A file that was named and cannot be taken as what it should be: exit 3.
struct InputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file or disk that did not do what was needed: exit 6.
struct StorageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file that a user named; throws InputError, with what is wrong and what was expected.
std::string read_input(const std::string& path, std::size_t most_bytes = std::size_t{1} << 30);

/// A file that this program keeps for itself; throws StorageError.
std::string read_kept(const std::string& path);

std::string sha256(const std::string& bytes);         ///< 64 hexadecimal digits
std::string sha256_of_file(const std::string& path);  ///< the same; empty if it is no file or cannot be read

/// Throws StorageError from errno; says how much is free where that is what was lacking.
[[noreturn]] void fail_to(const std::string& doing, const std::string& path);

std::string parent_of(const std::string& path);  ///< "." if it names none
void sync_folder(const std::string& path);       ///< what was renamed in it stays so after a loss of power
void write_synced(const std::string& path, const std::string& text);

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

/// Removes a file or folder under a temporary name of ours (.part-, .partial-, .replaced-); throws
/// std::logic_error for any other name. With OutputFolder it is the only code that removes anything.
void discard(const std::string& path);

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

/// Free bytes where `path` is or will be.
std::uint64_t disk_available(const std::string& path);

}  // namespace hubs
