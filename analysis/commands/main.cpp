// hubsim: the program. Its commands: commands.h.
#include <exception>

#include "analysis/base/stop.h"
#include "analysis/commands/command_line.h"
#include "analysis/commands/guard.h"

int main(int argc, char** argv) {
    std::set_terminate(hubs::end_at_limit);
    hubs::catch_signals();
    return hubs::run_command_line(argc, argv);
}
