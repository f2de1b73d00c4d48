#pragma once
#include <string>
#include <string_view>

namespace hubs {

/// What is wrong with a label that tables show and people compare (a plan, an area, a school), in words that follow
/// "name …"; empty if nothing is. Spreadsheets take labels that begin with =, +, - or @ for formulas.
std::string trouble_with_label(std::string_view label);

/// The same for a name that a folder is given: letters, digits, blanks, `.`, `-` and `_`.
std::string trouble_with_name(std::string_view name);
inline constexpr std::string_view names_are =
    "1 to 100 letters, digits, blanks, . - and _, the first a letter or digit: a folder is named after it";

/// Whether two labels look the same to a reader: case does not count.
bool look_alike(std::string_view a, std::string_view b);

/// A label as it can be kept: what `trouble_with_label` finds is taken away. For names in tables that others made.
std::string cleaned_label(std::string_view label);

}  // namespace hubs
