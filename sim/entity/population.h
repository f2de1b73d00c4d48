#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/column.h"
#include "sim/base/items.h"
#include "sim/entity/framework.h"
#include "sim/entity/network.h"

namespace hubs {

enum class Type : std::uint8_t { mainstream, special, alternative_provision, college };
enum class Ofsted : std::uint8_t { unknown, outstanding, good, requires_improvement, inadequate };
enum class SizeBand : std::uint8_t { micro, small, medium, large };

inline constexpr std::uint16_t unknown_fsm = 0xffff;
inline constexpr std::uint32_t no_trust = 0;
inline constexpr std::int16_t before_start = -24;  ///< month given to what began before the run

/// Schools and colleges: attributes, fixed for the run. One row per establishment.
struct Establishments {
    Column<Establishment, std::uint32_t> address;  ///< URN or made-up number; names its luck
    Column<Establishment, Type> type;
    Column<Establishment, AreaId> area;            ///< local enterprise area
    Column<Establishment, std::uint8_t> region;    ///< index into Population::regions
    Column<Establishment, std::int32_t> easting;   ///< metres, Ordnance Survey
    Column<Establishment, std::int32_t> northing;  ///< metres, Ordnance Survey
    Column<Establishment, std::uint8_t> rural;     ///< 1 if rural
    Column<Establishment, std::uint32_t> pupils;
    Column<Establishment, std::uint16_t> fsm_permille;  ///< free school meals, per thousand; unknown_fsm if not known
    Column<Establishment, Ofsted> ofsted;
    Column<Establishment, std::uint8_t> sixth_form;  ///< 1 if it has one
    Column<Establishment, std::uint32_t> trust;      ///< 0 if none
    Column<Establishment, Items> applies;            ///< items of the framework that apply
    Column<Establishment, std::uint8_t> fsm_fifth;   ///< 0 (lowest share) to 4; 5 unknown

    std::uint32_t count() const { return static_cast<std::uint32_t>(address.count()); }
    Version version(EstablishmentId e) const {
        switch (type[e]) {
            case Type::special:
                return Version::special;
            case Type::alternative_provision:
                return Version::alternative_provision;
            case Type::college:
                return Version::college;
            case Type::mainstream:
                break;
        }
        return sixth_form[e] ? Version::school_with_sixth_form : Version::school_to_16;
    }
};

/// Employers willing to work with schools: attributes, fixed for the run. Rows of one area
/// stand together, largest first.
struct Employers {
    Column<Employer, AreaId> area;
    Column<Employer, SizeBand> size;
    Column<Employer, std::uint8_t> sector;
    Column<Employer, std::uint32_t> encounters_per_year;  ///< pupil encounters it can give
    Column<Employer, std::uint32_t> places_per_year;      ///< workplace places it can give

    std::uint32_t count() const { return static_cast<std::uint32_t>(area.count()); }
};

struct AreaRow {
    std::string name;
    std::uint8_t region = 0;
    std::uint32_t first = 0, establishments = 0;      ///< its rows of Establishments stand together
    std::uint32_t first_employer = 0, employers = 0;  ///< its rows of Employers
    std::uint32_t pupils = 0;
    std::uint32_t first_post = 0, posts = 0;  ///< of Enterprise Coordinators outside hubs, in Hubs::coordinators
};

/// Everything about the country that a run does not change, shared by all replicates.
/// Row names are only for people; nothing in the model depends on the order of rows.
struct Population {
    std::string name;
    std::vector<std::string> regions;
    std::vector<AreaRow> areas;
    std::vector<std::string> names;        ///< of establishments; empty when made up
    std::vector<std::string> trust_names;  ///< 0 = none
    Establishments establishments;
    Employers employers;
    Network network;
};

}  // namespace hubs
