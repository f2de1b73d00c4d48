#pragma once
#include <string>
#include <utility>
#include <vector>

#include "analysis/results/table.h"

namespace hubs {

/// The tables a report is made from, by name.
class StudyTables {
public:
    explicit StudyTables(const std::vector<Table>& tables) : tables_(tables) {}
    const Table* find(const std::string& name) const;  ///< null if there is none
    const Table& of(const std::string& name) const;
    /// Rows of `of(name)` whose text columns equal the given values.
    std::vector<const std::vector<Cell>*> rows(const std::string& name, const std::vector<std::pair<std::string, std::string>>& where) const;

private:
    const std::vector<Table>& tables_;
};

double number(const Cell& cell);
std::string text(const Cell& cell);

}  // namespace hubs
