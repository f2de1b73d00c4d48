#pragma once
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/base/csv_file.h"
#include "analysis/base/csv_reader.h"
#include "sim/base/problem.h"

namespace hubs {

/// A CSV file read by the names of its columns; what is wrong is gathered with its line.
class Sheet {
public:
    /// Reads the heading; `required` columns that are missing are problems. A name may offer
    /// choices: "area|lep". `known` are all columns that are looked at; one that is not there is found in capitals or
    /// small letters, if only one column has such a name.
    Sheet(const CsvText& table, std::string file, const std::vector<std::string>& required,
          const std::vector<std::string>& known, Problems& problems);

    bool next();  ///< the next row; false at the end or when the file cannot be read on
    bool usable() const { return usable_; }
    std::size_t line() const { return reader_.line(); }
    /// Columns of the file that nobody looks at, in order.
    const std::vector<std::string>& unused() const { return unused_; }

    /// The cell; empty if there is no such column.
    const std::string& operator[](const std::string& column) const;
    std::optional<double> number(const std::string& column, double minimum, double maximum, bool whole);
    /// The first few of a kind (column and what is expected) are told each by itself, the others by their number.
    void problem(const std::string& column, std::string headline, std::string expected);

private:
    void find_in_other_letters(const std::vector<std::string>& heading, const std::vector<std::string>& known);
    void add(std::size_t line, std::string headline, std::string path, std::string expected, std::string nearest = {});

    std::istringstream in_;
    char separator_;
    CsvReader reader_;
    std::string file_;
    Problems& problems_;
    bool usable_ = true;
    std::size_t width_ = 0;
    std::map<std::string, std::size_t> place_;
    std::vector<std::string> unused_;
    struct Kind {
        std::size_t count = 0, last = 0;  ///< last: of those told by themselves, its place among the problems
        std::string headline;
    };
    std::map<std::pair<std::string, std::string>, Kind> kinds_;
    std::vector<std::string> row_;
};

}  // namespace hubs
