#include "analysis/commands/progress.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace hubs {

Progress::Progress(std::size_t total, const char* what)
    : total_(total), what_(what), terminal_(isatty(2) != 0), start_(std::chrono::steady_clock::now()), shown_(start_) {}

Progress::~Progress() {
    if (terminal_) std::fputs("\r\x1b[K", stderr);
}

void Progress::at(std::size_t done) {
    if (!terminal_) return;
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < std::chrono::milliseconds(100) && done != total_) return;
    shown_ = now;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const double left = elapsed * static_cast<double>(total_ - done) / static_cast<double>(done == 0 ? 1 : done);
    const int filled = static_cast<int>(30.0 * static_cast<double>(done) / static_cast<double>(total_));
    char bar[31];
    for (int i = 0; i < 30; ++i) bar[i] = i < filled ? '#' : '.';
    bar[30] = 0;
    std::fprintf(stderr, "\r[%s] %zu of %zu %s, %.0f s left ", bar, done, total_, what_, left);
}

}  // namespace hubs
