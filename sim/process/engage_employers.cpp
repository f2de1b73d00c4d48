#include "sim/process/engage_employers_rows.h"

namespace hubs {

void EngageEmployers::step(const Moment& now, World& world, const Parameters& p) {
    run_passes<EngageEmployers>(now, world, p);
}

}  // namespace hubs
