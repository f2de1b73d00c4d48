#include "analysis/report/study_tables.h"

#include <cmath>
#include <stdexcept>

namespace hubs {

const Table* StudyTables::find(const std::string& name) const {
    for (const Table& t : tables_)
        if (t.name == name) return &t;
    return nullptr;
}

const Table& StudyTables::of(const std::string& name) const {
    if (const Table* t = find(name)) return *t;
    throw std::runtime_error("the results hold no table " + name);
}

std::vector<const std::vector<Cell>*> StudyTables::rows(const std::string& name, const std::vector<std::pair<std::string, std::string>>& where) const {
    const Table& t = of(name);
    std::vector<std::size_t> columns;
    for (const auto& [column, value] : where) columns.push_back(t.column(column));
    std::vector<const std::vector<Cell>*> out;
    for (const auto& row : t.rows) {
        bool same = true;
        for (std::size_t i = 0; i < where.size() && same; ++i) {
            const auto* held = std::get_if<std::string>(&row[columns[i]]);
            same = held != nullptr ? *held == where[i].second : text(row[columns[i]]) == where[i].second;
        }
        if (same) out.push_back(&row);
    }
    return out;
}

double number(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    if (const auto* value = std::get_if<double>(&cell)) return *value;
    const std::string& t = std::get<std::string>(cell);
    return t.empty() ? std::nan("") : std::stod(t);
}

std::string text(const Cell& cell) { return cell_text(cell); }

}  // namespace hubs
