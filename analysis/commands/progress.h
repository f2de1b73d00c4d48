#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>

namespace hubs {

/// Set by SIGINT and SIGTERM.
extern std::atomic<bool> stop_requested;
void catch_signals();

/// A bar with time left, on standard error and only on a terminal.
class Progress {
public:
    explicit Progress(std::size_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void at(std::size_t done);

private:
    std::size_t total_;
    bool terminal_;
    std::chrono::steady_clock::time_point start_, shown_;
    std::mutex mutex_;
};

}  // namespace hubs
