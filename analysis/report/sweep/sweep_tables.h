#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/base/table.h"

namespace hubs {

/// The tables of a sweep, by name: which there are depends on its design. To be used by one thread: what is looked up is indexed on the way.
class SweepTables {
public:
    explicit SweepTables(const std::vector<Table>& tables) : tables_(tables) {}
    SweepTables(const SweepTables&) = delete;
    SweepTables& operator=(const SweepTables&) = delete;
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

}  // namespace hubs
