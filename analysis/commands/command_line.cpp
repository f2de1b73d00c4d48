#include "analysis/commands/command_line.h"

#include <CLI/CLI.hpp>
#include <charconv>

#include "analysis/base/version.h"
#include "analysis/commands/commands.h"
#include "analysis/commands/guard.h"

namespace hubs {
namespace {

/// A number within limits, never nan.
CLI::Validator number_between(NumberRange range) {
    const auto shown = [](double x) { return CLI::detail::to_string(x); };
    const std::string expected = "a number from " + shown(range.low) + " to " + shown(range.high);
    return CLI::Validator(
        [=](std::string& text) -> std::string {
            double x = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
            return error == std::errc() && end == text.data() + text.size() && x >= range.low && x <= range.high
                       ? ""
                       : "\"" + text + "\": expected " + expected;
        },
        expected);
}

/// Whole numbers are digits: the library would also take 0x10 for 16 and 010 for 8.
std::string digits_only(const std::string& text) {
    const std::string digits = text.substr(text.find_first_not_of("+-") == 1 ? 1 : 0);
    const bool plain = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos &&
                       (digits.size() == 1 || digits[0] != '0');
    return plain ? "" : "\"" + text + "\": expected a whole number in digits";
}

void limit(CLI::Option& option, const Option& o) {
    if (!o.without.empty())
        option.transform([without = o.without](std::string text) {
            return text.starts_with(without) ? text.substr(without.size()) : text;
        });
    if (const auto* range = std::get_if<WholeRange>(&o.allowed))
        option.check(CLI::Range(static_cast<long long>(range->low), static_cast<long long>(range->high)));
    if (const auto* range = std::get_if<NumberRange>(&o.allowed)) option.check(number_between(*range));
    if (const auto* words = std::get_if<OneOf>(&o.allowed)) option.check(CLI::IsMember(*words));
    const bool by_place = o.names.front() != '-';
    if (!by_place) option.allow_extra_args(false);  // of a list, one value each time the option is named
    if (o.needed || by_place) option.required();
    if (o.shows_default) option.capture_default_str();
    if (option.get_type_name().find("INT") != std::string::npos) option.check(digits_only);
}

void add_options(CLI::App& app, const Command& command) {
    for (const Option& o : command.options)
        if (const auto* flag = std::get_if<bool*>(&o.to)) app.add_flag(o.names, **flag, o.what);
        else
            std::visit(
                [&](auto* to) {
                    if constexpr (!std::is_same_v<decltype(to), bool*>) limit(*app.add_option(o.names, *to, o.what), o);
                },
                o.to);
    for (const Option& o : command.options)
        if (!o.not_with.empty()) app.get_option(o.names)->excludes(app.get_option(o.not_with));
}

void add_command(CLI::App& app, const Command& command, const std::string& typed, int& exit_code) {
    CLI::App* one = app.add_subcommand(command.name, command.what);
    add_options(*one, command);
    if (!command.parts.empty()) one->require_subcommand(1);
    for (const Command& part : command.parts) add_command(*one, part, typed, exit_code);
    if (command.run)
        one->callback([&exit_code, &typed, run = command.run] { exit_code = guarded([&] { return run(typed); }); });
}

std::string as_typed(int argc, char** argv) {
    std::string out = "hubsim";
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        out += word.find(' ') == std::string::npos ? " " + word : " \"" + word + "\"";
    }
    return out;
}

}  // namespace

int run_command_line(int argc, char** argv) {
    CLI::App app{"hubsim simulates Careers Hubs: which plan of expansion buys most, for whom, at what cost.", "hubsim"};
    app.set_version_flag("--version", std::string("hubsim ") + version_text);
    app.require_subcommand(1);
    const std::string typed = as_typed(argc, argv);
    int exit_code = done;
    for (const Command& command : all_commands()) add_command(app, command, typed, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? finished(done) : usage;
    }
    return finished(exit_code);
}

}  // namespace hubs
