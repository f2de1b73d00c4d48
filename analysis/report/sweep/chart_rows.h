#pragma once
#include <algorithm>

#include "analysis/page/chart_parts.h"
#include "analysis/page/wording.h"
#include "analysis/report/sweep/sweep_page.h"

/// What the charts of a sweep have in common.
namespace hubs::sweep_chart {

using chart::base;
using chart::colours;
using chart::Json;

/// An axis with room between its labels.
inline Json axis(const char* field, const std::string& title, bool zero = true) {
    Json out = chart::axis(field, title, zero);
    out["axis"] = {{"tickCount", 8}};
    return out;
}

inline bool has(const SweepTables& t, const std::string& name) { return t.find(name) != nullptr; }

/// Rows of one output, in order, with their columns by name.
inline std::vector<const std::vector<Cell>*> rows_of(const SweepTables& t, const std::string& name, const std::string& output) {
    return has(t, name) ? t.rows(name, {{"output", output}}) : std::vector<const std::vector<Cell>*>{};
}

inline Table only(const SweepTables& t, const std::string& name, const std::string& output) {
    Table out = t.of(name);
    out.rows.clear();
    out.title += ": " + output;
    for (const auto* row : t.rows(name, {{"output", output}})) out.rows.push_back(*row);
    return out;
}

/// Rows from the largest effect down, labelled so that no two are alike.
struct Order {
    std::vector<std::string> labels, paths;
};
inline Order order_of(const SweepTables& t, const std::string& output, std::size_t most) {
    Order o;
    const Table& r = t.of("ranking");
    for (const auto* row : rows_of(t, "ranking", output)) {
        if (o.labels.size() == most) break;
        std::string label = setting_label(text((*row)[r.column("meaning")]), text((*row)[r.column("factor")]));
        if (std::find(o.labels.begin(), o.labels.end(), label) != o.labels.end()) label = text((*row)[r.column("factor")]);
        o.labels.push_back(label);
        o.paths.push_back(text((*row)[r.column("factor")]));
    }
    return o;
}

inline Json nominal(const char* field, const std::vector<std::string>& order) {
    return {{"field", field}, {"type", "nominal"}, {"title", nullptr}, {"sort", order}, {"axis", {{"labelLimit", 420}}}};
}

inline std::string evidence_words(double padlocks) { return padlocks <= 0 ? "0 of 5: assumed" : fixed(padlocks, 0) + " of 5"; }

Chart ends(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id);
Chart curves(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id);
Chart pairs(const SweepTables& t, const std::string& output, const std::string& what, const std::string& id);
Chart frontier(const SweepTables& t);

}  // namespace hubs::sweep_chart
