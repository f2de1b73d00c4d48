#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "analysis/base/exit_codes.h"
#include "analysis/base/words.h"
#include "sim/run/limits.h"

namespace hubs {

/// A number's limits; what is no number is outside them.
struct NumberRange {
    double low, high;
};
using OneOf = std::vector<std::string>;

/// What a command takes: where it goes, and what it may be.
struct Option {
    std::string names;  ///< "-o,--output"; without dashes it is given by its place, and needed
    std::variant<std::string*, std::vector<std::string>*, bool*, int*, unsigned*, long long*, std::uint64_t*, double*>
        to;
    std::string what{};
    std::variant<std::monostate, WholeRange, NumberRange, OneOf> allowed{};
    bool needed = false, shows_default = false;
    std::string without{};   ///< may stand before the value and is left out: "mcse="
    std::string not_with{};  ///< another option that it excludes
};
inline Option needed(Option o) {
    o.needed = true;
    return o;
}
inline Option with_default(Option o) {
    o.shows_default = true;
    return o;
}

/// A command as the program offers it: its words, what it takes, what it does. `run` keeps alive what its options
/// point to, and is given the command as it was typed. A command of parts has no options of its own.
///
///     Command greet_command() {
///         struct Given { std::string name; };
///         const auto c = std::make_shared<Given>();
///         return {"greet", "Say hello", {{"name", &c->name, "to whom"}},
///                 [c](const std::string&) { return greet(c->name); }};
///     }
struct Command {
    std::string name, what;
    std::vector<Option> options;
    std::function<int(const std::string& typed)> run;
    std::vector<Command> parts{};
};

// Options of several commands.
inline constexpr WholeRange threads_range{1, 1024};
inline Option force_option(bool& to) {
    return {"--force", &to, "replace what hubsim wrote there, whatever it is; never a file of yours"};
}
/// May be repeated.
inline Option settings_option(std::vector<std::string>& to) {
    return {"--set", &to,
            "path=value, as months=24, share_practice.talks_per_meeting=2 or \"plans/wave 1/hub_size=20\"; "
            "may be repeated"};
}
inline Option dry_run_option(bool& to, const char* what = "") { return {"--dry-run", &to, what}; }

}  // namespace hubs
