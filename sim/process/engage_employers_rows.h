#pragma once
#include "sim/process/engage_employers_setting.h"

namespace hubs {
namespace engaging {

using T = Turn<EngageEmployers>;

/// When a term opens, links come and go.
struct Links : RowPass<gain_draw> {
    static bool needed(const T& t) { return t.setting.term; }
    static void row(EstablishmentId e, const Words& words, const T& t) {
        World& world = t.world;
        auto& s = world.establishments;
        drop_links(e, words[3], t.now, world, t.p);
        const double expected = t.setting.introductions(e, world);
        auto gained = static_cast<unsigned>(expected);
        if (words[0] < threshold32(expected - gained)) ++gained;
        for (unsigned g = 0; g < gained && g < most_links; ++g) {
            const Words w =
                g == 0 ? words : t.now.luck.words(world.population->establishments.address[e], more_draw + g);
            add_link(e, pick(e, w[1], w[2] < 0x80000000u, world), world);
        }
        if (s.offer[e].exists()) add_link(e, s.offer[e], world);
        s.offer[e] = EmployerId::none();
    }
};

struct NoLoad : ListPass {
    static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.scratch.load.size()); }
    static void row(std::uint32_t i, const T& t) { t.world.scratch.load[i] = {0, 0}; }
};

/// What each employer is asked for.
struct Asking : RowPass<> {
    static void row(EstablishmentId e, const T& t) {
        const auto& s = t.world.establishments;
        const std::uint32_t pupils = t.world.population->establishments.pupils[e];
        const unsigned n = s.link_count[e];
        const auto encounters = static_cast<std::uint32_t>(pupils * t.setting.encounters_each[n]);
        const auto places = static_cast<std::uint32_t>(pupils * t.setting.places_each[n]);
        const std::uint32_t none = t.setting.none + e.index * most_links % Scratch::empty_loads;
        for (unsigned i = 0; i < most_links;
             ++i) {  // each place has an empty row of its own: adding to one would wait for the last
            Scratch::Load& of = t.world.scratch.load[row_of(s.links[e][i], none + i)];
            add_to(of.encounters, encounters);
            add_to(of.places, places);
        }
    }
};

/// What each employer fills of what it is asked for.
struct Filling : ListPass {
    static std::uint32_t rows(const T& t) { return t.setting.none; }
    static void row(std::uint32_t i, const T& t) {
        World& world = t.world;
        const EmployerId f{i};
        const auto& firms = world.population->employers;
        const Scratch::Load load = world.scratch.load[i];
        world.employers.encounter_load[f] = load.encounters;
        world.employers.place_load[f] = load.places;
        const double more = world.employers.cornerstone[f] ? t.p.cornerstone_capacity : 1.0;
        world.scratch.filled[i] = {
            static_cast<float>(
                filled(firms.encounters_per_year[f] * more * t.setting.encounters_left, load.encounters)),
            static_cast<float>(filled(firms.places_per_year[f] * more * t.setting.places_left, load.places))};
    }
};

/// What each establishment gets.
struct Sharing : RowPass<> {
    static void row(EstablishmentId e, const T& t) {
        World& world = t.world;
        auto& s = world.establishments;
        const auto& who = world.population->establishments;
        double met = 0, placed = 0;
        for (const EmployerId f : s.links[e]) {
            const Scratch::Fill& fill = world.scratch.filled[row_of(f, t.setting.none)];
            met += fill.encounters;
            placed += fill.places;
        }
        const double alone = t.setting.alone, each = (1.0 - alone) * t.setting.one_of[s.link_count[e]];
        double encounters = 0;  // a year, that money buys
        if (s.wallet[e] != 0 && world.months_in_status(e, t.now.month) < 12)
            encounters =
                s.status_since[e] >= static_cast<int>(world.first_month) ? t.setting.wallet : t.setting.wallet_before;
        if (world.in_supported_hub(e, t.now.month)) encounters += t.setting.fund;
        const double need = who.pupils[e] * std::max(t.p.encounters_per_pupil, 1e-9);
        const double bought = need > 0 ? encounters / need : 0.0;
        s.encounters[e] = static_cast<float>(std::min(1.0, alone + met * each + bought));
        s.places[e] = static_cast<float>(std::min(1.0, alone + placed * each + 0.25 * bought));
    }
};

struct NoWanted : ListPass {
    static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.scratch.wanted.size()); }
    static void row(std::uint32_t i, const T& t) { t.world.scratch.wanted[i] = 0; }
};

/// Pupils of establishments that meet or know how to meet the items providers and advisers serve.
struct Wanting : RowPass<> {
    static void row(EstablishmentId e, const T& t) {
        const World& world = t.world;
        const auto& who = world.population->establishments;
        const Items wanted = (world.establishments.know_how[e] | world.establishments.done[e]) & who.applies[e];
        std::uint32_t* of = &t.world.scratch.wanted[who.area[e].index * provider_kinds];
        for (unsigned k = 0; k < provider_kinds; ++k)
            add_to(of[k], (wanted & world.framework->items_needing[first_provider + k]) != 0 ? who.pupils[e] : 0u);
    }
};

/// Providers' and advisers' capacity by area against that.
struct Providing : ListPass {
    static std::uint32_t rows(const T& t) { return static_cast<std::uint32_t>(t.world.population->areas.size()); }
    static void row(std::uint32_t a, const T& t) {
        World& world = t.world;
        const AreaId id{a};
        const double aligned = 1.0 + t.p.alignment_gain * world.scratch.of_area[a];
        for (unsigned k = 0; k < provider_kinds; ++k) {
            const bool adviser = k + 1 == provider_kinds;
            double capacity = (adviser ? t.p.guidance_capacity : t.p.provider_capacity * aligned) *
                              t.setting.providers_open * world.population->areas[a].pupils;
            const double asked = world.scratch.wanted[a * provider_kinds + k];
            float& answered = world.areas.answered[id][k];
            if (t.setting.answer > 0 && capacity > 0 && asked > capacity * answered)
                answered += static_cast<float>(t.setting.answer * (asked / capacity - answered));
            capacity *= answered;
            world.areas.provision[id][k] = static_cast<float>(asked <= capacity ? 1.0 : capacity / asked);
        }
    }
};

}  // namespace engaging

struct EngageEmployers::Passes
    : PassList<engaging::Links, engaging::NoLoad, engaging::Asking, engaging::Filling, engaging::Sharing,
               engaging::NoWanted, engaging::Wanting, engaging::Providing> {};

inline bool EngageEmployers::acts(const Moment& now, const World& world, const Parameters& p) {
    const Moment before{{static_cast<std::uint16_t>(now.month.index - 1)}, now.luck};
    return world.calendar.opens_term(now.month) || now.month.index == 0 ||
           engaging::closed(now, world, p) != engaging::closed(before, world, p);
}

}  // namespace hubs
