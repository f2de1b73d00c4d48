#pragma once
// Reads a report as a person's tools would.
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hubs::test {

using Cells = std::vector<std::vector<std::string>>;
using Data = std::map<std::string, Cells>;  ///< by file name without extension; the first row holds names

struct ShownTable {
    std::string name;
    Cells rows;  ///< a number with its full value, else its text
};

inline std::string unescaped(std::string text) {
    for (const auto& [from, to] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; ++at)
            text.replace(at, std::string(from).size(), to);
    return text;
}

inline std::vector<ShownTable> tables_shown(const std::string& html) {
    std::vector<ShownTable> out;
    const std::string open = "<table data-table=\"";
    for (std::size_t at = 0; (at = html.find(open, at)) != std::string::npos;) {
        at += open.size();
        const std::size_t end = html.find("</table>", at);
        ShownTable t{html.substr(at, html.find('"', at) - at), {}};
        std::size_t row = html.find("<tbody>", at);
        while ((row = html.find("<tr>", row)) != std::string::npos && row < end) {
            const std::size_t row_end = html.find("</tr>", row);
            std::vector<std::string> cells;
            for (std::size_t c = row + 4; c < row_end;) {
                const std::size_t tag_end = html.find('>', c), close = html.find("</t", tag_end);
                const std::string tag = html.substr(c, tag_end - c);
                const std::size_t value = tag.find("data-value=\"");
                cells.push_back(value == std::string::npos
                                    ? unescaped(html.substr(tag_end + 1, close - tag_end - 1))
                                    : tag.substr(value + 12, tag.find('"', value + 12) - value - 12));
                c = html.find('>', close) + 1;
            }
            t.rows.push_back(cells);
            row = row_end;
        }
        out.push_back(t);
        at = end;
    }
    return out;
}

}  // namespace hubs::test
