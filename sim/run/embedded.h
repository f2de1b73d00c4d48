#pragma once
#include <string_view>

namespace hubs::embedded {

/// Files that the program carries inside itself (made by cmake/embed.cmake).
extern const std::string_view framework;   ///< scenarios/frameworks/compass-schools-2017.json
extern const std::string_view figures;     ///< scenarios/population/england-2023.json

}  // namespace hubs::embedded
