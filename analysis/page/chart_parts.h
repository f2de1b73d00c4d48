#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/page/chart.h"

/// What Vega-Lite specifications have in common.
namespace hubs::chart {

using Json = nlohmann::ordered_json;

// Palette of the Analysis Function, in its order, and two more; light ones are never used for text. Colours and dashes
// are of different number, so that no two plans of the first 56 look alike.
inline const std::vector<std::string> colours{"#12436D", "#F46A25", "#28A197", "#801650",
                                              "#A285D1", "#3D3D3D", "#8A6D00", "#5DA9E9"};
inline const std::vector<std::vector<int>> dashes{{1, 0}, {7, 3},  {2, 2},      {9, 3, 2, 3},
                                                  {4, 4}, {12, 3}, {6, 2, 2, 2, 2, 2}};

inline Json base(const std::string& description) {
    return {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"}, {"description", description}};
}
template <class T>
Json cycle(const std::vector<T>& values, std::size_t n) {
    Json out = Json::array();
    for (std::size_t i = 0; i < n; ++i) out.push_back(values[i % values.size()]);
    return out;
}
inline Json axis(const char* field, const std::string& title, bool zero = true) {
    return {{"field", field}, {"type", "quantitative"}, {"title", title}, {"scale", {{"zero", zero}}}};
}

}  // namespace hubs::chart
