#pragma once
// The slow plain twin: employers and providers, one establishment and one link at a time.
#include "tests/reference_parts.h"

namespace hubs::test {

class ReferenceEmployers : public ReferenceParts {
protected:
    using ReferenceParts::ReferenceParts;

    void engage(World& w) {
        const auto& p = of<EngageEmployers>();
        const auto closed_in = [&](int month) {
            const Month m{static_cast<std::uint16_t>(month)};
            const double year = w.calendar.year_of(m) + (w.calendar.month_of(m) - 1) / 12.0;
            return month >= 0 && year >= p.closure_from && year < p.closure_until ? 1 - p.closure_capacity : 0.0;
        };
        const double shut = closed_in(month_.index);
        const bool term = academic_ == 1 || academic_ == 5 || academic_ == 8 || month_.index == 0;
        if (!term && shut == closed_in(month_.index - 1)) return;
        each_establishment(w, [&](EstablishmentId e) {
            if (term) change_links(e, w, p);
        });
        const double year = w.calendar.year_of(month_) + (w.calendar.month_of(month_) - 1) / 12.0;
        const double grown = std::pow(1 + p.growth_per_year, std::max(0.0, year - 2018.66));
        employers_load(w, p);
        each_establishment(w, [&](EstablishmentId e) { share_employers(e, w, p, shut, grown); });
        for (std::uint32_t a = 0; a < w.population->areas.size(); ++a)
            for (unsigned k = 0; k < provider_kinds; ++k) {
                double asked = 0;
                each_establishment(w, [&](EstablishmentId e) {
                    const Items wanted = (w.establishments.know_how[e] | w.establishments.done[e]) &
                                         w.population->establishments.applies[e];
                    if (w.population->establishments.area[e].index == a &&
                        (wanted & w.framework->items_needing[first_provider + k]) != 0)
                        asked += w.population->establishments.pupils[e];
                });
                double steered = 0;
                for (const HubRow& hub : w.hubs.rows)
                    if (hub.area == AreaId{a}) steered = std::max<double>(steered, hub.steering[2]);
                const double gain = 1 + p.alignment_gain * steered;
                double capacity = (k == 5 ? p.guidance_capacity : p.provider_capacity * gain) *
                                  (1 - shut * (1 - p.closure_online)) * grown * w.population->areas[a].pupils;
                float& answered = w.areas.answered[AreaId{a}][k];
                if (term && shut == 0 && capacity > 0 && asked / capacity > answered)
                    answered += static_cast<float>(p.provider_response / 3 * (asked / capacity - answered));
                capacity *= answered;
                w.areas.provision[AreaId{a}][k] = static_cast<float>(asked <= capacity ? 1 : capacity / asked);
            }
    }

    void change_links(EstablishmentId e, World& w, const EngageEmployers::Parameters& p) {
        auto& s = w.establishments;
        const Luck l = luck<EngageEmployers>();
        const Words words = l.words(id(w, e), 0);
        std::vector<EmployerId> links(s.links[e].begin(), s.links[e].begin() + s.link_count[e]);
        const auto lose = [&](std::size_t i) {
            links[i] = links.back();
            links.pop_back();
        };
        const int since_last_term = academic_ == 1 ? 5 : academic_ == 5 ? 4 : 3;
        if (month_.index - w.leaders.since[e] < since_last_term)
            for (std::size_t i = links.size(); i-- > 0;)
                if (chance(l.words(id(w, e), 1 + static_cast<unsigned>(i))[0], p.lost_with_leader)) lose(i);
        const Coordinator& post = w.hubs.coordinators[s.coordinator[e]];
        const bool serves = s.status[e] == Status::network || supported(w, e);
        if (month_.index - post.since < since_last_term && serves)
            for (std::size_t i = links.size(); i-- > 0;)
                if (chance(l.words(id(w, e), 1 + static_cast<unsigned>(i))[1], p.lost_with_coordinator)) lose(i);
        if (words[3] / 536870912u < links.size() && chance(words[3] << 3, p.links_lost_per_year * 8 / 3))
            lose(words[3] / 536870912u);
        double yearly = p.own_links_per_year + s.adviser[e] * p.adviser_links_per_year;
        const double introduced = p.coordinator_contacts * p.introduction_success;
        const AreaId area = w.population->establishments.area[e];
        if (s.status[e] == Status::network)
            yearly += introduced / w.plan->network_schools_per_coordinator * (0.5 + post.skill) * s.reach[e];
        if (supported(w, e))
            yearly += introduced / w.plan->schools_per_coordinator * (0.5 + post.skill) * s.reach[e] *
                      (1 + p.alignment_gain * w.hubs.rows[s.hub[e].index].steering[0]);
        const auto add = [&](EmployerId employer) {
            if (links.size() == most_links || std::find(links.begin(), links.end(), employer) != links.end()) return;
            links.push_back(employer);
            w.did(Activity::links_made);
        };
        const AreaRow& row = w.population->areas[area.index];
        unsigned gained = static_cast<unsigned>(yearly / 3);
        gained += chance(words[0], yearly / 3 - gained);
        for (unsigned g = 0; g < std::min(gained, most_links); ++g) {
            const Words next = g == 0 ? words : l.words(id(w, e), 16 + g);
            const bool cornerstone =
                s.status[e] == Status::hub && next[2] < 0x80000000u && w.plan->cornerstones_per_hub >= 1;
            const std::uint32_t among =
                cornerstone ? std::min(row.employers, static_cast<std::uint32_t>(w.plan->cornerstones_per_hub))
                            : row.employers;
            if (row.employers > 0) add(EmployerId{row.first_employer + below(next[1], among)});
        }
        if (s.offer[e].exists()) add(s.offer[e]);
        s.offer[e] = EmployerId::none();
        s.link_count[e] = static_cast<std::uint8_t>(links.size());
        links.resize(most_links, EmployerId::none());
        std::copy(links.begin(), links.end(), s.links[e].begin());
    }

