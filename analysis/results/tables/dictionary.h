#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// Every column of every table: name, label, unit, decimals.
struct Dictionary {
    static constexpr const char* name = "dictionary";
    static constexpr const char* title = "Data dictionary";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string file, column, label, unit;
        std::int64_t decimals = 0;
        static void describe(auto&& column, auto& r) {
            column("file", "File", "", 0, r.file);
            column("column", "Column", "", 0, r.column);
            column("label", "Label", "", 0, r.label);
            column("unit", "Unit", "", 0, r.unit);
            column("decimals", "Decimals shown", "", 0, r.decimals);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void add(const std::string& table, const std::vector<TableColumn>& columns, std::vector<Row>& to);
    static void section(Page& page);  ///< with the decisions and the data that were read
};

}  // namespace hubs
