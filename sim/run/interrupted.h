#pragma once
#include <stdexcept>

namespace hubs {

/// A signal asked for an end: what was under way is given up cleanly.
struct Interrupted : std::runtime_error {
    Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace hubs
