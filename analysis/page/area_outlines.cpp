#include "analysis/page/area_outlines.h"

#include <cmath>

namespace hubs {

using Json = nlohmann::ordered_json;

Json outline_of(const std::string& area) {
    static const Json all = Json::parse(embedded::area_outlines).at("areas");
    const auto found = all.find(area);
    if (found == all.end()) return {};
    Json polygons = Json::array();
    for (const Json& ring : *found) polygons.push_back(Json::array({ring}));
    return {{"type", "MultiPolygon"}, {"coordinates", polygons}};
}

MapPoint middle_of_outline(const Json& outline) {
    const Json& ring = outline.at("coordinates").at(0).at(0);  // the largest comes first
    double area = 0, x = 0, y = 0;                             // centroid of a polygon
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const double ax = ring[i][0], ay = ring[i][1], bx = ring[i + 1][0], by = ring[i + 1][1];
        const double cross = ax * by - bx * ay;
        area += cross / 2;
        x += (ax + bx) * cross / 6;
        y += (ay + by) * cross / 6;
    }
    return {x / area, y / area};
}

}  // namespace hubs
