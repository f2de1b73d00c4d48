#include "analysis/results/tables/dictionary.h"

#include <sstream>

#include "analysis/results/page.h"
#include "analysis/results/tables.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

/// Titles of DECISIONS.md: lines "N. **Title.**".
std::string decisions() {
    std::istringstream lines{std::string(embedded::decisions)};
    std::string line, out;
    while (std::getline(lines, line)) {
        const auto open = line.find(". **");
        if (open == std::string::npos || open > 3) continue;
        const auto close = line.find("**", open + 4);
        if (close != std::string::npos)
            out += "<li value=\"" + line.substr(0, open) + "\">" + escaped(line.substr(open + 4, close - open - 4)) +
                   "</li>";
    }
    return "<details><summary>Decisions log: what was decided in building the model</summary><ol>" + out +
           "</ol><p>Reasons, and what was refused, stand in DECISIONS.md of the source.</p></details>";
}

}  // namespace

void Dictionary::add(const std::string& table, const std::vector<TableColumn>& columns, std::vector<Row>& to) {
    for (const TableColumn& c : columns) to.push_back({"data/" + table + ".csv", c.name, c.label, c.unit, c.decimals});
}

std::vector<Dictionary::Row> Dictionary::rows(const Results& results) {
    std::vector<Row> out;
    PublishedTables::each(
        [&]<class T>(std::type_identity<T>) { add(T::name, columns_of<T>(results.price_base()), out); });
    return out;
}

void Dictionary::section(Page& page) {
    page.section("logs", "Decisions and data", "",
                 decisions() + page.table<Inputs>("Data log: every file read, with its checksum", closed) +
                     page.table<Dictionary>("Data dictionary: every column of every file", closed));
}

}  // namespace hubs
