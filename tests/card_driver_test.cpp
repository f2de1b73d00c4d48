// A card's driver and its code: what goes wrong is told in words, and the code is what the model needs.
#include <cstdlib>
#include <regex>

#include "sim/card/card.h"
#include "tests/card_support.h"

using namespace hubs;
using namespace hubs::test;

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
