#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/base/items.h"
#include "sim/base/month.h"

namespace hubs {

/// Which world: the seed of the study and the number of the replicate.
struct Replicate {
    std::uint64_t seed = 1;
    std::uint32_t number = 0;
};

/// Four 32-bit words of luck.
using Words = std::array<std::uint32_t, 4>;

inline constexpr std::array<std::uint32_t, 2> philox_factors{0xD2511F53u, 0xCD9E8D57u},
    philox_keys{0x9E3779B9u, 0xBB67AE85u};

/// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"; the words of the
/// Random123 library). Key = the seed; the counter is the address (agent, month and stream, draw,
/// replicate). Nothing is ever drawn "next". Written out here because the library's header is
/// 116,000 lines after the preprocessor, in nearly every source file.
inline Words philox(Replicate replicate, std::uint32_t agent, std::uint32_t moment, std::uint32_t draw) {
    Words c{agent, moment, draw, replicate.number};
    auto k0 = static_cast<std::uint32_t>(replicate.seed), k1 = static_cast<std::uint32_t>(replicate.seed >> 32);
    for (int round = 0; round < 10; ++round, k0 += philox_keys[0], k1 += philox_keys[1]) {
        const std::uint64_t p0 = std::uint64_t{philox_factors[0]} * c[0], p1 = std::uint64_t{philox_factors[1]} * c[2];
        c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k0, static_cast<std::uint32_t>(p1),
             static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k1, static_cast<std::uint32_t>(p0)};
    }
    return c;
}

/// The same words for `count` agents at one moment: `out[w][i]` is word w of agent i.
inline constexpr std::size_t luck_block = 128;
using BlockWords = std::array<std::array<std::uint32_t, luck_block>, 4>;
void philox_block(Replicate replicate, const std::uint32_t* agents, std::size_t count, std::uint32_t moment,
                  std::uint32_t draw, BlockWords& out);

/// A probability as a 32-bit threshold: a word below it is a success. 2^32 means always.
inline std::uint64_t threshold32(double p) {
    if (!(p > 0.0)) return 0;
    if (p >= 1.0) return std::uint64_t{1} << 32;
    return static_cast<std::uint64_t>(p * 4294967296.0);
}

/// A word as a number strictly between 0 and 1.
inline double unit(std::uint32_t word) { return (word + 0.5) * (1.0 / 4294967296.0); }

/// A word as a whole number below `n`.
inline std::uint32_t below(std::uint32_t word, std::uint32_t n) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(word) * n >> 32);
}

/// The luck of one process in one month of one replicate. `stream` is fixed by the name of
/// the process, so that adding or reordering processes moves nobody else's luck.
struct Luck {
    Replicate replicate;
    std::uint32_t moment = 0;

    Luck() = default;
    Luck(Replicate r, Month month, std::uint32_t stream) : replicate(r), moment(month.index | stream << 16) {}

    Words words(std::uint32_t agent, std::uint32_t draw = 0) const { return philox(replicate, agent, moment, draw); }
    void block(const std::uint32_t* agents, std::size_t count, std::uint32_t draw, BlockWords& out) const {
        philox_block(replicate, agents, count, moment, draw, out);
    }
};

/// Which of eleven working months is an agent's own turn for what comes round once a year, 1 to 11.
inline unsigned own_month(std::uint32_t agent) { return below(agent * 2654435761u, 11) + 1; }

/// A stream number from a process name: 16 bits of FNV-1a.
constexpr std::uint32_t stream_of(const char* name, std::size_t length) {
    std::uint32_t h = 2166136261u;
    for (std::size_t i = 0; i < length; ++i) {
        h ^= static_cast<unsigned char>(name[i]);
        h *= 16777619u;
    }
    return (h >> 16 ^ h) & 0xffffu;
}

}  // namespace hubs
