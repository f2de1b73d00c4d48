#include <cstdio>
#include <set>

#include "analysis/base/exit_codes.h"
#include "analysis/commands/guard.h"

namespace hubs {
namespace {

/// What shells complete: the commands, and the long names of all options of all of them, each once.
std::string commands_of(const CLI::App& app) {
    std::string out;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        out += (out.empty() ? "" : " ") + command->get_name();
    return out;
}
void add_flags(const CLI::App& app, std::set<std::string>& to) {
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames()) to.insert("--" + name);
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) add_flags(*command, to);
}
std::string flags_of(const CLI::App& app) {
    std::set<std::string> flags;
    add_flags(app, flags);
    std::string out;
    for (const std::string& flag : flags) out += (out.empty() ? "" : " ") + flag;
    return out;
}

}  // namespace

int print_completions(const CLI::App& app, const std::string& shell) {
    const std::string commands_text = commands_of(app), flags_text = flags_of(app);
    const char *const commands = commands_text.c_str(), *const flags = flags_text.c_str();
    if (shell == "bash")
        std::printf(
            "_hubsim() {\n  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n  if [ \"$COMP_CWORD\" = 1 ]; then COMPREPLY=($(compgen -W \"%s\" -- \"$word\"))\n"
            "  elif [[ \"$word\" == -* ]]; then COMPREPLY=($(compgen -W \"%s\" -- \"$word\"))\n  else COMPREPLY=($(compgen -f -- \"$word\")); fi\n}\ncomplete -o filenames -F _hubsim hubsim\n",
            commands, flags);
    else if (shell == "zsh") std::printf("#compdef hubsim\n_arguments '1:command:(%s)' '*:file:_files'\n", commands);
    else if (shell == "fish") std::printf("complete -c hubsim -n '__fish_use_subcommand' -a '%s'\n", commands);
    else {
        std::fprintf(stderr, "unknown shell \"%s\": bash, zsh or fish\n", shell.c_str());
        return usage;
    }
    return done;
}

}  // namespace hubs
