#include <map>

#include "analysis/statistics/estimator/cell_words.h"
#include "analysis/statistics/estimator/sample.h"

namespace hubs {
namespace {

/// Arms by the values that the user named.
std::vector<double> arms_as_named(const ColumnCells& column, const std::vector<std::string>& codes,
                                  const ArmWords& words, std::vector<std::string>& notes, Problems& problems,
                                  const std::string& file) {
    const auto same = [](const std::string& cell, const std::string& word) {
        const auto a = as_number(cell), b = as_number(word);
        return !word.empty() && (cell == word || (a && b && *a == *b));
    };
    std::vector<double> out;
    std::map<std::string, std::size_t> others;
    std::size_t treated = 0, controls = 0;
    for (const std::string& cell : column.cells) {
        const bool is = same(cell, words.treated), is_not = !is && same(cell, words.control);
        const bool missing = !is && !is_not && is_missing(cell, codes);
        if (!is && !is_not && !missing) ++others[cell];
        treated += is;
        controls += is_not;
        out.push_back(is ? 1.0 : missing ? not_available : 0.0);
    }
    std::string list;
    for (const auto& [cell, count] : others)
        if (list.size() < 100)
            list += (list.empty() ? "\"" : ", \"") + printable(cell) + "\" in " + counted(count, "row");
    const auto absent = [&](const std::string& word) {
        tell(column, "no cell of column \"" + column.name + "\" is \"" + printable(word) + '"',
             "a value of that column" + (list.empty() ? "" : ", as " + list), problems, file);
    };
    if (treated == 0) absent(words.treated);
    if (!words.control.empty() && controls == 0) absent(words.control);
    if (others.size() > (words.control.empty() ? 1u : 0u))
        tell(column, "column \"" + column.name + "\" also holds " + list,
             words.control.empty()
                 ? "one other value beside --treated-is, or --control-is VALUE and --missing for the rest"
                 : "no other values; --missing names those that mean missing",
             problems, file);
    notes.push_back('"' + column.name + "\": \"" + words.treated + "\" is treated, \"" +
                    (words.control.empty() && !others.empty() ? others.begin()->first : words.control) + "\" is not");
    return out;
}

}  // namespace

std::vector<double> read_treated(const ColumnCells& column, const std::vector<std::string>& codes,
                                 const ArmWords& words, std::vector<std::string>& notes, Problems& problems,
                                 const std::string& file) {
    if (!words.treated.empty()) return arms_as_named(column, codes, words, notes, problems, file);
    std::vector<double> out;
    Refused refused(column);
    std::size_t read = 0, odd = 0;
    bool worded = false;
    for (std::size_t i = 0; i < column.cells.size(); ++i) {
        const std::string& cell = column.cells[i];
        const auto number = as_number(cell), word = yes_or_no(cell);
        const auto value = word ? word : number;
        worded = worded || (word && !number);
        const bool missing = is_missing(cell, codes), known = value && (*value == 0 || *value == 1);
        if (!missing && !known) refused.add(i);
        read += known;
        odd += !missing && !known;
        out.push_back(missing || !value ? not_available : *value);
    }
    refused.tell(odd < read ? "1 and 0, or yes and no, as in the other rows: mend these cells"
                            : "1 and 0, or yes and no; or say which value is treated: --treated-is VALUE",
                 problems, file);
    if (worded) notes.push_back('"' + column.name + "\" is 1 for yes (or true) and 0 for no (or false)");
    return out;
}

}  // namespace hubs
