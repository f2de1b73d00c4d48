// What a graphics card does, on a processor that stands in for one: the same rows, in a shuffled order.
#include "analysis/study/sweep/sweep_plan.h"
#include "sim/card/run.h"
#include "sim/run/parameter_path.h"
#include "tests/card_support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

/// A stand-in that is lost at a month.
class Lost : public card::StandIn {
public:
    explicit Lost(unsigned months) : StandIn(1), left_(months) {}
    void step(const card::Worlds& worlds, Month month, const Schedule::Switches& switches) override {
        if (left_-- == 0) throw card::CardFailure("the card was lost");
        StandIn::step(worlds, month, switches);
    }

private:
    unsigned left_;
};

}  // namespace

TEST_CASE("rows of all worlds in any order give the fingerprints of the ordinary step") {
    Small small(300, 26);
    Plan quiet;
    quiet.name = "nobody";
    Plan clusters = busy_plan();
    clusters.name = "by type";
    clusters.format = Format::clusters_by_type;
    clusters.absences = {{small.population.establishments.address[EstablishmentId{3}], 2}};
    clusters.waves[1].rule = Allocation::as_listed;
    for (std::uint32_t i = 0; i < 12; ++i)
        clusters.waves[1].addresses.push_back(small.population.establishments.address[EstablishmentId{i}]);
    std::sort(clusters.waves[1].addresses.begin(), clusters.waves[1].addresses.end());
    Plan restless = busy_plan();  // forty join, leave, and join other hubs
    restless.name = "restless";
    restless.meetings_per_year = 11;
    Wave listed, leaving, again;
    listed.rule = leaving.rule = Allocation::as_listed;
    leaving.action = WaveAction::leave;
    leaving.month = 4;
    again.month = 6;
    again.rule = Allocation::volunteers;
    again.members = 250;
    Plan lonely;  // everybody in a hub of its own: as many hubs as can be
    lonely.name = "lonely";
    for (std::uint32_t i = 0; i < small.population.establishments.count(); ++i) {
        Wave one;
        one.month = static_cast<std::uint16_t>(i % 20);
        one.rule = Allocation::as_listed;
        one.addresses = {small.population.establishments.address[EstablishmentId{i}]};
        lonely.waves.push_back(one);
        if (i < 40) listed.addresses.push_back(one.addresses.front());
    }
    std::sort(listed.addresses.begin(), listed.addresses.end());
    leaving.addresses = listed.addresses;
    Wave grow = again, merge, close;  // and hubs grow, become one, and close
    grow.month = 7;
    grow.action = WaveAction::join_hubs;
    grow.members = 20;
    merge.month = 8;
    merge.action = WaveAction::merge_hubs;
    merge.areas = {{0, 0}};
    close.month = 9;
    close.action = WaveAction::close_hubs;
    close.areas = {{0, 0}};
    restless.waves = {listed, leaving, again, grow, merge, close};
    small.scenario.plans = {quiet, small.scenario.plans[0], clusters, restless, lonely};
    Scenario other = small.scenario;  // another replicate's parameters
    Schedule::of<SharePractice>(other.parameters).rule = SharingRule::capacity;
    Schedule::of<ImproveProvision>(other.parameters).hub_lift = 0.5;
    const Groups groups = groups_of(small.population);
    const World starts[] = {small.start({7, 0}), small.start({7, 1})};
    std::vector<card::Job> jobs;
    for (std::uint32_t r = 0; r < 2; ++r)
        for (std::size_t p = 0; p < 5; ++p)
            jobs.push_back({&starts[r], r == 0 ? &small.scenario : &other, p, {7, r}, &groups, 12, card::Wanted::all});
    const auto in_turn = [](std::uint32_t n, const std::function<void(std::uint32_t)>& one) {
        for (std::uint32_t i = 0; i < n; ++i) one(i);
    };
    for (const std::uint64_t order : {1u, 2u, 3u}) {
        card::StandIn machine(order);
        const card::Given given(machine, small.population, small.framework_, groups);
        std::size_t taken = 0;
        card::run_jobs(
            machine, given, jobs, 4, in_turn, [] {},
            [&](std::size_t j, card::Left&& left) {
                const card::Job& job = jobs[j];
                const Plan& plan = job.scenario->plans[job.plan];
                Watch watch;
                watch.prepare(groups, job.scenario->months);
                World world = simulate(*job.start, *job.scenario, plan, job.replicate, &watch);
                INFO("order " << order << ", job " << j);
                CHECK(columns_of(left.world) == columns_of(world));
                CHECK(text_of(left.seen) == text_of(watch.seen));
                CHECK(left.seen.placed == watch.seen.placed);
                ++taken;
            });
        CHECK(taken == jobs.size());
    }
}

