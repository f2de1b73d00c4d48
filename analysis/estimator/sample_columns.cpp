#include "analysis/estimator/sample_columns.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "analysis/base/words.h"
#include "analysis/estimator/sample.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

constexpr std::size_t most_indicators = 50;

std::string lower(const std::string& text) {
    std::string out = text;
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    return out;
}

bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

/// 1 for yes, 0 for no.
std::optional<double> yes_or_no(const std::string& cell) {
    const std::string word = lower(cell);
    if (is_one_of(word, {"yes", "y", "true", "t"})) return 1;
    if (is_one_of(word, {"no", "n", "false", "f"})) return 0;
    return std::nullopt;
}

/// Cells of a column that cannot be read, told once: the first with its line, and how many more.
class Refused {
public:
    explicit Refused(const ColumnCells& column) : column_(column) {}
    void add(std::size_t row) {
        ++count_;
        if (count_ == 1) first_ = row;
        else if (count_ <= most_lines) more_ += (more_.empty() ? "" : ", ") + std::to_string((*column_.lines)[row]);
    }
    void tell(const std::string& expected, Problems& problems, const std::string& file) const {
        if (count_ == 0) return;
        Problem p;
        p.file = file;
        p.line = static_cast<int>((*column_.lines)[first_]);
        p.column = 1;
        p.headline = '"' + printable(column_.cells[first_].substr(0, 60)) + "\" in column \"" + column_.name + '"';
        if (count_ > 1)
            p.headline += ", and " + counted(count_ - 1, "more cell") + " (line" + (count_ > 2 ? "s " : " ") + more_ +
                          (count_ > most_lines ? ", …)" : ")");
        p.path = column_.name;
        p.expected = expected;
        problems.push_back(std::move(p));
    }

private:
    static constexpr std::size_t most_lines = 6;
    const ColumnCells& column_;
    std::size_t count_ = 0, first_ = 0;
    std::string more_;
};

void tell(const ColumnCells& column, std::string headline, std::string expected, Problems& problems, const std::string& file) {
    Problem p;
    p.file = file;
    p.line = 1;
    p.column = 1;
    p.headline = std::move(headline);
    p.path = column.name;
    p.expected = std::move(expected);
    problems.push_back(std::move(p));
}

/// The words of a text column, in the alphabet's order.
ColumnValues as_indicators(const ColumnCells& column, const std::vector<std::string>& codes, Problems& problems,
                           const std::string& file) {
    std::set<std::string> levels;
    for (const std::string& cell : column.cells)
        if (!is_missing(cell, codes)) levels.insert(cell);
    ColumnValues out;
    if (levels.size() > most_indicators) {
        tell(column, "column \"" + column.name + "\" holds " + std::to_string(levels.size()) + " different words",
             "numbers, or at most " + std::to_string(most_indicators + 1) + " different words", problems, file);
        return out;
    }
    const std::string first = *levels.begin();
    if (levels.size() > 1) levels.erase(levels.begin());
    for (const std::string& level : levels) {
        out.names.push_back(column.name + "=" + level);
        auto& values = out.values.emplace_back();
        for (const std::string& cell : column.cells)
            values.push_back(is_missing(cell, codes) ? not_available : cell == level ? 1.0 : 0.0);
    }
    out.notes.push_back('"' + column.name + "\" holds words: " + counted(levels.size(), "indicator") + " against \"" +
                        printable(first) + '"');
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
    refused.tell(std::string("a number from ") + (least < 0 ? "-1e12" : "0") + " to 1e12, nothing, or a code for missing values "
                 "(--missing names your own)", problems, file);
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
        const bool only_codes = std::all_of(column.cells.begin(), column.cells.end(), [&](const std::string& cell) {
            return is_missing_number(cell, codes);
        });
        if (only_codes) return {{column.name}, {read_numbers(column, codes, -1e12, problems, file)}, {}};
        return as_indicators(column, codes, problems, file);
    }
    ColumnValues out{{column.name}, {{}}, {'"' + column.name + "\" is 1 for yes (or true) and 0 for no (or false)"}};
    for (const std::string& cell : column.cells) out.values[0].push_back(yes_or_no(cell).value_or(not_available));
    return out;
}

std::vector<double> read_treated(const ColumnCells& column, const std::vector<std::string>& codes,
                                 const std::string& treated_is, std::vector<std::string>& notes, Problems& problems,
                                 const std::string& file) {
    std::vector<double> out;
    if (!treated_is.empty()) {
        const auto wanted = as_number(treated_is);
        std::map<std::string, std::size_t> others;
        bool found = false;
        for (const std::string& cell : column.cells) {
            const auto value = as_number(cell);
            const bool is = cell == treated_is || (wanted && value && *wanted == *value);
            found = found || is;
            const bool missing = !is && is_missing(cell, codes);
            if (!is && !missing) ++others[cell];
            out.push_back(missing ? not_available : is ? 1.0 : 0.0);
        }
        std::string list;
        for (const auto& [cell, count] : others)
            if (list.size() < 60) list += (list.empty() ? "\"" : ", \"") + printable(cell) + '"';
        if (!found)
            tell(column, "no cell of column \"" + column.name + "\" is \"" + printable(treated_is) + '"',
                 "a value of that column" + (list.empty() ? "" : ", as " + list), problems, file);
        notes.push_back('"' + column.name + "\": \"" + treated_is + "\" is treated, " + list + (others.size() == 1 ? " is" : " are") + " not");
        return out;
    }
    Refused refused(column);
    bool words = false;
    for (std::size_t i = 0; i < column.cells.size(); ++i) {
        const std::string& cell = column.cells[i];
        const auto number = as_number(cell), word = yes_or_no(cell);
        const auto value = word ? word : number;
        words = words || (word && !number);
        const bool missing = is_missing(cell, codes);
        if (!missing && !(value && (*value == 0 || *value == 1))) refused.add(i);
        out.push_back(missing || !value ? not_available : *value);
    }
    refused.tell("1 and 0, or yes and no; or say which value is treated: --treated-is VALUE", problems, file);
    if (words) notes.push_back('"' + column.name + "\" is 1 for yes (or true) and 0 for no (or false)");
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
