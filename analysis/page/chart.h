#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/base/table.h"

namespace hubs {

/// One chart: a title that states what the data say, a subtitle with measure, place and
/// period, a Vega-Lite specification with its data inside, and the table beside it.
struct Chart {
    std::string id, title, subtitle, spec;
    Table table;
};

/// A Vega-Lite specification from a file of analysis/page/charts: texts that begin with @ stand for values
/// ("@plans"), data with a name for rows ({"name": "rows"}). Throws std::logic_error where one is not given.
std::string filled_chart(std::string_view file, const nlohmann::ordered_json& values,
                         const nlohmann::ordered_json& rows);

/// What charts by plan need: @plans, @alternatives (all but the first), @plan colours, @plan dashes.
nlohmann::ordered_json plan_values(const std::vector<std::string>& plans);

}  // namespace hubs

/// The files of analysis/page/charts, inside the program.
namespace hubs::embedded {

extern const std::string_view chart_assumptions_that_matter, chart_benchmarks, chart_costs, chart_curves,
    chart_difference, chart_fit, chart_groups, chart_horizon, chart_live, chart_map, chart_map_outlines, chart_paths,
    chart_plane, chart_value, chart_worth_and_horizon;

}  // namespace hubs::embedded
