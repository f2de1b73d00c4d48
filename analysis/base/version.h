#pragma once

namespace hubs {

extern const char* const version_text;  ///< of this program

}  // namespace hubs
