#pragma once
#include <string>

#include "analysis/report/charts.h"

namespace hubs {

inline constexpr int as_written = -1;  ///< in place of decimals: the cell is formatted already

/// A table that scrolls on small screens; numbers carry their full value as data. Closed: behind its caption.
std::string table_html(const Table& t, const std::string& caption, bool open = true);

/// JSON inside a script element, made unable to close it.
std::string inert(std::string json);

/// A chart with its title, what is said before it, and its table; the section stays open for `after`.
std::string chart_html(const Chart& c, const std::string& intro, const std::string& after = "");

}  // namespace hubs
