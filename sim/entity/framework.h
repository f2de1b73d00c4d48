#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/items.h"

namespace hubs {

/// What an item needs from outside the establishment before it can be met for the pupils.
enum class Supply : std::uint8_t {
    none,
    encounters,  ///< employers' encounters
    places,      ///< employers' workplace places
    sixth_form,  ///< providers' encounters, five kinds
    further_education,
    training,
    apprenticeship,
    higher_education,
    guidance,  ///< careers advisers' interviews
};
inline constexpr unsigned supply_kinds = 9;
inline constexpr unsigned first_provider = static_cast<unsigned>(Supply::sixth_form);
inline constexpr unsigned provider_kinds = 6;  ///< the five kinds of provider and the careers advisers

/// Which version of the questionnaire an establishment answers.
enum class Version : std::uint8_t { school_to_16, school_with_sixth_form, special, alternative_provision, college };
inline constexpr unsigned version_count = 5;

struct Item {
    std::string id;
    std::string name;
    std::string status;    ///< how well the item's wording is established
    std::string source;    ///< where its first share comes from
    double threshold = 0;  ///< latent level above which it is met at the start (probit scale)
    Supply supply = Supply::none;
    /// Of a framework that takes the place of another in the midst of the years: the items of the earlier one that this
    /// one carries on, by id; met where all of them are, and of those in this share of establishments, with its range.
    /// Where the framework does not say: its own id, which the earlier one may have too. None: it is new, and this share
    /// of all establishments has it.
    std::vector<std::string> carries;
    double carried_share = 1, carried_low = 1, carried_high = 1;
};

/// The eight benchmarks and their items, read from a file: another framework needs no code.
struct Framework {
    std::string name;
    std::vector<Item> items;
    std::array<std::string, benchmark_count> benchmark;
    std::array<Items, benchmark_count> items_of{};
    std::array<Items, version_count> applies{};
    std::array<double, benchmark_count> benchmark_factor{};  ///< share of latent variance shared by the items of one benchmark
    std::array<double, benchmark_count> published_full{};    ///< share reporting each in 2017/18; 0: not given
    double school_factor = 0;                                ///< share of latent variance shared by all items of a school
    Items statutory = 0;                                     ///< items the duty of September 2018 names
    std::array<Items, supply_kinds> items_needing{};
    std::array<std::uint8_t, 64> benchmark_of{};  ///< by item

    Items all() const { return items.size() >= 64 ? ~Items{0} : one_item(static_cast<unsigned>(items.size())) - 1; }
    /// A benchmark is achieved when all of its items that apply are met (evidence S104).
    Benchmarks achieved(Items done, Items applicable) const {
        unsigned out = 0;
        for (unsigned b = 0; b < benchmark_count; ++b) {
            const Items needed = items_of[b] & applicable;
            out |= static_cast<unsigned>((needed & ~done) == 0) << b;
        }
        return static_cast<Benchmarks>(out);
    }
    /// Benchmarks of which one or two applicable items are missing from `met`.
    Benchmarks nearly(Items met, Items applicable) const {
        unsigned out = 0;
        for (unsigned b = 0; b < benchmark_count; ++b) {
            const int missing = std::popcount(items_of[b] & applicable & ~met);
            out |= static_cast<unsigned>(missing == 1 || missing == 2) << b;
        }
        return static_cast<Benchmarks>(out);
    }
};

}  // namespace hubs