    void employers_load(World& w, const EngageEmployers::Parameters& p) {
        for (std::uint32_t f = 0; f < w.population->employers.count(); ++f) {
            w.employers.encounter_load[EmployerId{f}] = w.employers.place_load[EmployerId{f}] = 0;
        }
        each_establishment(w, [&](EstablishmentId e) {
            const unsigned n = w.establishments.link_count[e];
            for (unsigned i = 0; i < n; ++i) {
                const EmployerId f = w.establishments.links[e][i];
                w.employers.encounter_load[f] +=
                    static_cast<std::uint32_t>(w.population->establishments.pupils[e] * (p.encounters_per_pupil / n));
                w.employers.place_load[f] +=
                    static_cast<std::uint32_t>(w.population->establishments.pupils[e] * (p.places_per_pupil * w.plan->places_asked / n));
            }
        });
    }

    void share_employers(EstablishmentId e, World& w, const EngageEmployers::Parameters& p, double shut, double grown) {
        auto& s = w.establishments;
        const auto& firms = w.population->employers;
        const unsigned n = s.link_count[e];
        double met = 0, placed = 0;
        for (unsigned i = 0; i < n; ++i) {
            const EmployerId f = s.links[e][i];
            const double more = p.capacity * grown * (w.employers.cornerstone[f] ? p.cornerstone_capacity : 1);
            const auto fills = [](double capacity, double load) {
                return static_cast<float>(load > capacity ? capacity / load : 1);
            };
            met += fills(firms.encounters_per_year[f] * more * (1 - shut * (1 - p.closure_online)),
                         w.employers.encounter_load[f]);
            const double work = shut > 0 ? 1 - shut : disrupted(w) ? p.disrupted_places : 1;
            placed += fills(firms.places_per_year[f] * more * work, w.employers.place_load[f]);
        }
        const double alone = p.alone * (1 - shut), pupils = w.population->establishments.pupils[e];
        double bought = 0;
        if (s.wallet[e] && month_.index - s.status_since[e] < 12)
            bought = w.plan->wallet_gbp / p.gbp_per_encounter * (1 - shut * (1 - p.closure_online));
        if (supported(w, e))
            bought += w.plan->fund_gbp_per_school * w.plan->fund_activity_share / p.gbp_per_encounter *
                      (1 - shut * (1 - p.closure_online));
        const double need = pupils * std::max(p.encounters_per_pupil, 1e-9);
        bought = need > 0 ? bought / need : 0;
        s.encounters[e] =
            static_cast<float>(std::min(1.0, alone + (n > 0 ? met * ((1 - alone) * (1.0 / n)) : 0) + bought));
        s.places[e] =
            static_cast<float>(std::min(1.0, alone + (n > 0 ? placed * ((1 - alone) * (1.0 / n)) : 0) + bought / 4));
    }
};

}  // namespace hubs::test
