#include <cstdio>
#include <nlohmann/json.hpp>

#include "analysis/commands/commands.h"
#include "sim/run/schema.h"
#include "sim/schedule.h"

namespace hubs {
namespace {

std::string words_of(const std::string& name) {
    std::string out = name;
    for (char& c : out)
        if (c == '_') c = ' ';
    return out;
}

}  // namespace

int print_schedule(bool json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    int place = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        ++place;
        int settings = 0;
        typename P::Parameters p;
        P::Parameters::describe([&](auto&&...) { ++settings; }, p);
        std::string writes;
        for (const std::string_view column : P::writes) writes += (writes.empty() ? "" : ", ") + std::string(column);
        if (json)
            list.push_back(
                {{"place", place}, {"process", P::name}, {"parameters", settings}, {"writes", std::vector<std::string>(P::writes.begin(), P::writes.end())}});
        else
            std::printf("%2d  %-18s %2d parameters; writes %s\n", place, words_of(std::string(P::name)).c_str(), settings,
                        writes.empty() ? "nothing of the world" : writes.c_str());
    });
    if (json) std::printf("%s\n", list.dump(1).c_str());
    return done;
}

int print_schema() {
    std::printf("%s", schema_text().c_str());
    return done;
}

int print_completions(const std::string& shell) {
    const char* const commands = "run check new import report verify replay estimate evaluate calibrate sweep qa-pack workshop schedule schema completions";
    const char* const flags =
        "--help --version --population --replicates --seed --threads --months --dry-run --json --plan --replicate --school --until --from --hubs --max-memory --preset";
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
