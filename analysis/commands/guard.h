#pragma once
#include <functional>

namespace hubs {

/// Runs a command; what it throws becomes a message and an exit code.
int guarded(const std::function<int()>& command);

/// The exit code in the end: what was said must have been heard, and a full disk behind standard output is no success.
int finished(int code);

/// For std::set_terminate: what ends a program in a thread of a library, where nothing can be caught.
[[noreturn]] void end_at_limit();

}  // namespace hubs
