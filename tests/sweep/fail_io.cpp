// Preloaded into the program under test: the N-th call that changes a file under FAULT_UNDER fails with FAULT_ERROR
// (a number of errno), or kills the process (FAULT_ERROR=KILL). FAULT_AT=N. Nothing else is touched.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace {

std::atomic<long> calls{0};

bool watched(const char* path) {
    const char* under = getenv("FAULT_UNDER");
    return under != nullptr && path != nullptr && strstr(path, under) != nullptr;
}
bool watched(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return false;
    path[n] = 0;
    return watched(path);
}

/// Counts a watched call; true if it is to fail now.
bool due() {
    static const long at = getenv("FAULT_AT") == nullptr ? -1 : atol(getenv("FAULT_AT"));
    if (++calls != at) return false;
    const char* error = getenv("FAULT_ERROR");
    if (error != nullptr && strcmp(error, "KILL") == 0) kill(getpid(), SIGKILL);
    errno = error == nullptr ? ENOSPC : atoi(error);
    return true;
}

template <class F>
F real(const char* name, F) {
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {
int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if ((flags & O_CREAT) != 0 && watched(path) && due()) return -1;
    static int (*const next)(const char*, int, ...) =
        reinterpret_cast<int (*)(const char*, int, ...)>(dlsym(RTLD_NEXT, "open"));
    return next(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if ((flags & O_CREAT) != 0 && watched(path) && due()) return -1;
    static int (*const next)(const char*, int, ...) =
        reinterpret_cast<int (*)(const char*, int, ...)>(dlsym(RTLD_NEXT, "open64"));
    return next(path, flags, mode);
}
ssize_t write(int fd, const void* data, size_t size) {
    if (fd > 2 && watched(fd) && due()) return -1;
    static auto* const next = real("write", static_cast<ssize_t (*)(int, const void*, size_t)>(nullptr));
    return next(fd, data, size);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
    if (watched(fd) && due()) return -1;
    static auto* const next = real("pwrite64", static_cast<ssize_t (*)(int, const void*, size_t, off64_t)>(nullptr));
    return next(fd, data, size, at);
}
int fsync(int fd) {
    if (watched(fd) && due()) return -1;
    static auto* const next = real("fsync", static_cast<int (*)(int)>(nullptr));
    return next(fd);
}
int rename(const char* from, const char* to) {
    if (watched(to) && due()) return -1;
    static auto* const next = real("rename", static_cast<int (*)(const char*, const char*)>(nullptr));
    return next(from, to);
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
    if (watched(to) && due()) return -1;
    static auto* const next =
        real("renameat2", static_cast<int (*)(int, const char*, int, const char*, unsigned)>(nullptr));
    return next(from_folder, from, to_folder, to, flags);
}
int unlinkat(int folder, const char* path, int flags) {  // files that are removed: fails too, for kills
    if (watched(folder) && due()) return -1;
    static auto* const next = real("unlinkat", static_cast<int (*)(int, const char*, int)>(nullptr));
    return next(folder, path, flags);
}
int link(const char* from, const char* to) {
    if (watched(to) && due()) return -1;
    static auto* const next = real("link", static_cast<int (*)(const char*, const char*)>(nullptr));
    return next(from, to);
}
int mkdir(const char* path, mode_t mode) {
    if (watched(path) && due()) return -1;
    static auto* const next = real("mkdir", static_cast<int (*)(const char*, mode_t)>(nullptr));
    return next(path, mode);
}
}
