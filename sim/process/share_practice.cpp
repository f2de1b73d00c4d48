#include "sim/process/share_practice_rows.h"

namespace hubs {

void SharePractice::gather(EstablishmentId e, const Moment& now, const World& world, const Parameters& p,
                           Contacts& out) {
    if (world.calendar.is_august(now.month)) return;
    const Words visit = now.luck.words(world.population->establishments.address[e], sharing::visit_draw);
    sharing::gather_all(e, visit, now, world, sharing::Fixed(now, world, p), p, out);
}

void SharePractice::step(const Moment& now, World& world, const Parameters& p) {
    run_passes<SharePractice>(now, world, p);
}

}  // namespace hubs
