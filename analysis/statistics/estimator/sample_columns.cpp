#include "analysis/statistics/estimator/sample_columns.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "analysis/statistics/estimator/cell_words.h"
#include "analysis/statistics/estimator/sample.h"

namespace hubs {

std::string trimmed(const std::string& cell) {
    const auto first = cell.find_first_not_of(" \t\r");
    return first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(" \t\r") - first + 1);
}

namespace {

constexpr std::size_t most_indicators = 50;

/// The words of a text column, in the alphabet's order.
ColumnValues as_indicators(const ColumnCells& column, const std::vector<std::string>& codes, Problems& problems,
                           const std::string& file) {
    std::set<std::string> levels;
    for (const std::string& cell : column.cells)
        if (!is_missing(cell, codes)) levels.insert(cell);
    ColumnValues out;
    if (levels.size() > most_indicators + 1) {
        tell(column, "column \"" + column.name + "\" holds " + std::to_string(levels.size()) + " different words",
             "numbers, or at most " + std::to_string(most_indicators + 1) + " different words", problems, file);
        return out;
    }
    std::map<std::string, std::string> in_small;
    for (const std::string& level : levels) {
        const auto [other, alone] = in_small.try_emplace(lower(level), level);
        if (!alone)
            out.notes.push_back('"' + column.name + "\": \"" + printable(other->second) + "\" and \"" +
                                printable(level) + "\" differ in capitals only and are taken as two");
        if (is_missing_number(level, {}))
            out.notes.push_back('"' + column.name + "\": \"" + printable(level) +
                                "\" is taken as a word; if it means missing, --missing " + level);
    }
    const std::string first = *levels.begin();
    if (levels.size() > 1) levels.erase(levels.begin());
    for (const std::string& level : levels) {
        out.names.push_back(column.name + "=" + level);
        auto& values = out.values.emplace_back();
        for (const std::string& cell : column.cells)
            values.push_back(is_missing(cell, codes) ? not_available : cell == level ? 1.0 : 0.0);
    }
    std::string named;
    std::size_t count = 0;
    for (const std::string& level : levels)
        if (++count <= 6) named += (named.empty() ? "\"" : ", \"") + printable(level) + '"';
    if (count > 6) named += " and " + std::to_string(count - 6) + " more";
    out.notes.push_back('"' + column.name + "\" holds words: " + counted(levels.size(), "indicator") + " (" + named +
                        ") against \"" + printable(first) + '"');
    return out;
}

}  // namespace

bool is_missing(const std::string& cell, const std::vector<std::string>& codes) {
    if (std::find(codes.begin(), codes.end(), cell) != codes.end()) return true;
    return is_one_of(lower(cell), {"", "na", "n/a", "nan", "null", "#n/a"});
}

bool is_missing_number(const std::string& cell, const std::vector<std::string>& codes) {
    return is_missing(cell, codes) || is_one_of(lower(cell), {".", "..", ":", "c", "k", "low", "u", "x", "z", "supp"});
}

std::optional<double> as_number(const std::string& cell) {
    double value = 0;
    const char *begin = cell.data(), *end = begin + cell.size();
    if (begin != end && *begin == '+') ++begin;
    const auto [after, error] = std::from_chars(begin, end, value);
    if (begin == end || error != std::errc() || after != end || !std::isfinite(value)) return std::nullopt;
    return value == 0 ? 0.0 : value;
}

std::vector<double> read_numbers(const ColumnCells& column, const std::vector<std::string>& codes, double least,
                                 Problems& problems, const std::string& file) {
    constexpr double largest = 1e12;
    Refused refused(column);
    std::vector<double> out;
    for (std::size_t i = 0; i < column.cells.size(); ++i) {
        const auto value = as_number(column.cells[i]);
        const bool missing = !value && is_missing_number(column.cells[i], codes);
        const bool declared = is_missing(column.cells[i], codes);  // 999 may be a code
        if (!declared && !missing && (!value || *value < least || *value > largest)) refused.add(i);
        out.push_back(value && !declared ? *value : not_available);
    }
    refused.tell(
        std::string("a number from ") + (least < 0 ? "-1e12" : "0") +
            " to 1e12, nothing, or a code for missing values "
            "(--missing names your own); with a point for decimals, without thousands separators or signs of money",
        problems, file);
    return out;
}

ColumnValues read_covariate(const ColumnCells& column, const std::vector<std::string>& codes, Problems& problems,
                            const std::string& file) {
    std::size_t numbers = 0, words = 0, yes = 0;
    for (const std::string& cell : column.cells) {
        if (is_missing(cell, codes)) continue;
        if (as_number(cell)) ++numbers;
        else if (yes_or_no(cell)) ++yes, ++words;
        else ++words;
    }
    if (words == 0 || numbers > 0) return {{column.name}, {read_numbers(column, codes, -1e12, problems, file)}, {}};
    if (yes < words) {
        const bool only_codes = std::all_of(column.cells.begin(), column.cells.end(),
                                            [&](const std::string& cell) { return is_missing_number(cell, codes); });
        if (only_codes) return {{column.name}, {read_numbers(column, codes, -1e12, problems, file)}, {}};
        const auto like_number = [](const std::string& cell) {
            return !cell.empty() && (std::string("0123456789+-.<>~$").find(cell[0]) != std::string::npos ||
                                     cell.starts_with("£") || cell.starts_with("€"));
        };
        const auto odd = std::count_if(column.cells.begin(), column.cells.end(), like_number);
        if (2 * static_cast<std::size_t>(odd) > words)  // numbers written otherwise, not categories
            return {{column.name}, {read_numbers(column, codes, -1e12, problems, file)}, {}};
        return as_indicators(column, codes, problems, file);
    }
    ColumnValues out{{column.name}, {{}}, {'"' + column.name + "\" is 1 for yes (or true) and 0 for no (or false)"}};
    for (const std::string& cell : column.cells) out.values[0].push_back(yes_or_no(cell).value_or(not_available));
    return out;
}

std::optional<std::string> plain_number(const std::string& cell, bool decimal_comma) {
    std::string out = cell;
    if (!out.empty() && out.back() == '%') out = trimmed(out.substr(0, out.size() - 1));
    const auto comma = out.find(',');
    if (decimal_comma && comma != std::string::npos && out.find(',', comma + 1) == std::string::npos &&
        out.find('.') == std::string::npos)
        out[comma] = '.';
    if (out == cell || !as_number(out)) return std::nullopt;
    return out;
}

std::vector<std::string> name_list(const std::string& text) {
    std::vector<std::string> out;
    std::string name;
    bool quoted = false, was_quoted = false;
    const auto add = [&] {
        if (!was_quoted) {
            const auto first = name.find_first_not_of(' ');
            name = first == std::string::npos ? "" : name.substr(first, name.find_last_not_of(' ') - first + 1);
        }
        if (!name.empty()) out.push_back(name);
        name.clear();
        was_quoted = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') name += text[++i];
        else if (c == '"' && (quoted || name.find_first_not_of(' ') == std::string::npos)) {
            if (!quoted) name.clear();
            quoted = !quoted;
            was_quoted = true;
        } else if (c == ',' && !quoted) add();
        else if (!(was_quoted && !quoted && c == ' ')) name += c;
    }
    add();
    return out;
}

}  // namespace hubs
