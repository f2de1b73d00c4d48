#include "analysis/results/page.h"

namespace hubs {

void Page::section(const std::string& id, const std::string& heading, const std::string& subtitle,
                   const std::string& content) {
    body += "<section id=\"" + id + "\"><h2>" + escaped(heading) + "</h2>" +
            (subtitle.empty() ? "" : "<p class=\"subtitle\">" + escaped(subtitle) + "</p>") + content + "</section>";
}

void Page::chart(Chart chart, const std::string& before, const std::string& after) {
    body += chart_html(chart, before, after);
    charts.push_back(std::move(chart));
}

}  // namespace hubs
