#include "sim/base/random.h"

#include "sim/base/random123.h"

namespace hubs {

Words philox(Replicate replicate, std::uint32_t agent, std::uint32_t moment, std::uint32_t draw) {
    const r123::Philox4x32::ctr_type counter{{agent, moment, draw, replicate.number}};
    const r123::Philox4x32::key_type key{{static_cast<std::uint32_t>(replicate.seed),
                                          static_cast<std::uint32_t>(replicate.seed >> 32)}};
    const auto out = r123::Philox4x32{}(counter, key);
    return {out[0], out[1], out[2], out[3]};
}

// Philox written over arrays so that it vectorises; the bits are those of `philox` above.
void philox_block(Replicate replicate, const std::uint32_t* agents, std::size_t count,
                  std::uint32_t moment, std::uint32_t draw, BlockWords& out) {
    constexpr std::uint64_t m0 = 0xD2511F53u, m1 = 0xCD9E8D57u;
    constexpr std::size_t   lanes = 16;
    for (std::size_t first = 0; first < count; first += lanes) {
        std::uint32_t c0[lanes], c1[lanes], c2[lanes], c3[lanes];
        const std::size_t here = count - first < lanes ? count - first : lanes;
        for (std::size_t i = 0; i < lanes; ++i) {
            c0[i] = agents[first + (i < here ? i : 0)];
            c1[i] = moment;
            c2[i] = draw;
            c3[i] = replicate.number;
        }
        std::uint32_t k0 = static_cast<std::uint32_t>(replicate.seed);
        std::uint32_t k1 = static_cast<std::uint32_t>(replicate.seed >> 32);
        for (int round = 0; round < 10; ++round) {
            for (std::size_t i = 0; i < lanes; ++i) {
                const std::uint64_t p0 = m0 * c0[i], p1 = m1 * c2[i];
                c0[i] = static_cast<std::uint32_t>(p1 >> 32) ^ c1[i] ^ k0;
                c2[i] = static_cast<std::uint32_t>(p0 >> 32) ^ c3[i] ^ k1;
                c1[i] = static_cast<std::uint32_t>(p1);
                c3[i] = static_cast<std::uint32_t>(p0);
            }
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        for (std::size_t i = 0; i < here; ++i) {
            out[0][first + i] = c0[i];
            out[1][first + i] = c1[i];
            out[2][first + i] = c2[i];
            out[3][first + i] = c3[i];
        }
    }
}

}  // namespace hubs
