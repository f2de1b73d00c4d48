#include <cstdio>
#include <memory>
#include <set>

#include "analysis/commands/commands.h"

namespace hubs {
namespace {

std::string in_a_line(const auto& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

/// The long names of a command's options, and of those of its parts.
void add_flags(const Command& command, std::set<std::string>& to) {
    for (const Option& o : command.options)
        if (const auto at = o.names.find("--"); at != std::string::npos) to.insert(o.names.substr(at));
    for (const Command& part : command.parts) add_flags(part, to);
}

/// What shells complete: the commands, and the long names of all options of all of them, each once.
int print_completions(const std::string& shell) {
    std::vector<std::string> names;
    std::set<std::string> all{"--help", "--version"};
    for (const Command& command : all_commands()) {
        names.push_back(command.name);
        add_flags(command, all);
    }
    const std::string commands_text = in_a_line(names), flags_text = in_a_line(all);
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

}  // namespace

Command completions_command() {
    const auto shell = std::make_shared<std::string>();
    return {
        "completions", "Shell completion for bash, zsh or fish", {{"shell", shell.get()}}, [shell](const std::string&) {
            return print_completions(*shell);
        }};
}

}  // namespace hubs
