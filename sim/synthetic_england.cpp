#include <algorithm>
#include <cmath>

#include "sim/base/deterministic_math.h"
#include "sim/base/random.h"
#include "sim/population.h"

namespace hubs {
namespace {

enum Draw : std::uint32_t { place_draw = 0, kind_draw = 1, size_draw = 2, shuffle_draw = 3 };

/// A value from five percentiles, straight lines between them; the ends reach half below and a quarter above.
double between(const std::array<double, 5>& q, double u) {
    const std::array<double, 7> x{q[0] * 0.5, q[0], q[1], q[2], q[3], q[4], q[4] * 1.25};
    constexpr std::array<double, 7> at{0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0};
    unsigned k = 0;
    while (k < 5 && u > at[k + 1]) ++k;
    return x[k] + (x[k + 1] - x[k]) * (u - at[k]) / (at[k + 1] - at[k]);
}

Ofsted grade(const std::array<double, 4>& shares, double u) {
    double sum = 0;
    for (unsigned g = 0; g < 4; ++g) {
        sum += shares[g];
        if (u < sum) return static_cast<Ofsted>(g + 1);
    }
    return sum > 0 ? Ofsted::good : Ofsted::unknown;
}

std::uint32_t index_in(std::vector<std::string>& names, const std::string& name) {
    for (std::uint32_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return i;
    names.push_back(name);
    return static_cast<std::uint32_t>(names.size() - 1);
}

EstablishmentRow draw_row(const AreaFigures& area, Type type, std::uint32_t address, const Luck& luck) {
    const TypeFigures& t = area.types[static_cast<unsigned>(type)];
    const Words place = luck.words(address, place_draw);
    const Words kind = luck.words(address, kind_draw);
    const Words size = luck.words(address, size_draw);
    EstablishmentRow row;
    row.address = address;
    row.type = type;
    const double x = normal_quantile(unit(place[0])), y = normal_quantile(unit(place[1]));
    const double r = area.correlation;
    row.easting = static_cast<std::int32_t>(std::max(1000.0, area.easting + area.easting_sd * x));
    row.northing = static_cast<std::int32_t>(std::max(1000.0, area.northing + area.northing_sd * (r * x + std::sqrt(1.0 - r * r) * y)));
    row.rural = unit(kind[0]) < t.rural_share;
    row.sixth_form = unit(kind[1]) < t.sixth_form_share;
    row.ofsted = grade(t.ofsted_shares, unit(kind[2]));
    row.trust = unit(kind[3]) < t.trust_share ? 1 : no_trust;  // numbered below
    row.pupils = static_cast<std::uint32_t>(std::max(1.0, between(t.pupils, unit(size[0]))));
    if (t.fsm_known) row.fsm_percent = std::min(100.0, between(t.fsm_percent, unit(size[1])));
    return row;
}

/// Trusts of about six, of schools that lie together: in order from west to east.
void form_trusts(std::vector<EstablishmentRow>& rows, std::size_t first, std::uint32_t& next) {
    std::vector<EstablishmentRow*> members;
    for (std::size_t i = first; i < rows.size(); ++i)
        if (rows[i].trust != no_trust) members.push_back(&rows[i]);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return *a->easting != *b->easting ? *a->easting < *b->easting : a->address < b->address; });
    const std::size_t trusts = std::max<std::size_t>(1, (members.size() + 3) / 6);
    for (std::size_t i = 0; i < members.size(); ++i) members[i]->trust = next + static_cast<std::uint32_t>(i * trusts / members.size());
    if (!members.empty()) next += static_cast<std::uint32_t>(trusts);
}

/// `total` shared out in proportion to `weights`, whole numbers, largest remainders first.
template <std::size_t N>
std::array<std::uint32_t, N> shared_out(std::uint32_t total, const std::array<std::uint32_t, N>& weights) {
    std::uint64_t sum = 0;
    for (const auto w : weights) sum += w;
    std::array<std::uint32_t, N> out{};
    std::array<std::pair<std::uint64_t, std::size_t>, N> left;
    std::uint32_t given = 0;
    for (std::size_t i = 0; i < N; ++i) {
        const std::uint64_t exact = std::uint64_t{total} * weights[i];
        out[i] = static_cast<std::uint32_t>(exact / sum);
        left[i] = {exact % sum, i};
        given += out[i];
    }
    std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    for (std::size_t i = 0; given < total; ++i, ++given) ++out[left[i].second];
    return out;
}

}  // namespace

AreaFigures model_area(AreaFigures area, std::uint32_t establishments) {
    std::array<std::uint32_t, 4> counts{};
    std::uint64_t before = 0;
    for (unsigned t = 0; t < 4; ++t) before += counts[t] = area.types[t].count;
    counts = shared_out(establishments, counts);
    for (unsigned t = 0; t < 4; ++t) area.types[t].count = counts[t];
    for (auto& firms : area.enterprises) firms = static_cast<std::uint32_t>((std::uint64_t{firms} * establishments + before / 2) / before);
    std::uint32_t left = establishments;
    for (std::size_t r = 0; r < area.regions.size(); ++r) {
        auto& count = area.regions[r].second;
        count = r + 1 == area.regions.size() ? left : std::min<std::uint32_t>(left, static_cast<std::uint32_t>(std::uint64_t{count} * establishments / before));
        left -= count;
    }
    return area;
}

PopulationInput synthetic_england(const std::vector<AreaFigures>& areas, std::uint64_t seed, unsigned scale) {
    PopulationInput out;
    out.name = "synthetic England";
    const Luck luck(Replicate{seed, 0}, Month{0}, stream_of("population", 10));
    std::uint32_t address = 1, trust = 1;
    for (const AreaFigures& area : areas) {
        const std::size_t first = out.rows.size();
        const auto id = static_cast<std::uint32_t>(out.areas.size());
        out.areas.push_back(area.name);
        Enterprises enterprises = area.enterprises;
        for (auto& count : enterprises) count *= scale;
        out.enterprises.emplace_back(enterprises);
        for (unsigned type = 0; type < 4; ++type)
            for (std::uint32_t i = 0; i < area.types[type].count * scale; ++i) out.rows.push_back(draw_row(area, static_cast<Type>(type), address++, luck));
        form_trusts(out.rows, first, trust);
        // Regions in the published numbers, over the area's establishments in drawn order.
        std::vector<std::pair<std::uint32_t, std::size_t>> order;
        for (std::size_t i = first; i < out.rows.size(); ++i) order.emplace_back(luck.words(out.rows[i].address, shuffle_draw)[0], i);
        std::sort(order.begin(), order.end());
        std::size_t next = 0;
        for (const auto& [name, count] : area.regions) {
            const std::uint32_t region = index_in(out.regions, name);
            for (std::uint32_t i = 0; i < count * scale && next < order.size(); ++i) {
                out.rows[order[next].second].region = region;
                ++next;
            }
        }
        for (std::size_t i = first; i < out.rows.size(); ++i) out.rows[i].area = id;
    }
    return out;
}

}  // namespace hubs
