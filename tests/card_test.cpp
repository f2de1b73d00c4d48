// What a graphics card does, on a processor that stands in for one: the same rows, in a shuffled order.
#include <cstdlib>
#include <fstream>
#include <regex>

#include "analysis/sweep/plan.h"
#include "sim/card/card.h"
#include "sim/card/run.h"
#include "sim/card/stand_in.h"
#include "sim/run/ensemble.h"
#include "tests/program.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

Study study_of(const char* file, const Overrides& overrides = {}) {
    StudyRead read = read_study(std::string(HUBSIM_SOURCE "/scenarios/") + file, overrides);
    REQUIRE(read.study);
    return std::move(*read.study);
}

std::string kept_for_smoke() {
    std::string kept = text_of(HUBSIM_SOURCE "/tests/golden/smoke.txt");
    kept.erase(std::remove(kept.begin(), kept.end(), '\n'), kept.end());
    return kept;
}

std::string text_of(const Observations& seen) {
    Fingerprint f;
    seen.add_to(f);
    return f.text();
}

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

/// Runs smoke on a device and gathers what was told.
struct OnDevice {
    std::vector<std::string> told;
    Ensemble ensemble;

    OnDevice(const Study& study, std::unique_ptr<card::Machine> machine) {
        Device device(std::move(machine), [&](const std::string& what) { told.push_back(what); });
        RunOptions options;
        options.device = &device;
        ensemble = run_ensemble(study, options, "smoke.json");
    }
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
    small.scenario.plans = {quiet, small.scenario.plans[0], clusters};
    Scenario other = small.scenario;  // another replicate's parameters
    Schedule::of<SharePractice>(other.parameters).rule = SharingRule::capacity;
    Schedule::of<ImproveProvision>(other.parameters).hub_lift = 0.5;
    const Groups groups = groups_of(small.population);
    const World starts[] = {small.start({7, 0}), small.start({7, 1})};
    std::vector<card::Job> jobs;
    for (std::uint32_t r = 0; r < 2; ++r)
        for (std::size_t p = 0; p < 3; ++p)
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
        CHECK(there.ensemble.what_ifs.each[i].level == here.what_ifs.each[i].level);
    CHECK(there.ensemble.other_rules.front().level == here.other_rules.front().level);
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

TEST_CASE("a driver's failures are told in its words, and the runs go on") {
    const Study study = study_of("smoke.json");
    setenv("HUBSIM_CARD_DRIVER", HUBSIM_FAKE_DRIVER, 1);
    const auto failure = [](const char* fails) -> std::string {
        setenv("HUBSIM_FAKE_CARD", fails, 1);
        try {
            card::Card machine("code");
            machine.allocate(1);
        } catch (const card::CardFailure& e) {
            return e.what();
        }
        return "none";
    };
    CHECK(failure("cards") == "the driver finds no card");
    CHECK(failure("code") == "compiling the model's code failed on the card: invalid code (218)");
    CHECK(failure("memory") == "asking for memory failed on the card: out of memory (2)");
    CHECK(failure("") == "none");
    setenv("HUBSIM_FAKE_CARD", "launch:100", 1);
    const OnDevice run(study, std::make_unique<card::Card>("code"));
    CHECK(run.ensemble.fingerprint().text() == kept_for_smoke());
    CHECK(
        run.told ==
        std::vector<std::string>{
            "a process of the model failed on the card: the card was lost (719); the runs go on on the processor, and nothing is lost"});
    unsetenv("HUBSIM_FAKE_CARD");
    unsetenv("HUBSIM_CARD_DRIVER");
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

TEST_CASE("no card: --device card says why and writes nothing, --device auto uses the processor") {
    const fs::path folder = fs::temp_directory_path() / ("hubsim-no-card-" + std::to_string(getpid()));
    const std::string run = " " HUBSIM_PROGRAM " run " HUBSIM_SOURCE "/scenarios/smoke.json --replicates 1 -o " +
                            folder.string() + " --device ";
    const std::string none = folder.string() + "-no-such-driver.so";
    const Ran missing = shell("HUBSIM_CARD_DRIVER=" + none + run + "card");
    CHECK(missing.code == 6);
    CHECK(missing.said == "there is no driver for a graphics card (" + none +
                              " was not found or is no library).\nNothing was written.\n");
    const Ran other = shell("HUBSIM_CARD_DRIVER=libm.so.6" + run + "card");
    CHECK(other.code == 6);
    CHECK(other.said ==
          "libm.so.6 is not the driver of a graphics card, or is too old: it has no cuInit.\nNothing was written.\n");
    CHECK_FALSE(fs::exists(folder));
    CHECK(shell("HUBSIM_CARD_DRIVER=" + none + run + "gpu").code == 2);
    CHECK(shell("HUBSIM_CARD_DRIVER=" + none + run + "auto").code == 0);
    CHECK(fs::exists(folder / "report.html"));
    fs::remove_all(folder);
    const Ran devices = shell("HUBSIM_CARD_DRIVER=" + none + " " HUBSIM_PROGRAM " devices");
    CHECK(devices.code == 0);
    CHECK(devices.said.find("No card: there is no driver for a graphics card") == 0);
}

TEST_CASE("a vector is three pointers, as images of worlds take it") {
    std::vector<std::uint32_t> values{5, 6, 7};
    values.reserve(10);
    std::uint64_t words[3];
    static_assert(sizeof(values) == sizeof(words));
    std::memcpy(words, &values, sizeof words);
    CHECK(words[0] == reinterpret_cast<std::uint64_t>(values.data()));
    CHECK(words[1] == reinterpret_cast<std::uint64_t>(values.data() + 3));
    CHECK(words[2] == reinterpret_cast<std::uint64_t>(values.data() + values.capacity()));
}

#ifdef HUBSIM_CARD_CODE
TEST_CASE("the code for a card has an entry point for every process and pass, and rounds as the processor does") {
    const std::string code = test::text_of(HUBSIM_CARD_CODE);
    auto expected = card::entry_points();
    expected.push_back({card::begin_name, card::first_name});
    std::size_t count = 0;
    for (const auto& names : expected)
        for (const std::string& name : names) {
            INFO(name);
            CHECK(code.find(".visible .entry " + name + "(") != std::string::npos);
            ++count;
        }
    std::size_t entries = 0;
    for (std::size_t at = 0; (at = code.find(".entry ", at)) != std::string::npos; ++at) ++entries;
    CHECK(entries == count);
    CHECK_FALSE(std::regex_search(code, std::regex("(fma|approx|ftz)\\.")));  // fused, approximate, or flushed to zero
    CHECK(code.find(".extern .func") == std::string::npos);
}
#endif
