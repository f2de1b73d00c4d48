#pragma once
#include <array>
#include <string_view>

namespace hubs {

/// Words of an enum, in the order of its values: `static constexpr std::array<std::string_view, count> all`. They
/// stand beside the enum, and a static_assert there that none is missing: a new value cannot be printed as another.
template <class E>
struct WordsOf;
template <class E>
concept Worded = requires {
    WordsOf<E>::all.size();
};

template <Worded E>
constexpr std::string_view word(E value) {
    return WordsOf<E>::all[static_cast<std::size_t>(value)];
}
template <Worded E>
constexpr bool every_value_has_a_word() {
    for (const std::string_view one : WordsOf<E>::all)
        if (one.empty()) return false;
    return true;
}

}  // namespace hubs
