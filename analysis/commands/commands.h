#pragma once
#include "analysis/commands/command.h"

namespace hubs {

// One file each.
Command run_command();
Command check_command();
Command new_command();
Command import_command();
Command report_command();
Command qa_pack_command();
Command verify_command();
Command replay_command();
Command export_command();
Command estimate_command();
Command estimate_waves_command();
Command evaluate_command();
Command calibrate_command();
Command sweep_command();
Command workshop_command();
Command devices_command();
Command schedule_command();
Command schema_command();
Command completions_command();

/// Everything the program can do, in the order of its help. A command is one file of this folder, its declaration
/// above, and its place here; help, completions and the limits of its options follow.
inline std::vector<Command> all_commands() {
    return {
        run_command(),         check_command(),          new_command(),
        import_command(),      report_command(),         qa_pack_command(),
        verify_command(),      replay_command(),         export_command(),
        estimate_command(),    estimate_waves_command(), evaluate_command(),
        calibrate_command(),   sweep_command(),          workshop_command(),
        devices_command(),     schedule_command(),       schema_command(),
        completions_command(),
    };
}

}  // namespace hubs
