#pragma once
#include <string>

namespace hubs {

/// The JSON Schema (2020-12) of a scenario file, written from the page and the plan's fields.
std::string schema_text();

}  // namespace hubs
