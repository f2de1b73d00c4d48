#pragma once
#include <algorithm>
#include <optional>
#include <string>

#include "analysis/base/words.h"
#include "analysis/statistics/estimator/sample_columns.h"
#include "sim/run/text.h"

/// What readers of a sample's columns share.
namespace hubs {

inline std::string lower(const std::string& text) {
    std::string out = text;
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    return out;
}

inline bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

/// 1 for yes, 0 for no.
inline std::optional<double> yes_or_no(const std::string& cell) {
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

inline void tell(const ColumnCells& column, std::string headline, std::string expected, Problems& problems,
                 const std::string& file) {
    Problem p;
    p.file = file;
    p.line = 1;
    p.column = 1;
    p.headline = std::move(headline);
    p.path = column.name;
    p.expected = std::move(expected);
    problems.push_back(std::move(p));
}

}  // namespace hubs
