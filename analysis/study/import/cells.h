#pragma once
#include <map>
#include <string>
#include <vector>

#include "analysis/study/import/importer.h"
#include "analysis/base/sheet.h"

namespace hubs {

/// Numbers names in the order in which they are met.
class NameIndex {
public:
    explicit NameIndex(std::vector<std::string>& names);
    std::uint32_t of(const std::string& name);

private:
    std::vector<std::string>& names_;
    std::map<std::string, std::uint32_t> place_;
};

/// Reads the words of a table about schools. What is empty is counted as unknown; what is not understood is
/// taken as unknown too, and kept by column and value with its count and first line.
class CellReader {
public:
    CellReader(Sheet& sheet, Imported& out, std::string file) : sheet_(sheet), out_(out), file_(std::move(file)) {}

    Ofsted grade(const std::string& column);
    bool yes(const std::string& column);
    bool rural(const std::string& column);
    std::string label(const std::string& column);  ///< cleaned of what tables must not hold, and told
    void figures(EstablishmentRow& row, const char* easting, const char* northing, const char* pupils, const char* fsm);
    /// A problem if the column of percentages holds shares: all at most 1, and some between 0 and 1.
    void check_shares();

private:
    void altered(const std::string& column, const std::string& value, std::string taken_as);

    Sheet& sheet_;
    Imported& out_;
    std::string file_, fsm_column_;
    double largest_fsm_ = -1;
    std::size_t line_of_share_ = 0;
    std::string share_;
};

}  // namespace hubs
