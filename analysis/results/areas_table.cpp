#include "analysis/results/areas_table.h"

namespace hubs {

Table areas_table(const Population& population) {
    Table t{"areas",
            "Areas and their middles",
            {{"area", "Area", "", 0},
             {"establishments", "Establishments", "", 0},
             {"easting_km", "Easting of their middle", "km, Ordnance Survey", 1},
             {"northing_km", "Northing of their middle", "km, Ordnance Survey", 1}},
            {}};
    const auto& who = population.establishments;
    std::vector<double> count(population.areas.size(), 0.0), east = count, north = count;
    for (std::uint32_t i = 0; i < who.count(); ++i) {
        const EstablishmentId e{i};
        const auto a = who.area[e].index;
        ++count[a];
        east[a] += who.easting[e] / 1000.0;
        north[a] += who.northing[e] / 1000.0;
    }
    for (std::size_t a = 0; a < count.size(); ++a)
        if (count[a] > 0) t.rows.push_back({population.areas[a].name, static_cast<std::int64_t>(count[a]), east[a] / count[a], north[a] / count[a]});
    return t;
}

}  // namespace hubs
