#pragma once
#include <vector>

#include "sim/base/random.h"
#include "sim/entity/population.h"

namespace hubs {

/// The floor that speed is measured against: 64 items spread from neighbours and decay,
/// bit-sliced counts and an 8-bit uniform for every item, scalar Philox, no intrinsics.
/// It runs over the same graph as the model and does nothing else.
class ReferenceKernel {
public:
    explicit ReferenceKernel(const Population& population) : population_(population) {
        const std::uint32_t n = population.establishments.count();
        now_.resize(n);
        next_.resize(n);
        for (std::uint32_t i = 0; i < n; ++i) {
            const Words w = philox({7, 0}, i, 0, 0);
            now_[i] = (Items{w[0]} | Items{w[1]} << 32) & (Items{w[2]} | Items{w[3]} << 32);
        }
    }
    void step(std::uint32_t month) {
        const std::uint32_t n = static_cast<std::uint32_t>(now_.size());
        for (std::uint32_t i = 0; i < n; ++i) next_[i] = one(i, month);
        now_.swap(next_);
    }
    Items sum() const {
        Items all = 0;
        for (const Items s : now_) all ^= s;
        return all;
    }

private:
    Items one(std::uint32_t i, std::uint32_t month) const {
        const Network& net = population_.network;
        const EstablishmentId e{i};
        Items c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0;
        for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot) {
            Items carry = now_[net.peer(slot)], t;
            t = c0 & carry;
            c0 ^= carry;
            carry = t;
            t = c1 & carry;
            c1 ^= carry;
            carry = t;
            t = c2 & carry;
            c2 ^= carry;
            carry = t;
            t = c3 & carry;
            c3 ^= carry;
            carry = t;
            c4 |= carry;
        }
        Items plane[8];
        for (std::uint32_t draw = 0; draw < 4; ++draw) {
            const Words w = philox({7, 0}, i, month, draw);
            plane[2 * draw] = Items{w[0]} | Items{w[1]} << 32;
            plane[2 * draw + 1] = Items{w[2]} | Items{w[3]} << 32;
        }
        const Items threshold[8] = {c4, c3, c2, c1, c0, 0, 0, 0};  // eight times the count
        Items below = 0, equal = ~Items{0}, decay = ~Items{0};
        for (int p = 0; p < 8; ++p) {
            below |= equal & threshold[p] & ~plane[p];
            equal &= ~(threshold[p] ^ plane[p]);
            if (p < 7) decay &= ~plane[p];
        }
        return (now_[i] | below) & ~(now_[i] & decay);
    }

    const Population& population_;
    std::vector<Items> now_, next_;
};

}  // namespace hubs
