#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace hubs {

using Cell = std::variant<std::string, double, std::int64_t>;

/// A column of a published table. The dictionary, the spreadsheet and the database follow from it.
struct TableColumn {
    std::string name;  ///< ASCII snake_case, at most 30 characters
    std::string label;
    std::string unit;
    int decimals = 2;    ///< shown to people; files keep nine significant digits
    bool words = false;  ///< its cells are words of the program: "lowest_attainment" is shown as "lowest attainment"
};

struct Table {
    std::string name;  ///< file name without extension
    std::string title;
    std::vector<TableColumn> columns;
    std::vector<std::vector<Cell>> rows;

    std::size_t column(const std::string& name) const;
};

/// A cell as data files hold it: nine significant digits, `.` for decimals.
std::string cell_text(const Cell& cell);

inline std::string text(const Cell& cell) { return cell_text(cell); }
double number(const Cell& cell);  ///< not-a-number where it is empty

/// A cell as CSV holds it: quoted where needed (RFC 4180).
std::string csv_cell(const std::string& text);

/// Tidy CSV, UTF-8 without a byte-order mark, `\n`; quoted where needed (RFC 4180).
std::string csv_text(const Table& table);

/// Reads such a CSV back as text cells; throws std::runtime_error naming the line.
std::vector<std::vector<std::string>> read_csv(const std::string& text);

}  // namespace hubs
