#include "analysis/base/sheet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "sim/run/document.h"
#include "sim/run/reader.h"

namespace hubs {

Sheet::Sheet(const CsvText& table, std::string file, const std::vector<std::string>& required,
             const std::vector<std::string>& known, Problems& problems)
    : in_(table.text), separator_(table.separator), reader_(in_, table.separator), file_(std::move(file)),
      problems_(problems) {
    std::vector<std::string> heading;
    try {
        if (!reader_.next(heading)) add(1, "an empty file", "", "a heading and rows");
    } catch (const std::exception& e) {
        add(1, e.what(), "", "CSV");
    }
    width_ = heading.size();
    for (std::size_t c = 0; c < heading.size(); ++c)
        if (!place_.emplace(heading[c], c).second && std::find(known.begin(), known.end(), heading[c]) != known.end())
            add(1, "column \"" + heading[c] + "\" is given twice", heading[c], "each column once");
    find_in_other_letters(heading, known);
    std::set<std::size_t> used;
    for (const std::string& name : known)
        if (const auto at = place_.find(name); at != place_.end()) used.insert(at->second);
    for (std::size_t c = 0; c < heading.size(); ++c)
        if (used.count(c) == 0 && !heading[c].empty()) unused_.push_back(heading[c]);
    std::vector<std::pair<std::string, std::string>> missing;  // as told, and the first choice
    for (const std::string& choices : required) {
        bool found = false;
        std::string list, first = choices.substr(0, choices.find('|'));
        for (std::size_t from = 0; from <= choices.size();) {
            const auto to = std::min(choices.find('|', from), choices.size());
            const auto name = choices.substr(from, to - from);
            found |= place_.count(name) != 0;
            list += (list.empty() ? "\"" : " or \"") + name + "\"";
            from = to + 1;
        }
        if (!found) missing.emplace_back(list, first);
    }
    constexpr std::size_t most_told_singly = 5;
    if (width_ > 0 && missing.size() > most_told_singly) {
        std::string list;
        for (const auto& [names, first] : missing) list += (list.empty() ? "" : ", ") + names;
        add(1, std::to_string(missing.size()) + " columns are missing: " + list, "",
            "a table with these columns; is it the right file?");
    } else if (width_ > 0) {
        for (const auto& [names, first] : missing)
            add(1, "column " + names + " is missing", first, "a column of that name", nearest_word(first, heading));
    }
    usable_ = problems_.empty();
}

bool Sheet::next() {
    if (!usable_) return false;
    try {
        if (!reader_.next(row_)) return false;
    } catch (const std::exception& e) {
        add(reader_.line(), e.what(), "", "CSV");
        return usable_ = false;
    }
    if (row_.size() != width_) {
        add(reader_.line(), std::to_string(row_.size()) + " cells", "",
            std::to_string(width_) + " cells, as in the heading");
        return usable_ = false;
    }
    for (const auto& [name, at] : place_)
        if (row_[at].find('\0') != std::string::npos) {
            problem(name, "a NUL character in column \"" + name + "\"", "text");
            return usable_ = false;
        }
    return true;
}

const std::string& Sheet::operator[](const std::string& column) const {
    static const std::string none;
    const auto found = place_.find(column);
    return found == place_.end() ? none : row_[found->second];
}

std::optional<double> Sheet::number(const std::string& column, double minimum, double maximum, bool whole) {
    const std::string& cell = (*this)[column];
    const auto first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
    if (first == std::string::npos) return std::nullopt;
    double value = 0;
    const char *begin = cell.data() + first, *end = cell.data() + last + 1;
    const auto [after, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || after != end || !(value >= minimum && value <= maximum) ||
        (whole && value != std::floor(value))) {
        problem(
            column, "\"" + printable(cell.substr(0, 60)) + "\" in column \"" + column + "\"",
            std::string(whole ? "a whole number from " : "a number from ") + number_text(minimum) + " to " +
                number_text(maximum) + ", or nothing" +
                (!whole && separator_ == ';' && cell.find(',') != std::string::npos ? "; decimals with a point" : ""));
        return std::nullopt;
    }
    return value;
}

void Sheet::find_in_other_letters(const std::vector<std::string>& heading, const std::vector<std::string>& known) {
    const auto small = [](std::string text) {
        for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
        return text;
    };
    for (const std::string& name : known) {
        if (place_.count(name) != 0) continue;
        std::vector<std::size_t> found;
        for (std::size_t c = 0; c < heading.size(); ++c)
            if (small(heading[c]) == small(name)) found.push_back(c);
        if (found.size() == 1) place_[name] = found.front();
    }
}

void Sheet::problem(const std::string& column, std::string headline, std::string expected) {
    constexpr std::size_t told_singly = 5;
    Kind& kind = kinds_[{column, expected}];
    if (++kind.count <= told_singly) {
        kind.last = problems_.size();
        kind.headline = headline;
        add(reader_.line(), std::move(headline), column, std::move(expected));
        return;
    }
    const std::size_t more = kind.count - told_singly;
    problems_[kind.last].headline = kind.headline + "; and " + std::to_string(more) +
                                    (more == 1 ? " more row" : " more rows") + " like this, the last in line " +
                                    std::to_string(reader_.line());
}

void Sheet::add(std::size_t line, std::string headline, std::string path, std::string expected, std::string nearest) {
    Problem p;
    p.file = file_;
    p.line = static_cast<int>(line);
    p.column = 1;
    p.headline = std::move(headline);
    p.path = std::move(path);
    p.expected = std::move(expected);
    if (!nearest.empty()) p.expected += "; did you mean \"" + nearest + "\"?";
    problems_.push_back(std::move(p));
}

}  // namespace hubs
