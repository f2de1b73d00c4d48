#include "analysis/report/sweep/sweep_tables.h"

#include <stdexcept>

namespace hubs {

const Table* SweepTables::find(const std::string& name) const {
    for (const Table& t : tables_)
        if (t.name == name) return &t;
    return nullptr;
}

const Table& SweepTables::of(const std::string& name) const {
    if (const Table* t = find(name)) return *t;
    throw std::runtime_error("the results hold no table " + name);
}

namespace {

void add_to_key(std::string& key, const Cell& cell) {
    const auto* held = std::get_if<std::string>(&cell);
    key += held != nullptr ? *held : text(cell);
    key += '\0';  // which no cell holds
}

}  // namespace

const SweepTables::Index& SweepTables::index_of(const Table& t, const std::vector<std::size_t>& columns) const {
    const auto [at, fresh] = indexes_.try_emplace({&t, columns});
    if (!fresh) return at->second;
    for (const auto& row : t.rows) {
        std::string key;
        for (const std::size_t c : columns) add_to_key(key, row[c]);
        at->second[key].push_back(&row);
    }
    return at->second;
}

std::vector<const std::vector<Cell>*> SweepTables::rows(
    const std::string& name, const std::vector<std::pair<std::string, std::string>>& where) const {
    const Table& t = of(name);
    std::vector<std::size_t> columns;
    std::string key;
    for (const auto& [column, value] : where) {
        columns.push_back(t.column(column));
        add_to_key(key, value);
    }
    const Index& index = index_of(t, columns);
    const auto found = index.find(key);
    return found == index.end() ? std::vector<Row>{} : found->second;
}

}  // namespace hubs
