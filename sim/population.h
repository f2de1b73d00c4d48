#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/entity/population.h"

namespace hubs {

/// One school or college as read or made, before the population is laid out. Empty = unknown.
struct EstablishmentRow {
    std::uint32_t address = 0;  ///< URN, or a made-up number; unique and not 0
    std::string name;
    Type type = Type::mainstream;
    std::uint32_t area = 0;    ///< index into the areas
    std::uint32_t region = 0;  ///< index into the regions
    std::optional<std::int32_t> easting, northing;
    bool rural = false;
    std::optional<std::uint32_t> pupils;
    std::optional<double> fsm_percent;
    Ofsted ofsted = Ofsted::unknown;
    bool sixth_form = false;
    std::uint32_t trust = no_trust;
};

/// Enterprises of an area by size band (ONS): micro, small, medium, large.
using Enterprises = std::array<std::uint32_t, 4>;

/// Employers made from enterprises: how many work with schools, and what each can give.
/// All assumed; `capacity` of engage_employers scales them (5 to 40 contacts a school-year).
struct EmployerFigures {
    std::array<double, 4> willing{0.002, 0.02, 0.15, 0.5};      ///< share of enterprises
    std::array<std::uint32_t, 4> encounters{30, 60, 200, 800};  ///< pupil encounters a year
    std::array<std::uint32_t, 4> places{2, 5, 15, 50};          ///< workplace places a year
    double per_1000_pupils_if_unknown = 3.0;                    ///< employers where an area's enterprises are not known
};

struct PopulationInput {
    std::string name;
    std::vector<std::string> regions;
    std::vector<std::string> areas;
    std::vector<std::optional<Enterprises>> enterprises;  ///< by area
    std::vector<std::string> trusts;                      ///< names; [0] = none
    std::vector<EstablishmentRow> rows;
    EmployerFigures employers;
};

/// What had to be filled in, for the data log.
struct FilledIn {
    std::uint32_t coordinates = 0;  ///< rows placed at the mean of their area
    std::uint32_t pupils = 0;       ///< rows given the median of their type
};

/// Lays a population out for the model: rows ordered by area and place, items masked,
/// employers made, possible ties found. The result does not depend on the order of `rows`.
Population make_population(PopulationInput input, const Framework& framework, FilledIn* filled = nullptr);

/// Figures of one area for a synthetic England (evidence: population.json).
struct TypeFigures {
    std::uint32_t count = 0;
    double rural_share = 0, sixth_form_share = 0, trust_share = 0;
    std::array<double, 5> pupils{};       ///< 5th, 25th, 50th, 75th, 95th percentile
    std::array<double, 5> fsm_percent{};  ///< the same; unknown if `fsm_known` is false
    bool fsm_known = false;
    std::array<double, 4> ofsted_shares{};  ///< outstanding to inadequate; all 0 if unknown
};
struct AreaFigures {
    std::string name;
    std::vector<std::pair<std::string, std::uint32_t>> regions;
    double easting = 0, northing = 0, easting_sd = 0, northing_sd = 0, correlation = 0;
    std::array<TypeFigures, 4> types;
    Enterprises enterprises{};
};

/// An area of so many establishments (at least one): types, enterprises and regions in the area's own proportions.
AreaFigures model_area(AreaFigures area, std::uint32_t establishments);

/// A synthetic England with the areas' published figures; `scale` multiplies every count.
PopulationInput synthetic_england(const std::vector<AreaFigures>& areas, std::uint64_t seed, unsigned scale = 1);

}  // namespace hubs
