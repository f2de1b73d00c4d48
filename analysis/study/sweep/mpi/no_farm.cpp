// Linked where MPI is not wanted or not there.
#include <stdexcept>

#include "analysis/study/sweep/farm.h"

namespace hubs {

bool has_farm() { return false; }

bool farm(const std::function<std::optional<std::uint32_t>()>&, const std::function<bool(const std::function<std::optional<std::uint32_t>()>&, unsigned)>&) {
    throw std::runtime_error("this program was built without MPI");
}

}  // namespace hubs
