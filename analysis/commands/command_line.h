#pragma once

namespace hubs {

/// Reads a command line, does what it asks for, and answers the program's exit code.
int run_command_line(int argc, char** argv);

}  // namespace hubs
