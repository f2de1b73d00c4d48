#pragma once
#include <cstdint>

namespace hubs {

/// Adds to a count that rows share. On a graphics card rows run at once, so there it is one indivisible
/// addition; sums of whole numbers do not depend on the order.
inline void add_to(std::uint32_t& count, std::uint32_t more) {
#ifdef __CUDA_ARCH__
    if (more != 0) __atomic_fetch_add(&count, more, __ATOMIC_RELAXED);
#else
    count += more;
#endif
}

}  // namespace hubs
