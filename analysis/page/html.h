#pragma once
#include <string>

#include "analysis/page/chart.h"

namespace hubs {

inline constexpr int as_written = -1;  ///< in place of decimals: the cell is formatted already

/// A table that scrolls on small screens; numbers carry their full value as data. Closed: behind its caption.
std::string table_html(const Table& t, const std::string& caption, bool open = true);

/// A table's rows with some of its columns, under another title.
Table chosen_columns(const Table& from, const char* title, const std::vector<std::string>& columns);

/// JSON inside a script element, made unable to close it.
std::string inert(std::string json);

/// A chart with its title, what is said before it, and its table; the section stays open for `after`.
std::string chart_html(const Chart& c, const std::string& intro, const std::string& after = "");

/// A page up to its headline: what it may do, its title, the assurance strip, what was asked and by what it was made.
/// `assured`: with the strip that says who assured it, which studies need and looks at a table do not. `runs`: it may
/// run an engine that it holds itself; it still can ask for nothing.
std::string page_start(const std::string& title, const std::string& asked, const std::string& made_by,
                       bool assured = true, bool runs = false);

/// Links to all sections of a body, by their headings.
std::string contents_of(const std::string& body);

/// The rest of a page: sources, the question as data, and the script that draws charts.
std::string page_end(
    const std::string& question_json,
    const std::string& sources = "Figures from public sector information under the Open Government Licence v3.0.");

}  // namespace hubs
