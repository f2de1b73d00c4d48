#pragma once
#include <chrono>
#include <cstddef>
#include <mutex>

#include "analysis/base/stop.h"

namespace hubs {

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
