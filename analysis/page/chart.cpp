#include "analysis/page/chart.h"

#include <stdexcept>

#include "analysis/page/chart_parts.h"

namespace hubs {
namespace {

using chart::Json;

void fill(Json& at, const Json& values, const Json& rows) {
    if (at.is_string()) {
        const std::string text = at;
        if (!text.starts_with("@")) return;
        if (!values.contains(text.substr(1))) throw std::logic_error("a chart's file asks for " + text);
        at = values.at(text.substr(1));
    } else if (at.is_object()) {
        for (auto& [key, value] : at.items()) {
            if (key == "data" && value.contains("name")) {
                if (!rows.contains(value.at("name"))) throw std::logic_error("a chart's file asks for rows");
                value = Json{{"values", rows.at(std::string(value.at("name")))}};
            } else fill(value, values, rows);
        }
    } else if (at.is_array()) {
        for (auto& value : at) fill(value, values, rows);
    }
}

}  // namespace

std::string filled_chart(std::string_view file, const Json& values, const Json& rows) {
    Json spec = Json::parse(file);
    fill(spec, values, rows);
    return spec.dump();
}

Json plan_values(const std::vector<std::string>& plans) {
    return {{"plans", plans},
            {"alternatives", std::vector<std::string>(plans.begin() + (plans.empty() ? 0 : 1), plans.end())},
            {"plan colours", chart::cycle(chart::colours, plans.size())},
            {"plan dashes", chart::cycle(chart::dashes, plans.size())}};
}

}  // namespace hubs
