#include "sim/run/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hubs {
namespace {

FileBytes refused(std::string headline, std::string expected = "a readable file") {
    return {"", std::move(headline), std::move(expected)};
}

FileBytes too_large(std::size_t bytes, std::size_t most) {
    return refused("file of " + std::to_string(bytes) + " bytes", "at most " + std::to_string(most) + " bytes");
}

const char* kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a folder, not a file";
    if (S_ISFIFO(mode)) return "a pipe, not a file";
    if (S_ISSOCK(mode)) return "a socket, not a file";
    return "a device, not a file";
}

/// Reads on until the end or one byte too many.
FileBytes read_all(int fd, std::size_t size, std::size_t most) {
    FileBytes out;
    out.bytes.reserve(size);
    char buffer[65536];
    for (;;) {
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return refused(std::string("cannot be read: ") + std::strerror(errno));
        if (n == 0) return out;
        if (size == 0)
            return refused("a file of the system, which has no size");  // as those of /proc, some without end
        out.bytes.append(buffer, static_cast<std::size_t>(n));
        if (out.bytes.size() > most) return too_large(out.bytes.size(), most);
    }
}

}  // namespace

FileBytes read_file_bytes(const std::string& path, std::size_t most_bytes) {
    if (path.find('\0') != std::string::npos) return refused("its name holds a NUL character");
    const int fd =
        open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);  // a pipe without a writer must not be waited for
    if (fd < 0) return refused(std::string("cannot be read: ") + std::strerror(errno));
    struct stat info {};
    FileBytes out;
    if (fstat(fd, &info) != 0) out = refused(std::string("cannot be read: ") + std::strerror(errno));
    else if (!S_ISREG(info.st_mode)) out = refused(kind_of(info.st_mode));
    else if (static_cast<std::size_t>(info.st_size) > most_bytes)
        out = too_large(static_cast<std::size_t>(info.st_size), most_bytes);
    else out = read_all(fd, static_cast<std::size_t>(info.st_size), most_bytes);
    close(fd);
    return out;
}

}  // namespace hubs
