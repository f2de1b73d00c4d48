#include "analysis/results/folder.h"

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

namespace hubs {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& doing) {
    const int error = errno;
    throw StorageError(path + ": cannot " + doing + ": " + std::strerror(error) + " (" + std::to_string(disk_available(path) >> 20) + " MiB free)");
}

std::string parent_of(const std::string& path) {
    const fs::path parent = fs::path(path).parent_path();
    return parent.empty() ? "." : parent.string();
}

void sync_folder(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY);
    if (fd < 0) return;  // a folder that may be written and not read
    const int failed = fsync(fd) != 0 && errno != EINVAL ? errno : 0;  // some file systems cannot sync a folder
    close(fd);
    errno = failed;
    if (failed != 0) fail(path, "be kept");
}

void write_text(int fd, const std::string& path, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail(path, "be written");
        done += static_cast<std::size_t>(n);
    }
}

/// Syncs and closes.
void keep(int fd, const std::string& path) {
    const int failed = fsync(fd) != 0 && errno != EINVAL ? errno : 0;
    const bool closed = close(fd) == 0;
    if (failed != 0) errno = failed;
    if (failed != 0 || !closed) fail(path, "be kept");
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

void write_synced(const std::string& path, const std::string& text) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0) fail(path, "be written");
    write_all(fd, path, text);
}

}  // namespace

std::string read_text(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY);
    if (fd < 0) fail(path, "be read");
    std::string out;
    char buffer[65536];
    for (;;) {
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            close(fd);
            fail(path, "be read");
        }
        if (n == 0) break;
        out.append(buffer, static_cast<std::size_t>(n));
    }
    close(fd);
    return out;
}

std::string sha256(const std::string& bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
    return hexadecimal(digest, size);
}

StreamedFile::StreamedFile(const std::string& path) : path_(path), fd_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644)), digest_(EVP_MD_CTX_new()) {
    if (fd_ < 0) fail(path_, "be written");
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
        if (replaced != std::string::npos && !fs::exists(place)) fs::rename(path, place, error);  // killed between taking away and putting back
        else fs::remove_all(path, error);
    }
}

bool write_new(const std::string& path, const std::string& text) {
    const std::string temporary = path + ".partial-" + writer_name();
    try {
        write_synced(temporary, text);
        if (link(temporary.c_str(), path.c_str()) != 0 && errno != EEXIST) fail(path, "be put in place");
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
    if (fd < 0) fail(path, "be written");
    write_all(fd, path, text);
}

void make_folder(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (access(path.c_str(), W_OK) != 0) fail(path, "be written");
    sync_folder(parent_of(path));
}

void write_whole(const std::string& path, const std::string& text) {
    const std::string temporary = path + ".partial-" + writer_name();
    try {
        write_synced(temporary, text);
        if (rename(temporary.c_str(), path.c_str()) != 0) fail(path, "be put in place");
    } catch (...) {
        unlink(temporary.c_str());
        throw;
    }
    sync_folder(parent_of(path));
}

ResultsFolder::ResultsFolder(std::string path) : path_(std::move(path)) {
    while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
    temporary_ = path_ + ".partial-" + writer_name();
    std::error_code error;
    fs::create_directories(parent_of(path_), error);
    remove_leavings(parent_of(path_), fs::path(path_).filename().string());
    fs::remove_all(temporary_, error);
    if (mkdir(temporary_.c_str(), 0755) != 0) fail(temporary_, "be made");
    if (access(parent_of(path_).c_str(), W_OK) != 0) fail(parent_of(path_), "be written");
}

ResultsFolder::~ResultsFolder() {
    std::error_code error;
    if (!committed_) fs::remove_all(temporary_, error);
}

std::string ResultsFolder::temporary(const std::string& name) const {
    const std::string path = temporary_ + "/" + name;
    std::error_code error;
    fs::create_directories(parent_of(path), error);
    return path;
}

void ResultsFolder::write(const std::string& name, const std::string& text) { write_synced(temporary(name), text); }

void ResultsFolder::commit() {
    std::error_code error;
    for (fs::recursive_directory_iterator it(temporary_, error), end; !error && it != end; it.increment(error))
        if (it->is_directory()) sync_folder(it->path().string());
    sync_folder(temporary_);
    const std::string old = path_ + ".replaced-" + writer_name();
    const bool had = fs::exists(path_);
    if (had && rename(path_.c_str(), old.c_str()) != 0) fail(path_, "be replaced");
    if (rename(temporary_.c_str(), path_.c_str()) != 0) {
        const int failed = errno;
        if (had) rename(old.c_str(), path_.c_str());
        errno = failed;
        fail(path_, "be put in place");
    }
    committed_ = true;
    sync_folder(parent_of(path_));
    if (had) fs::remove_all(old, error);
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