TEST_CASE("a run on a card has the fingerprint of one on the processor, in one batch or in many") {
    const Study study = study_of("smoke.json");
    const std::size_t memory_for_some = std::size_t{24} << 20;
    for (const std::size_t memory : {std::size_t{1} << 34, memory_for_some}) {
        const OnDevice run(study, std::make_unique<card::StandIn>(4, memory));
        CHECK(run.ensemble.fingerprint().text() == kept_for_smoke());
        CHECK(run.told.empty());
    }
}

TEST_CASE("what would change the answer is the same from a card") {
    Overrides overrides;
    overrides.replicates = 20;
    overrides.months = 13;
    const Study study = study_of("smoke.json", overrides);
    const OnDevice there(study, std::make_unique<card::StandIn>(4));
    const Ensemble here = run_ensemble(study, {}, "smoke.json");
    REQUIRE(here.what_ifs.each.size() > 50);
    REQUIRE(there.ensemble.what_ifs.each.size() == here.what_ifs.each.size());
    for (std::size_t i = 0; i < here.what_ifs.each.size(); ++i)
        CHECK(there.ensemble.what_ifs.each[i].at == here.what_ifs.each[i].at);
    CHECK(there.ensemble.other_rules.front().level == here.other_rules.front().level);
}

TEST_CASE("what is seen of a run comes back without its world, with the full tallies that were asked for") {
    const Study study = study_of("smoke.json");
    const Groups groups = groups_of(study.population);
    const auto seen_on = [&](Device* device) {
        const Doing doing{study.population, study.framework, groups, device, nullptr};
        const auto make = [&](std::size_t r) {
            const auto number = static_cast<std::uint32_t>(r);
            return Twins{
                scenario_of(study.scenario, number), {study.scenario.seed, number}, {1, 0}, card::Wanted::seen, 5};
        };
        std::vector<std::string> out(4);
        const auto take = [&](std::size_t i, std::size_t k, RunEnd&& end) {
            end.seen.final_state = {};
            out[2 * i + k] = text_of(end.seen);
        };
        run_twins(2, doing, make, take, [](const RunError& e) { FAIL(e.what()); });
        return out;
    };
    Device device(std::make_unique<card::StandIn>(4), {});
    CHECK(seen_on(&device) == seen_on(nullptr));
}

TEST_CASE("nothing to run on a card is nothing") {
    const Study study = study_of("smoke.json");
    const Groups groups = groups_of(study.population);
    Device device(std::make_unique<card::StandIn>(4), {});
    const Doing doing{study.population, study.framework, groups, &device, nullptr};
    bool called = false;
    run_twins(
        0, doing, [&](std::size_t) { return called = true, Twins{}; },
        [&](std::size_t, std::size_t, RunEnd&&) { called = true; }, [&](const RunError&) { called = true; });
    CHECK_FALSE(called);
}

TEST_CASE("a card that is lost, or too small for one world, is told and nothing is lost") {
    const Study study = study_of("smoke.json");
    const std::string closing = "; the runs go on on the processor, and nothing is lost";
    for (const unsigned months : {0u, 7u, 23u}) {
        const OnDevice run(study, std::make_unique<Lost>(months));
        CHECK(run.ensemble.fingerprint().text() == kept_for_smoke());
        CHECK(run.told == std::vector<std::string>{"the card was lost" + closing});
    }
    const OnDevice small(study, std::make_unique<card::StandIn>(4, std::size_t{3} << 20));
    CHECK(small.ensemble.fingerprint().text() == kept_for_smoke());
    REQUIRE(small.told.size() == 1);
    CHECK(small.told[0].find("the card has too little memory") == 0);
}

TEST_CASE("runs of a sweep on a card are the lines of the same runs one by one") {
    const SweepRead read = read_sweep(HUBSIM_SOURCE "/scenarios/sensitivity-smoke.json");
    REQUIRE(read.sweep);
    const fs::path folder = fs::temp_directory_path() / ("hubsim-card-sweep-" + std::to_string(getpid()));
    const SweepPlan plan = lay_down(*read.sweep, folder.string());
    Device device(std::make_unique<card::StandIn>(9), {});
    const std::vector<std::size_t> runs{0, 1, 5, 6, 11};
    const std::vector<std::string> lines = run_lines(plan, runs, device, nullptr);
    REQUIRE(lines.size() == runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) CHECK(lines[i] == run_line(plan, runs[i]));
    fs::remove_all(folder);
}
