#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/problem.h"

namespace hubs {

/// Cells of one column, and the line each stands in.
struct ColumnCells {
    std::string name;
    std::vector<std::string> cells;  ///< without blanks at the ends
    const std::vector<std::size_t>* lines = nullptr;
};

/// What a column turned out to hold.
struct ColumnValues {
    std::vector<std::string> names;           ///< one for a number; one for each indicator of a text
    std::vector<std::vector<double>> values;  ///< by name, by row; not_available where missing
    std::vector<std::string> notes;           ///< how words were read
};

/// A cell without blanks at its ends.
std::string trimmed(const std::string& cell);

/// Whether a cell says that nothing is known: empty, NA, N/A, NaN, NULL, or one of the user's own codes.
bool is_missing(const std::string& cell, const std::vector<std::string>& codes);
/// In columns of numbers also ".", ":", and the Department's c, k, low, u, x, z and SUPP.
bool is_missing_number(const std::string& cell, const std::vector<std::string>& codes);
/// A whole cell as a number; nothing if it is not one ("0x10", "3 km", "1e400").
std::optional<double> as_number(const std::string& cell);

/// Numbers; what is neither a number nor missing is one problem with its count.
std::vector<double> read_numbers(const ColumnCells& column, const std::vector<std::string>& codes, double least,
                                 Problems& problems, const std::string& file);
/// A number as spreadsheets write it, in plain form and what was changed: "28%" is 28. `decimal_comma`: "28,5" is 28.5.
std::optional<std::string> plain_number(const std::string& cell, bool decimal_comma);

/// Numbers; or two words for yes and no, as 1 and 0; or words, as indicators against the first in the alphabet.
ColumnValues read_covariate(const ColumnCells& column, const std::vector<std::string>& codes, Problems& problems,
                            const std::string& file);
/// Which values of the treatment's column are which; empty: 1 and yes, 0 and no.
struct ArmWords {
    std::string treated, control;
};
/// 1 or 0: of numbers 1 and 0, words for yes and no, or as `words` say. With `words.treated` alone the column may hold
/// one other value only: more may be slips of the pen.
std::vector<double> read_treated(const ColumnCells& column, const std::vector<std::string>& codes,
                                 const ArmWords& words, std::vector<std::string>& notes, Problems& problems,
                                 const std::string& file);

/// Names in a list with commas between and blanks around them; a name with a comma stands in double quotes.
std::vector<std::string> name_list(const std::string& text);

}  // namespace hubs
