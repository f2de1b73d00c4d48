#include "sim/process/improve_provision_rows.h"

namespace hubs {

void ImproveProvision::step(const Moment& now, World& world, const Parameters& p) {
    run_passes<ImproveProvision>(now, world, p);
}

}  // namespace hubs
