#include "analysis/results/folder.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

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
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

void write_synced(const std::string& path, const std::string& text) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0) fail(path, "be written");
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            const int error = errno;
            close(fd);
            errno = error;
            fail(path, "be written");
        }
        done += static_cast<std::size_t>(n);
    }
    if (fsync(fd) != 0 && errno != EINVAL) {
        close(fd);
        fail(path, "be kept");
    }
    if (close(fd) != 0) fail(path, "be kept");
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
    std::string out;
    char two[3];
    for (unsigned i = 0; i < size; ++i) {
        std::snprintf(two, sizeof two, "%02x", digest[i]);
        out += two;
    }
    return out;
}

void write_whole(const std::string& path, const std::string& text) {
    const std::string temporary = path + ".partial-" + std::to_string(getpid());
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
    temporary_ = path_ + ".partial-" + std::to_string(getpid());
    std::error_code error;
    fs::create_directories(parent_of(path_), error);
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
    const std::string old = path_ + ".replaced-" + std::to_string(getpid());
    const bool had = fs::exists(path_);
    if (had && rename(path_.c_str(), old.c_str()) != 0) fail(path_, "be replaced");
    if (rename(temporary_.c_str(), path_.c_str()) != 0) {
        const int error = errno;
        if (had) rename(old.c_str(), path_.c_str());
        errno = error;
        fail(path_, "be put in place");
    }
    committed_ = true;
    sync_folder(parent_of(path_));
    std::error_code error;
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
