#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>

namespace hubs {

/// Set by SIGINT, SIGTERM and SIGUSR1, and which of them it was.
extern std::atomic<bool> stop_requested;
extern std::atomic<int> stop_signal;
void catch_signals();

/// A bar with time left, on standard error and only on a terminal.
class Progress {
public:
    explicit Progress(std::size_t total, const char* what = "replicates");
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void at(std::size_t done);

private:
    std::size_t total_;
    const char* what_;
    bool terminal_;
    std::chrono::steady_clock::time_point start_, shown_;
    std::mutex mutex_;
};

}  // namespace hubs
