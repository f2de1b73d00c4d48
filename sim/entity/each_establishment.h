#pragma once
#include <array>

#include "sim/entity/world.h"

namespace hubs {

/// Visits every establishment in row order; rows do not depend on one another.
template <class F>
inline void each_establishment(const World& world, F&& f) {
    const std::uint32_t n = world.count();
    for (std::uint32_t i = 0; i < n; ++i) f(EstablishmentId{i});
}

/// The same in blocks, with one draw of luck for each: f(establishment, words).
template <class F>
inline void each_establishment_with_words(const World& world, const Luck& luck, std::uint32_t draw, F&& f) {
    const std::uint32_t* addresses = world.population->establishments.address.data();
    const std::uint32_t n = world.count();
    BlockWords words;
    for (std::uint32_t first = 0; first < n; first += luck_block) {
        const std::uint32_t here = n - first < luck_block ? n - first : static_cast<std::uint32_t>(luck_block);
        luck.block(addresses + first, here, draw, words);
        for (std::uint32_t i = 0; i < here; ++i)
            f(EstablishmentId{first + i}, Words{words[0][i], words[1][i], words[2][i], words[3][i]});
    }
}

/// f(establishment, words, more) where test(establishment, words) holds; `more` is another draw,
/// made for those only. A test is a coin toss to the processor, so it is made for a whole block
/// before f is called; let it have no branch itself.
template <class Test, class F>
inline void each_establishment_where(const World& world, const Luck& luck, std::uint32_t draw, std::uint32_t another,
                                     Test&& test, F&& f) {
    const std::uint32_t* addresses = world.population->establishments.address.data();
    const std::uint32_t n = world.count();
    BlockWords words, more;
    std::array<std::uint32_t, luck_block> chosen, agents;
    const auto word = [](const BlockWords& w, std::uint32_t i) { return Words{w[0][i], w[1][i], w[2][i], w[3][i]}; };
    for (std::uint32_t first = 0; first < n; first += luck_block) {
        const std::uint32_t here = n - first < luck_block ? n - first : static_cast<std::uint32_t>(luck_block);
        luck.block(addresses + first, here, draw, words);
        std::uint32_t count = 0;
        for (std::uint32_t i = 0; i < here; ++i) {
            chosen[count] = i;
            agents[count] = addresses[first + i];
            count += test(EstablishmentId{first + i}, word(words, i)) ? 1u : 0u;
        }
        if (another != draw) luck.block(agents.data(), count, another, more);
        for (std::uint32_t c = 0; c < count; ++c)
            f(EstablishmentId{first + chosen[c]}, word(words, chosen[c]), word(another != draw ? more : words, c));
    }
}

/// The same with one draw: f(establishment, words).
template <class Test, class F>
inline void each_establishment_where(const World& world, const Luck& luck, std::uint32_t draw, Test&& test, F&& f) {
    each_establishment_where(world, luck, draw, draw, test,
                             [&](EstablishmentId e, const Words& words, const Words&) { f(e, words); });
}

/// The same without luck: f(establishment) where test(establishment) holds.
template <class Test, class F>
inline void each_establishment_where(const World& world, Test&& test, F&& f) {
    const std::uint32_t n = world.count();
    std::array<std::uint32_t, luck_block> chosen;
    for (std::uint32_t first = 0; first < n; first += luck_block) {
        const std::uint32_t end = n - first < luck_block ? n : first + static_cast<std::uint32_t>(luck_block);
        std::uint32_t count = 0;
        for (std::uint32_t i = first; i < end; ++i) {
            chosen[count] = i;
            count += test(EstablishmentId{i}) ? 1u : 0u;
        }
        for (std::uint32_t c = 0; c < count; ++c) f(EstablishmentId{chosen[c]});
    }
}

}  // namespace hubs
