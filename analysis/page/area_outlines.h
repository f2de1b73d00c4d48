#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace hubs {

/// The outline of a local enterprise area of England as GeoJSON geometry, in plain map units (x to the east, y to the
/// north); null if there is none of that name. Generalised: see the source in analysis/page/england_areas.json.
nlohmann::ordered_json outline_of(const std::string& area);

/// The middle of its largest part, for a label.
struct MapPoint {
    double x = 0, y = 0;
};
MapPoint middle_of_outline(const nlohmann::ordered_json& outline);

}  // namespace hubs

namespace hubs::embedded {

extern const std::string_view area_outlines;  ///< analysis/page/england_areas.json

}  // namespace hubs::embedded
