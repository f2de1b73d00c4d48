#include "analysis/report/html.h"
#include "analysis/report/sections.h"
#include "analysis/report/words.h"
#include "analysis/results/waves_table.h"

namespace hubs::section {
namespace {

std::string count_of(std::size_t n, std::size_t all) {
    return n == all ? (n == 1 ? "The one wave" : "All " + std::to_string(all) + " waves")
                    : std::to_string(n) + " of " + std::to_string(all) + " waves";
}

}  // namespace

std::string waves(const StudyTables& t) {
    const Table& all = t.of("waves");
    if (all.rows.empty()) return "";
    const auto short_of = shortfalls(all);
    const std::string title = short_of.empty()
                                  ? "Every wave found as many members as it asked for"
                                  : count_of(short_of.size(), all.rows.size()) + " found fewer members than asked for";
    std::string told;
    for (const std::string& s : short_of) told += "<li>" + escaped(s) + "</li>";
    return "<section id=\"waves\"><h2>" + title +
           "</h2><p class=\"subtitle\">Establishments joining or leaving by wave, over all runs</p>" +
           (told.empty() ? "" : "<ul>" + told + "</ul>") + table_html(all, "Members asked for and placed", false) +
           "</section>";
}

std::string waves_caution(const StudyTables& t) {
    const std::size_t n = shortfalls(t.of("waves")).size();
    return n == 0
               ? ""
               : "<p><strong>" + count_of(n, t.of("waves").rows.size()) +
                     " found fewer members than asked for</strong>, so plans are smaller than they say (<a href=\"#waves\">which</a>).</p>";
}

}  // namespace hubs::section
