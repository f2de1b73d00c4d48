#include "analysis/report/published.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sim/run/embedded.h"

namespace hubs {
namespace {

struct Target {
    std::string quantity, group, date, use;
    double value = 0, se = 0;
};

Target target_of(const Published& p) {
    static const auto all = nlohmann::json::parse(embedded::targets);
    for (const auto& row : all.is_array() ? all : all.at("targets")) {
        if (row.at("id") != p.target) continue;
        const auto value = row.at("value").is_array() ? row.at("value").at(static_cast<std::size_t>(p.part)) : row.at("value");
        Target t{row.at("quantity"), row.at("group"), row.at("date"), row.at("use"), value.get<double>(), 0};
        if (row.contains("se") && row.at("se").is_number()) t.se = row.at("se").get<double>();
        if (p.percent_of > 0) t.value = 100.0 * t.value / p.percent_of;
        return t;
    }
    throw std::runtime_error("no target \"" + p.target + "\" in targets.json");
}

}  // namespace

Table published_table(const std::vector<Published>& wanted, const StudyTables& tables) {
    Table t{"published",
            "What was published, beside what the model predicts",
            {{"target", "Evidence", "", 0},
             {"quantity", "Quantity", "", 0},
             {"group", "Group", "", 0},
             {"date", "Date", "", 0},
             {"use", "Use in calibration", "", 0},
             {"published", "Published", "", 2},
             {"se", "Standard error", "", 2},
             {"predicted", "Predicted, mean", "", 2},
             {"p2_5", "2.5th percentile", "", 2},
             {"p97_5", "97.5th percentile", "", 2},
             {"distance", "Distance", "standard errors", 1}},
            {}};
    const Table& a = tables.of("attainment");
    for (const Published& p : wanted) {
        const Target target = target_of(p);
        const auto rows = tables.rows("attainment", {{"plan", p.plan}, {"date", p.date}, {"grouping", p.grouping}, {"group", p.group}, {"measure", p.measure}});
        if (rows.size() != 1)
            throw std::runtime_error("target " + p.target + ": the results have no " + p.measure + " of " + p.grouping + " \"" + p.group + "\" at " + p.date);
        const auto at = [&](const char* column) { return number((*rows.front())[a.column(column)]); };
        const double spread = (at("p97_5") - at("p2_5")) / 3.92;
        const double se = std::sqrt(target.se * target.se + spread * spread);
        t.rows.push_back({p.target, target.quantity, target.group, target.date, target.use, target.value, target.se, at("mean"), at("p2_5"), at("p97_5"),
                          se > 0 ? (at("mean") - target.value) / se : std::nan("")});
    }
    std::stable_sort(t.rows.begin(), t.rows.end(), [](const auto& x, const auto& y) { return std::fabs(number(x.back())) > std::fabs(number(y.back())); });
    return t;
}

}  // namespace hubs
