#pragma once
#include <string>

#include "sim/run/runs.h"

namespace hubs {

/// Where a user wants runs to be done.
enum class DeviceChoice { automatic, processor, card };

/// The card to use, or none. With `card` a CardFailure says why there is none. With `automatic` it is told where a driver
/// works but its card cannot be used; silence means that there is no driver that works, or no code for one.
Device open_device(DeviceChoice choice, const std::function<void(const std::string&)>& tell);

/// The cards of this machine and whether this program can use them, in lines for a person; `usable` says whether one
/// can.
std::string describe_devices(bool& usable);

}  // namespace hubs
