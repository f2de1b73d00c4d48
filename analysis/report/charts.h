#pragma once
#include <string>
#include <vector>

#include "analysis/results/table.h"

namespace hubs {

/// One chart: a title that states what the data say, a subtitle with measure, place and
/// period, a Vega-Lite specification with its data inside, and the table beside it.
struct Chart {
    std::string id, title, subtitle, spec;
    Table table;
};

/// The tables a report is made from, by name.
class StudyTables {
public:
    explicit StudyTables(const std::vector<Table>& tables) : tables_(tables) {}
    const Table& of(const std::string& name) const;
    /// Rows of `of(name)` whose text columns equal the given values.
    std::vector<const std::vector<Cell>*> rows(const std::string& name, const std::vector<std::pair<std::string, std::string>>& where) const;

private:
    const std::vector<Table>& tables_;
};

double number(const Cell& cell);
std::string text(const Cell& cell);

/// All charts that the study's tables allow; with one plan only, no differences.
std::vector<Chart> charts_of(const StudyTables& tables, const std::vector<std::string>& plans, const std::string& place);

}  // namespace hubs
