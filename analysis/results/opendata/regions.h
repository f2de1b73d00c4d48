#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace hubs {

/// A region of England as the Office for National Statistics writes it.
struct Region {
    std::string_view code, name;
};
inline constexpr std::array<Region, 9> regions_of_england{{{"E12000001", "North East"},
                                                           {"E12000002", "North West"},
                                                           {"E12000003", "Yorkshire and The Humber"},
                                                           {"E12000004", "East Midlands"},
                                                           {"E12000005", "West Midlands"},
                                                           {"E12000006", "East of England"},
                                                           {"E12000007", "London"},
                                                           {"E12000008", "South East"},
                                                           {"E12000009", "South West"}}};

/// The region that a name means, in whatever letters: registers write "Yorkshire and the Humber".
inline std::optional<Region> standard_region(std::string_view name) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; };
    for (const Region& region : regions_of_england) {
        bool same = region.name.size() == name.size();
        for (std::size_t i = 0; same && i < name.size(); ++i) same = small(region.name[i]) == small(name[i]);
        if (same) return region;
    }
    return std::nullopt;
}

}  // namespace hubs
