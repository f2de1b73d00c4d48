#pragma once
#include "analysis/results/results.h"

namespace hubs {

struct Areas {
    static constexpr const char* name = "areas";
    static constexpr const char* title = "Areas and their middles";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string area;
        std::int64_t establishments = 0;
        double easting_km = 0, northing_km = 0;
        static void describe(auto&& column, auto& r) {
            column("area", "Area", "", 0, r.area);
            column("establishments", "Establishments", "", 0, r.establishments);
            column("easting_km", "Easting of their middle", "km, Ordnance Survey", 1, r.easting_km);
            column("northing_km", "Northing of their middle", "km, Ordnance Survey", 1, r.northing_km);
        }
    };
    static std::vector<Row> rows(const Results& results) {
        const Population& population = results.finished().study.population;
        const auto& who = population.establishments;
        std::vector<Row> out;
        for (const auto& area : population.areas) out.push_back({area.name, 0, 0, 0});
        for (std::uint32_t i = 0; i < who.count(); ++i) {
            const EstablishmentId e{i};
            Row& row = out[who.area[e].index];
            ++row.establishments;
            row.easting_km += who.easting[e] / 1000.0;
            row.northing_km += who.northing[e] / 1000.0;
        }
        std::erase_if(out, [](const Row& row) { return row.establishments == 0; });
        for (Row& row : out) {
            row.easting_km /= static_cast<double>(row.establishments);
            row.northing_km /= static_cast<double>(row.establishments);
        }
        return out;
    }
};

}  // namespace hubs
