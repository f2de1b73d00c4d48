#include "analysis/results/suppression.h"

namespace hubs {

std::vector<bool> too_few(const Ensemble& e) {
    const Observations& layout = e.seen.front().front();
    std::vector<bool> out(layout.tallies.size(), false);
    for (const auto& plan : e.seen)
        for (const Observations& seen : plan)
            for (std::size_t k = 0; k < out.size(); ++k)
                if (seen.tallies[k].establishments > 0 && seen.tallies[k].establishments < fewest_establishments)
                    out[k] = true;
    return out;
}

}  // namespace hubs
