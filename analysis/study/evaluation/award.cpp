#include "analysis/study/evaluation/award.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/base/deterministic_math.h"

namespace hubs {

std::vector<AwardRow> award_holders(const Study& study, const Returns& r, Replicate replicate) {
    const auto n = static_cast<std::uint32_t>(r.count());
    const auto& who = study.population.establishments;
    const Luck luck(replicate, Month{0}, stream_of("award", 5));
    const auto items = [&](std::uint32_t i) { return 100.0 * std::popcount(r.items_before[i]) / std::max(1, std::popcount(who.applies[EstablishmentId{i}])); };
    std::vector<double> assessor(n);
    double mean = 0, squares = 0, all_items = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        const double x = std::popcount(r.true_before[i]);
        mean += x / n;
        squares += x * x / n;
        all_items += items(i) / n;
        assessor[i] = normal_quantile(unit(luck.words(who.address[EstablishmentId{i}])[0]));
    }
    const double sd = std::sqrt(std::max(1e-12, squares - mean * mean));
    std::vector<AwardRow> out;
    std::vector<std::pair<double, std::uint32_t>> seen(n);
    for (const double validity : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        for (std::uint32_t i = 0; i < n; ++i) {
            // a perfect assessor still has to choose among equals
            seen[i] = {validity * (std::popcount(r.true_before[i]) - mean) / sd + std::max(1e-9, std::sqrt(1 - validity * validity)) * assessor[i], i};
        }
        const auto holders = static_cast<std::size_t>(award_share * n + 0.5);
        std::partial_sort(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(holders), seen.end(), std::greater<>());
        AwardRow row{validity, 0, 0, -all_items};
        for (std::size_t k = 0; k < holders; ++k) {
            const std::uint32_t i = seen[k].second;
            row.reported += std::popcount(r.reported_before[i]) / static_cast<double>(holders);
            row.truly += std::popcount(r.true_before[i]) / static_cast<double>(holders);
            row.items_gap += items(i) / static_cast<double>(holders);
        }
        out.push_back(row);
    }
    return out;
}

}  // namespace hubs
