#include "tests/reference_model.h"

#include "tests/catch.h"

using namespace hubs;
using namespace hubs::test;

TEST_CASE("the slow plain twin agrees exactly, month by month, under each sharing rule") {
    for (const SharingRule rule : {SharingRule::simple, SharingRule::threshold, SharingRule::capacity}) {
        Small small(500, 30);
        Schedule::of<SharePractice>(small.scenario.parameters).rule = rule;
        small.scenario.plans[0].host_rotates = rule != SharingRule::threshold;
        if (rule != SharingRule::simple) {  // hubs grow, merge and close
            Wave grow, merge, close;
            grow.month = 9;
            grow.action = WaveAction::join_hubs;
            grow.rule = Allocation::volunteers;
            grow.members = 40;
            merge.month = 12;
            merge.action = WaveAction::merge_hubs;
            close.month = 20;
            close.action = WaveAction::close_hubs;
            close.areas = merge.areas = {{0, 0}};
            for (const Wave& wave : {grow, merge, close}) small.scenario.plans[0].waves.push_back(wave);
        }
        if (rule == SharingRule::capacity) small.scenario.plans[0].broadcast = 0;
        for (std::uint32_t r = 0; r < 2; ++r) {
            const Replicate replicate{2024, r};
            World fast = small.start(replicate);
            fast.plan = &small.scenario.plans[0];
            World slow = fast;
            reserve_room(fast);
            reserve_room(slow);
            ReferenceModel plain(small.scenario, replicate);
            for (std::uint16_t m = 0; m < small.scenario.months; ++m) {
                Schedule::step(Month{m}, replicate, fast, small.scenario.parameters);
                plain.step(Month{m}, slow);
                INFO("rule " << sharing_rule_words[static_cast<std::size_t>(rule)] << ", replicate " << r << ", month " << m);
                const auto a = columns_of(fast), b = columns_of(slow);
                for (const auto& [column, hash] : a) {
                    INFO(column);
                    REQUIRE(b.at(column) == hash);
                }
            }
        }
    }
}
