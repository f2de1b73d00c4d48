#pragma once
#include <tuple>
#include <type_traits>

#include "sim/entity/each_establishment.h"

namespace hubs {

// A process says what is the same for all rows in a month, and what one row does. The first is its
// `Setting`, worked out once for each world and month; the second is a list of passes, each over the
// establishments, over another list, or done once. A row reads what it likes and writes its own row
// (or adds whole numbers to a shared one), so rows may run in any order, or at once on a graphics card.
//
//     struct Lapse {
//         static bool acts(now, world, p);          // false: nobody does anything this month
//         struct Setting { Setting(now, world, p); ... };
//         struct Lapsing : RowPass<0> {             // draw 0 of luck for every establishment
//             static bool due(e, words, t);         // without a branch: may it act at all?
//             static void row(e, words, t);         // for those due
//         };
//         using Passes = PassList<Lapsing>;
//     };

inline constexpr std::uint32_t no_draw = 0xffffffffu;

/// Over the establishments: `row(e, t)`, with one draw of luck `row(e, words, t)`, with another one for
/// those due `row(e, words, more, t)`; `due` takes the same, less `more`, and may be left out.
template <std::uint32_t Draw = no_draw, std::uint32_t Another = no_draw>
struct RowPass {
    static constexpr std::uint32_t draw = Draw, another = Another;
};
/// Over another list: `rows(t)` says how many, `row(i, t)` does one.
struct ListPass {};
/// One thing done for the whole world: `all(t)`.
struct OncePass {};

/// What a pass works with: when, where, the settings, and what is the same for all rows.
template <class P>
struct Turn {
    const Moment& now;
    World& world;
    const typename P::Parameters& p;
    const typename P::Setting& setting;
};

template <class... Pass>
struct PassList {
    static constexpr std::size_t count = sizeof...(Pass);
    template <std::size_t Place>
    using At = std::tuple_element_t<Place, std::tuple<Pass...>>;
    template <class F>
    static void each(F&& f) {
        (f(std::type_identity<Pass>{}), ...);
    }
};

/// For processes in which nothing is the same for all rows.
struct NoSetting {
    NoSetting() = default;
    NoSetting(const Moment&, const World&, const auto&) {}
};

/// Some passes are needed in some months only: `needed(t)`.
template <class Pass, class P>
bool is_needed(const Turn<P>& t) {
    if constexpr (requires { Pass::needed(t); }) return Pass::needed(t);
    return true;
}

/// The pass over all its rows, in order, on a processor. Luck is drawn in blocks.
template <class Pass, class P>
void run_pass(const Turn<P>& t) {
    if (!is_needed<Pass>(t)) return;
    if constexpr (std::is_base_of_v<OncePass, Pass>) Pass::all(t);
    else if constexpr (std::is_base_of_v<ListPass, Pass>) {
        for (std::uint32_t i = 0, rows = Pass::rows(t); i < rows; ++i) Pass::row(i, t);
    } else if constexpr (Pass::draw == no_draw) {
        const auto row = [&](EstablishmentId e) { Pass::row(e, t); };
        if constexpr (requires { Pass::due(EstablishmentId{}, t); })
            each_establishment_where(
                t.world, [&](EstablishmentId e) { return Pass::due(e, t); }, row);
        else each_establishment(t.world, row);
    } else if constexpr (requires { Pass::due(EstablishmentId{}, Words{}, t); }) {
        const auto due = [&](EstablishmentId e, const Words& words) { return Pass::due(e, words, t); };
        if constexpr (Pass::another != no_draw)
            each_establishment_where(
                t.world, t.now.luck, Pass::draw, Pass::another, due,
                [&](EstablishmentId e, const Words& words, const Words& more) { Pass::row(e, words, more, t); });
        else
            each_establishment_where(t.world, t.now.luck, Pass::draw, due,
                                     [&](EstablishmentId e, const Words& words) { Pass::row(e, words, t); });
    } else
        each_establishment_with_words(t.world, t.now.luck, Pass::draw,
                                      [&](EstablishmentId e, const Words& words) { Pass::row(e, words, t); });
}

/// How many rows the pass has.
template <class Pass, class P>
std::uint32_t rows_of(const Turn<P>& t) {
    if constexpr (std::is_base_of_v<OncePass, Pass>) return 1;
    else if constexpr (std::is_base_of_v<ListPass, Pass>) return Pass::rows(t);
    else return t.world.count();
}

/// One row by itself, drawing its own luck: the same as in `run_pass`, in whatever order rows come.
template <class Pass, class P>
void run_row(std::uint32_t i, const Turn<P>& t) {
    if constexpr (std::is_base_of_v<OncePass, Pass>) Pass::all(t);
    else if constexpr (std::is_base_of_v<ListPass, Pass>) Pass::row(i, t);
    else if constexpr (Pass::draw == no_draw) {
        const EstablishmentId e{i};
        if constexpr (requires { Pass::due(e, t); })
            if (!Pass::due(e, t)) return;
        Pass::row(e, t);
    } else {
        const EstablishmentId e{i};
        const std::uint32_t agent = t.world.population->establishments.address[e];
        const Words words = t.now.luck.words(agent, Pass::draw);
        if constexpr (requires { Pass::due(e, words, t); })
            if (!Pass::due(e, words, t)) return;
        if constexpr (Pass::another != no_draw) Pass::row(e, words, t.now.luck.words(agent, Pass::another), t);
        else Pass::row(e, words, t);
    }
}

/// A month of a process in rows, on a processor.
template <class P>
void run_passes(const Moment& now, World& world, const typename P::Parameters& p) {
    if (!P::acts(now, world, p)) return;
    const typename P::Setting setting(now, world, p);
    const Turn<P> t{now, world, p, setting};
    P::Passes::each([&]<class Pass>(std::type_identity<Pass>) { run_pass<Pass>(t); });
}

}  // namespace hubs
