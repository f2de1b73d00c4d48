#pragma once
#include <map>
#include <string>

#include "analysis/commands/command.h"
#include "sim/run/device.h"

namespace hubs {

inline Option device_option(std::string& to) {
    return {
        "--device", &to,
        "where to simulate: a graphics card (card), the processor (cpu), or the card if one can be used (auto); the "
        "same results",
        OneOf{"auto", "cpu", "card"}};
}

/// Opens what `--device` names. CardFailure where a card is wanted and cannot be used.
Device device_named(const std::string& name);

}  // namespace hubs
