#include "analysis/base/stop.h"

#include <unistd.h>

#include <csignal>

#include "sim/run/interrupted.h"

namespace hubs {

std::atomic<bool> stop_requested{false};
std::atomic<int> stop_signal{0};

namespace {

extern "C" void on_signal(int which) {
    if (stop_requested.exchange(true)) _exit(128 + which);
    stop_signal.store(which);
}

}  // namespace

void catch_signals() {
    for (const int which : {SIGINT, SIGTERM, SIGUSR1}) std::signal(which, on_signal);
    if (std::signal(SIGHUP, on_signal) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // started by nohup
    std::signal(SIGXFSZ, SIG_IGN);
}

void end_if_stopped() {
    if (stop_requested.load(std::memory_order_relaxed)) throw Interrupted();
}

}  // namespace hubs
