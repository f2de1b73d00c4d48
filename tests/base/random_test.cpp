#include <bit>
#include "tests/catch.h"
#include <cmath>

#include "sim/base/arrivals.h"
#include "sim/base/lanes.h"

using namespace hubs;

TEST_CASE("Philox4x32-10 gives the published test vectors of Random123") {
    // Counter words are agent, moment, draw, replicate; the key is the seed.
    CHECK(philox({0, 0}, 0, 0, 0) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffffffffffffull, 0xffffffff}, 0xffffffff, 0xffffffff, 0xffffffff) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x299f31d0a4093822ull, 0x03707344}, 0x243f6a88, 0x85a308d3, 0x13198a2e) == Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("luck in blocks is the luck drawn one by one") {
    std::array<std::uint32_t, luck_block> agents{};
    for (std::uint32_t i = 0; i < agents.size(); ++i) agents[i] = i * 2654435761u;
    const Replicate replicate{0x123456789abcdefull, 17};
    for (const std::size_t count : {std::size_t{1}, std::size_t{7}, luck_block}) {
        BlockWords block{};
        philox_block(replicate, agents.data(), count, 99, 3, block);
        for (std::size_t i = 0; i < count; ++i) REQUIRE(philox(replicate, agents[i], 99, 3) == Words{block[0][i], block[1][i], block[2][i], block[3][i]});
    }
}

TEST_CASE("screening lanes changes nothing: each item alone decides") {
    const Luck luck({5, 0}, Month{3}, 77);
    for (const double p : {0.0001, 0.013, 0.02, 0.1, 0.37, 0.999}) {
        const std::uint64_t threshold = threshold38(p);
        std::uint64_t drawn = 0;
        for (std::uint32_t agent = 0; agent < 2000; ++agent) {
            const std::array<Words, plane_draws> planes{luck.words(agent, 0), luck.words(agent, 1), luck.words(agent, 2)};
            Items expected = 0;
            for (unsigned item = 0; item < 64; ++item)
                if (lane_uniform38(planes, luck, agent, item) < threshold) expected |= one_item(item);
            const Items found = draw_items_evenly(luck, agent, ~Items{0}, p);
            REQUIRE(found == expected);
            drawn += static_cast<std::uint64_t>(std::popcount(found));
        }
        const double n = 2000.0 * 64, sd = std::sqrt(n * p * (1 - p));
        CHECK(std::fabs(static_cast<double>(drawn) - n * p) < 4 * sd + 1);
    }
}

TEST_CASE("arrivals are Poisson, and more where the rate is higher") {
    for (const double x : {0.02, 0.7, 3.0, 7.9}) {
        std::array<double, 40> seen{};
        constexpr int n = 40000;
        for (int i = 0; i < n; ++i) {
            const std::uint32_t word = philox({4, 0}, static_cast<std::uint32_t>(i), 0, 0)[0];
            const unsigned k = arrivals(word, x);
            if (no_arrival(word, x)) REQUIRE(k == 0);
            REQUIRE(arrivals(word, x * 1.3) >= k);
            ++seen[std::min(k, 39u)];
        }
        double p = std::exp(-x);
        for (unsigned k = 0; k < 12; ++k) {
            INFO(x << ": " << k << " arrivals");
            CHECK(std::fabs(seen[k] - n * p) < 4 * std::sqrt(n * p * (1 - p)) + 1);
            p *= x / (k + 1);
        }
    }
}
