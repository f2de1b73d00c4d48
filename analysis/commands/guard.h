#pragma once
#include <CLI/CLI.hpp>
#include <functional>

#include "sim/run/limits.h"

namespace hubs {

/// Runs a command; what it throws becomes a message and an exit code.
int guarded(const std::function<int()>& command);

/// The exit code in the end: what was said must have been heard, and a full disk behind standard output is no success.
int finished(int code);

/// For std::set_terminate: what ends a program in a thread of a library, where nothing can be caught.
[[noreturn]] void end_at_limit();

/// Checks of an option's value: a number within limits (never nan), a whole number within a range of the scenario's.
CLI::Validator number_between(double low, double high);
CLI::Range within(WholeRange range);
/// Whole numbers of every command are digits: the library would also take 0x10 for 16 and 010 for 8.
void take_digits_only(CLI::App& app);

/// Completion for bash, zsh or fish of everything that the program has.
int print_completions(const CLI::App& app, const std::string& shell);

}  // namespace hubs
