#include "analysis/page/html.h"

#include <algorithm>
#include <cstdlib>

#include "analysis/page/wording.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

/// A number, not a month such as 2019-07.
bool is_number(const std::string& cell) {
    char* end = nullptr;
    std::strtod(cell.c_str(), &end);
    return !cell.empty() && *end == 0;
}

std::string as_words(std::string cell) {
    std::replace(cell.begin(), cell.end(), '_', ' ');
    return cell;
}

}  // namespace

std::string table_html(const Table& t, const std::string& caption, bool open) {
    std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(caption) +
                      "\"><table data-table=\"" + t.name + "\"><caption>" + escaped(caption) + "</caption><thead><tr>";
    std::vector<bool> numeric(t.columns.size(), false);
    for (std::size_t c = 0; c < t.columns.size(); ++c)
        for (const auto& row : t.rows) {
            const std::string cell = text(row[c]);
            if (cell.empty()) continue;
            numeric[c] = is_number(cell);
            break;
        }
    for (std::size_t c = 0; c < t.columns.size(); ++c)
        out += std::string("<th scope=\"col\"") + (numeric[c] ? " class=\"n\"" : "") + ">" +
               escaped(t.columns[c].label) +
               (t.columns[c].unit.empty() ? "" : " <small>(" + escaped(t.columns[c].unit) + ")</small>") + "</th>";
    out += "</tr></thead><tbody>";
    for (const auto& row : t.rows) {
        out += "<tr>";
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string raw = text(row[c]);
            const bool n = numeric[c] && is_number(raw);
            const std::string shown = raw.empty()                       ? "–"
                                      : n && t.columns[c].decimals >= 0 ? fixed(number(row[c]), t.columns[c].decimals)
                                      : t.columns[c].words              ? as_words(raw)
                                                                        : raw;
            const std::string value = n || (!raw.empty() && shown != raw) ? " data-value=\"" + raw + "\"" : "";
            if (c == 0) out += "<th scope=\"row\"" + value + ">" + escaped(shown) + "</th>";
            else
                out += std::string("<td") + (numeric[c] ? " class=\"n\"" : "") + value + ">" + escaped(shown) + "</td>";
        }
        out += "</tr>";
    }
    out += "</tbody></table></div>";
    return open ? out : "<details><summary>" + escaped(caption) + "</summary>" + out + "</details>";
}

Table chosen_columns(const Table& from, const char* title, const std::vector<std::string>& columns) {
    Table out{from.name, title, {}, {}};
    for (const auto& name : columns) out.columns.push_back(from.columns[from.column(name)]);
    for (const auto& row : from.rows) {
        std::vector<Cell> line;
        for (const auto& name : columns) line.push_back(row[from.column(name)]);
        out.rows.push_back(std::move(line));
    }
    return out;
}

std::string inert(std::string json) {
    for (std::size_t at = 0; (at = json.find("</", at)) != std::string::npos; at += 3) json.replace(at, 2, "<\\/");
    for (std::size_t at = 0; (at = json.find("<!--", at)) != std::string::npos; at += 5)
        json.replace(at, 4, "<\\u0021--");
    return json;
}

std::string chart_html(const Chart& c, const std::string& intro, const std::string& after) {
    return "<section id=\"" + c.id + "\"><h2>" + escaped(c.title) + "</h2><p class=\"subtitle\">" +
           escaped(c.subtitle) + "</p>" + intro +
           "<figure class=\"vega\"><div class=\"chart\"></div><script type=\"application/json\">" + inert(c.spec) +
           "</script></figure>" + table_html(c.table, "Table: " + c.table.title, false) + after + "</section>";
}

std::string page_start(const std::string& title, const std::string& asked, const std::string& made_by, bool assured,
                       bool runs) {
    const std::string strip =
        assured ? "<aside class=\"assurance\" aria-label=\"Assurance\">Draft: not assured. No assurer is named.</aside>"
                : "";
    return "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'" +
           std::string(runs ? " 'wasm-unsafe-eval' blob:; worker-src blob:" : "") +
           "; style-src 'unsafe-inline'; img-src data:\"><title>" + escaped(title) + "</title><style>" +
           std::string(embedded::report_css) +
           "</style></head><body><a class=\"skip\" href=\"#main\">Skip to the answer</a>" + strip +
           "<header class=\"strip\"><h1>" + escaped(asked) + "</h1><p class=\"meta\">" + escaped(made_by) +
           "</p></header><main id=\"main\">";
}

std::string contents_of(const std::string& body) {
    std::string out = "<nav aria-label=\"Contents\"><details><summary>Contents</summary><ul>";
    const std::string open = "<section id=\"", heading = "\"><h2>";
    for (std::size_t at = 0; (at = body.find(open, at)) != std::string::npos;) {
        at += open.size();
        const std::size_t end = body.find(heading, at), stop = body.find("</h2>", end);
        out += "<li><a href=\"#" + body.substr(at, end - at) + "\">" +
               body.substr(end + heading.size(), stop - end - heading.size()) + "</a></li>";
    }
    return out + "</ul></details></nav>";
}

std::string page_end(const std::string& question_json, const std::string& sources) {
    return "</main><footer><p class=\"meta\">" + sources +
           "</p></footer>"
           "<script type=\"application/json\" id=\"scenario\">" +
           inert(question_json) + "</script><script>" + std::string(embedded::charts) + "</script></body></html>\n";
}

}  // namespace hubs
