#include "analysis/import/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "sim/run/document.h"
#include "sim/run/reader.h"

namespace hubs {

std::string from_windows_1252(const std::string& bytes) {
    static constexpr std::array<unsigned, 32> high{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string out;
    for (const char byte : bytes) {
        const auto b = static_cast<unsigned char>(byte);
        const unsigned code = b >= 0x80 && b < 0xA0 ? high[b - 0x80u] : b;
        if (code < 0x80) out += static_cast<char>(code);
        else if (code < 0x800) {
            out += static_cast<char>(0xC0 | code >> 6);
            out += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            out += static_cast<char>(0xE0 | code >> 12);
            out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
            out += static_cast<char>(0x80 | (code & 0x3F));
        }
    }
    return out;
}

Sheet::Sheet(std::istream& in, std::string file, const std::vector<std::string>& required, const std::vector<std::string>& known, bool windows_1252,
             Problems& problems)
    : reader_(in), file_(std::move(file)), problems_(problems), windows_1252_(windows_1252) {
    std::vector<std::string> heading;
    try {
        if (!reader_.next(heading)) add(1, "an empty file", "", "a heading and rows");
    } catch (const std::exception& e) {
        add(1, e.what(), "", "CSV");
    }
    if (!heading.empty() && heading[0].rfind("\xEF\xBB\xBF", 0) == 0) heading[0].erase(0, 3);
    width_ = heading.size();
    for (std::size_t c = 0; c < heading.size(); ++c)
        if (!place_.emplace(heading[c], c).second && std::find(known.begin(), known.end(), heading[c]) != known.end())
            add(1, "column \"" + heading[c] + "\" is given twice", heading[c], "each column once");
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
        if (!found && width_ > 0) add(1, "column " + list + " is missing", first, "a column of that name", nearest_word(first, heading));
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
        add(reader_.line(), std::to_string(row_.size()) + " cells", "", std::to_string(width_) + " cells, as in the heading");
        return usable_ = false;
    }
    if (windows_1252_)
        for (std::string& cell : row_) cell = from_windows_1252(cell);
    return true;
}

const std::string& Sheet::operator[](const std::string& column) const {
    static const std::string none;
    const auto found = place_.find(column);
    return found == place_.end() ? none : row_[found->second];
}

std::optional<double> Sheet::number(const std::string& column, double minimum, double maximum, bool whole) {
    const std::string& cell = (*this)[column];
    if (cell.empty()) return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(cell.c_str(), &end);
    if (end == cell.c_str() || *end != 0 || !(value >= minimum && value <= maximum) || (whole && value != std::floor(value))) {
        problem(column, "\"" + cell.substr(0, 60) + "\" in column \"" + column + "\"",
                std::string(whole ? "a whole number from " : "a number from ") + number_text(minimum) + " to " + number_text(maximum) + ", or nothing");
        return std::nullopt;
    }
    return value;
}

void Sheet::problem(const std::string& column, std::string headline, std::string expected) {
    add(reader_.line(), std::move(headline), column, std::move(expected));
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
