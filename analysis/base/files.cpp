#include "analysis/base/files.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "sim/run/file_bytes.h"

namespace hubs {
namespace {

namespace fs = std::filesystem;

}  // namespace

void fail_to(const std::string& doing, const std::string& path) {
    const int error = errno;
    const bool room =
        error == ENOSPC || error == EDQUOT || error == EFBIG;  // only then does it help to know how much is free
    throw StorageError(path + ": cannot " + doing + ": " + std::strerror(error) +
                       (room ? " (" + std::to_string(disk_available(path) >> 20) + " MiB free)" : ""));
}

std::string parent_of(const std::string& path) {
    const fs::path parent = fs::path(path).parent_path();
    return parent.empty() ? "." : parent.string();
}

void sync_folder(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY);
    if (fd < 0) return;                                                // a folder that may be written and not read
    const int failed = fsync(fd) != 0 && errno != EINVAL ? errno : 0;  // some file systems cannot sync a folder
    close(fd);
    errno = failed;
    if (failed != 0) fail_to("be kept", path);
}

namespace {

void write_text(int fd, const std::string& path, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail_to("be written", path);
        done += static_cast<std::size_t>(n);
    }
}

/// Syncs and closes.
void keep(int fd, const std::string& path) {
    const int failed = fsync(fd) != 0 && errno != EINVAL ? errno : 0;
    const bool closed = close(fd) == 0;
    if (failed != 0) errno = failed;
    if (failed != 0 || !closed) fail_to("be kept", path);
}

void write_all(int fd, const std::string& path, const std::string& text) {
    try {
        write_text(fd, path, text);
    } catch (...) {
        close(fd);
        throw;
    }
    keep(fd, path);
}

std::string hexadecimal(const unsigned char* bytes, unsigned size) {
    std::string out;
    char two[3];
    for (unsigned i = 0; i < size; ++i) {
        std::snprintf(two, sizeof two, "%02x", bytes[i]);
        out += two;
    }
    return out;
}

}  // namespace

void write_synced(const std::string& path, const std::string& text) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0) fail_to("be written", path);
    write_all(fd, path, text);
}

std::string read_input(const std::string& path, std::size_t most_bytes) {
    FileBytes found = read_file_bytes(path, most_bytes);
    if (!found.read()) throw InputError(path + ": " + found.headline + "\n  expected " + found.expected);
    return std::move(found.bytes);
}

std::string read_kept(const std::string& path) {
    FileBytes found = read_file_bytes(path, std::size_t{1} << 40);
    if (!found.read()) throw StorageError(path + ": " + found.headline);
    return std::move(found.bytes);
}

std::string sha256(const std::string& bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
    return hexadecimal(digest, size);
}

std::string sha256_of_file(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info {};
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0) close(fd);
        return "";
    }
    EVP_MD_CTX* digest = EVP_MD_CTX_new();
    EVP_DigestInit_ex(digest, EVP_sha256(), nullptr);
    char buffer[1 << 16];
    ssize_t n = 0;
    while ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0) EVP_DigestUpdate(digest, buffer, static_cast<std::size_t>(n));
    close(fd);
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(digest, bytes, &size);
    EVP_MD_CTX_free(digest);
    return n < 0 ? "" : hexadecimal(bytes, size);
}

StreamedFile::StreamedFile(const std::string& path)
    : path_(path), fd_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644)), digest_(EVP_MD_CTX_new()) {
    if (fd_ < 0) fail_to("be written", path_);
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(digest_), EVP_sha256(), nullptr);
}

StreamedFile::~StreamedFile() {
    if (fd_ >= 0) ::close(fd_);
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(digest_));
}

void StreamedFile::add(const std::string& text) {
    pending_ += text;
    if (pending_.size() >= (1u << 20)) put();
}

void StreamedFile::put() {
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(digest_), pending_.data(), pending_.size());
    write_text(fd_, path_, pending_);
    pending_.clear();
}

std::string StreamedFile::close() {
    put();
    const int fd = std::exchange(fd_, -1);
    keep(fd, path_);
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(digest_), bytes, &size);
    return hexadecimal(bytes, size);
}

std::string writer_name() {
    char host[256] = "host";
    gethostname(host, sizeof host - 1);
    return std::string(host) + "-" + std::to_string(getpid());
}

void remove_leavings(const std::string& folder, const std::string& beginning) {
    const std::string own = writer_name(), host = own.substr(0, own.rfind('-') + 1);
    std::vector<fs::path> gone;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        for (const std::string mark : {".partial-", ".replaced-"}) {
            const auto at = name.find(mark + host);
            if (at == std::string::npos || name.compare(0, beginning.size(), beginning) != 0) continue;
            const int writer = std::atoi(name.c_str() + at + mark.size() + host.size());
            if (writer > 0 && kill(writer, 0) != 0 && errno == ESRCH) gone.push_back(it->path());
        }
    }
    for (const fs::path& path : gone) {
        const std::string name = path.filename().string();
        const auto replaced = name.find(".replaced-");
        const fs::path place = path.parent_path() / name.substr(0, replaced);
        if (replaced != std::string::npos && !fs::exists(place))
            fs::rename(path, place, error);  // killed between taking away and putting back
        else discard(path.string());
    }
}

void discard(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    for (const char* mark : {".part-", ".partial-", ".replaced-"})
        if (name.find(mark) != std::string::npos) {
            std::error_code error;
            fs::remove_all(path, error);
            return;
        }
    throw std::logic_error(path + " is no temporary name; it is not removed");
}

bool write_new(const std::string& path, const std::string& text) {
    const std::string temporary = path + ".partial-" + writer_name();
    try {
        write_synced(temporary, text);
        if (link(temporary.c_str(), path.c_str()) != 0 && errno != EEXIST) fail_to("be put in place", path);
    } catch (...) {
        unlink(temporary.c_str());
        throw;
    }
    struct stat own {};
    const bool placed = stat(temporary.c_str(), &own) == 0 && own.st_nlink > 1;
    unlink(temporary.c_str());
    sync_folder(parent_of(path));
    return placed;
}

void append_synced(const std::string& path, const std::string& text) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (fd < 0) fail_to("be written", path);
    write_all(fd, path, text);
}

void make_folder(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (access(path.c_str(), W_OK) != 0) fail_to("be written", path);
    sync_folder(parent_of(path));
}

void write_whole(const std::string& path, const std::string& text) {
    const std::string temporary = path + ".partial-" + writer_name();
    try {
        write_synced(temporary, text);
        if (rename(temporary.c_str(), path.c_str()) != 0) fail_to("be put in place", path);
    } catch (...) {
        unlink(temporary.c_str());
        throw;
    }
    sync_folder(parent_of(path));
}

std::uint64_t disk_available(const std::string& path) {
    struct statvfs info {};
    fs::path at = path;
    while (statvfs(at.empty() ? "." : at.c_str(), &info) != 0) {
        if (at.empty() || at == at.parent_path()) return 0;
        at = at.parent_path();
    }
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

}  // namespace hubs
