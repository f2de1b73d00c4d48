#include "sim/population.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/neighbours.h"

namespace hubs {
namespace {

/// Interleaves the bits of two coordinates, so that near places get near numbers.
std::uint64_t place_code(std::int32_t easting, std::int32_t northing) {
    std::uint64_t code = 0;
    for (int bit = 0; bit < 21; ++bit) {
        code |= static_cast<std::uint64_t>(easting >> bit & 1) << (2 * bit);
        code |= static_cast<std::uint64_t>(northing >> bit & 1) << (2 * bit + 1);
    }
    return code;
}

void fill_in(PopulationInput& in, FilledIn& filled) {
    std::vector<std::array<double, 3>> centre(in.areas.size(), {0, 0, 0});
    std::map<Type, std::vector<std::uint32_t>> sizes;
    std::sort(in.rows.begin(), in.rows.end(), [](const auto& a, const auto& b) { return a.address < b.address; });
    for (const auto& row : in.rows) {
        if (row.easting && row.northing) {
            centre[row.area][0] += *row.easting;
            centre[row.area][1] += *row.northing;
            centre[row.area][2] += 1;
        }
        if (row.pupils) sizes[row.type].push_back(*row.pupils);
    }
    for (auto& [type, s] : sizes) std::sort(s.begin(), s.end());
    for (auto& row : in.rows) {
        if (!row.easting || !row.northing) {
            const auto& c = centre[row.area];
            row.easting = c[2] > 0 ? static_cast<std::int32_t>(c[0] / c[2]) : 400000;
            row.northing = c[2] > 0 ? static_cast<std::int32_t>(c[1] / c[2]) : 300000;
            ++filled.coordinates;
        }
        if (!row.pupils) {
            const auto& s = sizes[row.type];
            row.pupils = s.empty() ? 500u : s[s.size() / 2];
            ++filled.pupils;
        }
    }
}

/// Fifths of the share on free school meals, by establishments with a known share.
void set_fsm_fifths(Establishments& who) {
    std::vector<std::uint16_t> known;
    for (const std::uint16_t f : who.fsm_permille)
        if (f != unknown_fsm) known.push_back(f);
    std::sort(known.begin(), known.end());
    std::array<std::uint16_t, 4> cut{};
    for (unsigned k = 0; k < 4 && !known.empty(); ++k) cut[k] = known[known.size() * (k + 1) / 5];
    for (std::uint32_t i = 0; i < who.count(); ++i) {
        const EstablishmentId e{i};
        std::uint8_t fifth = 5;
        if (who.fsm_permille[e] != unknown_fsm) {
            fifth = 0;
            while (fifth < 4 && who.fsm_permille[e] >= cut[fifth]) ++fifth;
        }
        who.fsm_fifth.add(fifth);
    }
}

void make_employers(const PopulationInput& in, Population& out) {
    constexpr std::uint8_t sectors = 20;
    for (std::size_t a = 0; a < out.areas.size(); ++a) {
        AreaRow& area = out.areas[a];
        area.first_employer = out.employers.count();
        for (unsigned band = 4; band-- > 0;) {
            const auto& known = in.enterprises[a];
            const double whole = known ? (*known)[band] * in.employers.willing[band] : area.pupils / 1000.0 * in.employers.per_1000_pupils_if_unknown / 4.0;
            const auto count = static_cast<std::uint32_t>(whole + 0.5);
            for (std::uint32_t i = 0; i < count; ++i) {
                out.employers.area.add(AreaId{static_cast<std::uint32_t>(a)});
                out.employers.size.add(static_cast<SizeBand>(band));
                out.employers.sector.add(static_cast<std::uint8_t>(i % sectors));
                out.employers.encounters_per_year.add(in.employers.encounters[band]);
                out.employers.places_per_year.add(in.employers.places[band]);
            }
        }
        area.employers = out.employers.count() - area.first_employer;
    }
}

/// One Enterprise Coordinator outside hubs for about eighteen establishments (W036: 17.6).
void make_posts(Population& out) {
    std::uint32_t posts = 0;
    for (AreaRow& area : out.areas) {
        area.first_post = posts;
        area.posts = std::max(1u, (area.establishments + 9) / 18);
        posts += area.posts;
    }
}

void add_trust_ties(const Establishments& who, std::vector<PossibleTie>& ties) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> members;  // trust, row
    for (std::uint32_t i = 0; i < who.count(); ++i)
        if (who.trust[EstablishmentId{i}] != no_trust) members.emplace_back(who.trust[EstablishmentId{i}], i);
    std::sort(members.begin(), members.end());
    for (std::size_t from = 0; from < members.size();) {
        std::size_t to = from;
        while (to < members.size() && members[to].first == members[from].first) ++to;
        const std::size_t n = to - from;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t step = 1; step <= 2 && step < n; ++step) {
                ties.push_back({members[from + i].second, members[from + (i + step) % n].second, trust_layer});
                ties.push_back({members[from + (i + step) % n].second, members[from + i].second, trust_layer});
            }
        from = to;
    }
}

