#include "analysis/base/table.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "analysis/base/csv_reader.h"

namespace hubs {

std::size_t Table::column(const std::string& wanted) const {
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].name == wanted) return c;
    throw std::runtime_error("table " + name + " has no column " + wanted);
}

std::string cell_text(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
    const double value = std::get<double>(cell);
    if (value != value) return "";  // not known
    char buffer[40];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value == 0 ? 0.0 : value, std::chars_format::general, 9).ptr;
    return {buffer, end};
}

double number(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    if (const auto* value = std::get_if<double>(&cell)) return *value;
    const std::string& t = std::get<std::string>(cell);
    return t.empty() ? std::nan("") : std::strtod(t.c_str(), nullptr);
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string csv_text(const Table& table) {
    std::string out;
    const auto put = [&](const std::string& text, bool last) {
        out += csv_cell(text);
        out += last ? '\n' : ',';
    };
    for (std::size_t c = 0; c < table.columns.size(); ++c) put(table.columns[c].name, c + 1 == table.columns.size());
    for (const auto& row : table.rows)
        for (std::size_t c = 0; c < row.size(); ++c) put(cell_text(row[c]), c + 1 == row.size());
    return out;
}

std::vector<std::vector<std::string>> read_csv(const std::string& text) {
    std::istringstream in(text);
    CsvReader reader(in);
    std::vector<std::vector<std::string>> rows;
    for (std::vector<std::string> row; reader.next(row);) rows.push_back(row);
    return rows;
}

}  // namespace hubs
