#include "sim/base/random.h"

namespace hubs {

// Philox round by round over arrays, which vectorises; the bits are those of `philox` above.
void philox_block(Replicate replicate, const std::uint32_t* agents, std::size_t count, std::uint32_t moment,
                  std::uint32_t draw, BlockWords& out) {
    std::uint32_t *c0 = out[0].data(), *c1 = out[1].data(), *c2 = out[2].data(), *c3 = out[3].data();
    for (std::size_t i = 0; i < count; ++i) {
        c0[i] = agents[i];
        c1[i] = moment;
        c2[i] = draw;
        c3[i] = replicate.number;
    }
    std::uint32_t k0 = static_cast<std::uint32_t>(replicate.seed);
    std::uint32_t k1 = static_cast<std::uint32_t>(replicate.seed >> 32);
    for (int round = 0; round < 10; ++round) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t p0 = std::uint64_t{philox_factors[0]} * c0[i],
                                p1 = std::uint64_t{philox_factors[1]} * c2[i];
            c0[i] = static_cast<std::uint32_t>(p1 >> 32) ^ c1[i] ^ k0;
            c2[i] = static_cast<std::uint32_t>(p0 >> 32) ^ c3[i] ^ k1;
            c1[i] = static_cast<std::uint32_t>(p1);
            c3[i] = static_cast<std::uint32_t>(p0);
        }
        k0 += philox_keys[0];
        k1 += philox_keys[1];
    }
}

}  // namespace hubs
