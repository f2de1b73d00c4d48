#pragma once
#include <map>
#include <string>

#include "sim/run/device.h"

namespace hubs {

inline const char* const device_text =
    "where to simulate: a graphics card (card), the processor (cpu), or the card if one can be used (auto); the same results";

/// Opens what `--device` names. CardFailure where a card is wanted and cannot be used.
Device device_named(const std::string& name);

}  // namespace hubs
