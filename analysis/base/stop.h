#pragma once
#include <atomic>

namespace hubs {

/// Set by INT, TERM, HUP and USR1, and which of them it was. Whoever computes or writes for long looks at it.
extern std::atomic<bool> stop_requested;
extern std::atomic<int> stop_signal;

/// From now on those signals set the flag; a second one ends the program at once. HUP stays ignored under nohup. A
/// write beyond the limit of file sizes becomes an error instead of a signal.
void catch_signals();

/// Throws Interrupted if a stop was asked for.
void end_if_stopped();

}  // namespace hubs