Network make_network(const Establishments& who) {
    std::vector<PossibleTie> ties;
    std::vector<std::uint32_t> everyone;
    std::array<std::vector<std::uint32_t>, 4> of_type;
    for (std::uint32_t i = 0; i < who.count(); ++i) {
        everyone.push_back(i);
        of_type[static_cast<unsigned>(who.type[EstablishmentId{i}])].push_back(i);
    }
    add_nearest(who, everyone, 6, neighbour_layer, ties);
    for (unsigned t = 1; t < of_type.size(); ++t) add_nearest(who, of_type[t], 3, type_layer, ties);
    add_trust_ties(who, ties);
    const std::vector<std::uint32_t> addresses(who.address.begin(), who.address.end());
    return Network(who.count(), std::move(ties), addresses);
}

}  // namespace

Population make_population(PopulationInput in, const Framework& framework, FilledIn* filled) {
    FilledIn unused;
    fill_in(in, filled != nullptr ? *filled : unused);
    std::sort(in.rows.begin(), in.rows.end(), [](const EstablishmentRow& a, const EstablishmentRow& b) {
        if (a.area != b.area) return a.area < b.area;
        const std::uint64_t x = place_code(*a.easting, *a.northing), y = place_code(*b.easting, *b.northing);
        return x != y ? x < y : a.address < b.address;
    });
    Population out;
    out.name = in.name;
    out.regions = in.regions;
    out.trust_names = in.trusts;
    for (const std::string& name : in.areas) out.areas.push_back({name});
    Establishments& who = out.establishments;
    bool named = false;
    for (const EstablishmentRow& row : in.rows) named |= !row.name.empty();
    for (const EstablishmentRow& row : in.rows) {
        who.address.add(row.address);
        who.type.add(row.type);
        who.area.add(AreaId{row.area});
        who.region.add(static_cast<std::uint8_t>(row.region));
        who.easting.add(*row.easting);
        who.northing.add(*row.northing);
        who.rural.add(row.rural ? 1 : 0);
        who.pupils.add(*row.pupils);
        who.fsm_permille.add(row.fsm_percent ? static_cast<std::uint16_t>(*row.fsm_percent * 10.0 + 0.5) : unknown_fsm);
        who.ofsted.add(row.ofsted);
        who.sixth_form.add(row.sixth_form ? 1 : 0);
        who.trust.add(row.trust);
        const EstablishmentId e{who.count() - 1};
        who.applies.add(framework.applies[static_cast<unsigned>(who.version(e))] & framework.all());
        if (out.areas[row.area].establishments++ == 0) out.areas[row.area].first = e.index;
        out.areas[row.area].region = static_cast<std::uint8_t>(row.region);
        out.areas[row.area].pupils += *row.pupils;
        if (named) out.names.push_back(row.name);
    }
    set_fsm_fifths(who);
    make_employers(in, out);
    make_posts(out);
    out.network = make_network(who);
    return out;
}

}  // namespace hubs
