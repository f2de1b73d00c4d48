#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/base/table.h"

namespace hubs {

/// The tables a report is made from, by name. To be used by one thread: what is looked up is indexed on the way.
class StudyTables {
public:
    explicit StudyTables(const std::vector<Table>& tables) : tables_(tables) {}
    StudyTables(const StudyTables&) = delete;
    StudyTables& operator=(const StudyTables&) = delete;
    const Table* find(const std::string& name) const;  ///< null if there is none
    const Table& of(const std::string& name) const;
    /// Rows of `of(name)` whose text columns equal the given values.
    std::vector<const std::vector<Cell>*> rows(const std::string& name,
                                               const std::vector<std::pair<std::string, std::string>>& where) const;

private:
    using Row = const std::vector<Cell>*;
    /// Rows of a table by the text of some of its columns, made when those are first asked for.
    using Index = std::unordered_map<std::string, std::vector<Row>>;
    const Index& index_of(const Table& table, const std::vector<std::size_t>& columns) const;

    const std::vector<Table>& tables_;
    mutable std::map<std::pair<const Table*, std::vector<std::size_t>>, Index> indexes_;
};

double number(const Cell& cell);
std::string text(const Cell& cell);

}  // namespace hubs
