// Settings on the command line: what they change, what they refuse, and that a replay of results repeats them.
#include <cmath>

#include "analysis/base/files.h"
#include "analysis/base/table.h"
#include "analysis/study/run/settings.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string scenario =
    R"({"schema_version": 1, "name": "set", "population": {"areas": {"Lancashire": 40, "Cumbria": 30}}, "months": 12, "replicates": 4,
  "plans": [{"name": "none"}, {"name": "a/b", "waves": [{"start": "2018-09", "rule": "lottery", "members": 30}]}]})";

std::string refusal(const std::string& setting) {
    try {
        with_settings(scenario, {setting});
    } catch (const InputError& e) {
        return e.what();
    }
    return "taken";
}

}  // namespace

TEST_CASE("a setting goes where its path says, as number, word, list or yes and no") {
    CHECK(with_settings("{}", {}) == "{}");
    CHECK(with_settings("{}", {"months=24", "months=36", "posterior=none", "share_practice.talks_per_meeting=2",
                               "decision/rule=most"}) ==
          R"({
  "months": 36,
  "posterior": "none",
  "parameters": {
    "share_practice": {
      "talks_per_meeting": 2
    }
  },
  "decision": {
    "rule": "most"
  }
}
)");
    const std::string both = with_settings(R"({"plans": [{"name": "x"}, {"name": "a/b"}]})",
                                           {"plans/*/buddies=false", "plans/a/b/priority_benchmarks=[1, 5]"});
    CHECK(both == R"({
  "plans": [
    {
      "name": "x",
      "buddies": false
    },
    {
      "name": "a/b",
      "buddies": false,
      "priority_benchmarks": [
        1,
        5
      ]
    }
  ]
}
)");
}

TEST_CASE("what is no setting is refused with what it should be") {
    CHECK(refusal("months") == "--set months: expected path=value, as months=24");
    CHECK(refusal("=3") == "--set =3: expected path=value, as months=24");
    CHECK(refusal("plans/nonne/hub_size=3") == "--set plans/nonne/hub_size: no plan \"nonne\"; did you mean \"none\"?");
    CHECK(refusal("name.of=3") == "taken");  // the reader refuses an unknown process
    CHECK(refusal("months/of=3") == "--set: \"months\" of the scenario is not an object");
    const Folder here;
    write_text(here / "s.json", scenario);
    const auto run = [&](const std::string& set) {
        return program("run " + (here / "s.json") + " --set " + set + " -o " + (here / "out"));
    };
    const Ran unknown = run("\"plans/a/b/hub_sise=20\"");
    CHECK(unknown.code == 3);
    CHECK(unknown.said.find("did you mean \"hub_size\"?") != std::string::npos);
    CHECK(run("share_practice.talks_per_meeting=99").code == 3);
    CHECK(run("months=zwei").code == 3);
    CHECK(run("months").code == 3);
    CHECK_FALSE(fs::exists(here / "out"));
}

TEST_CASE(
    "a replay of results repeats what was run, overrides and settings included, and ends where replicates.csv says") {
    const Folder here;
    write_text(here / "s.json", scenario);
    REQUIRE(program("run " + (here / "s.json") +
                    " --seed 7 --months 9 --set share_practice.talks_per_meeting=1 --set plans/a/b/hub_size=15 -o " +
                    (here / "out"))
                .code == 0);
    REQUIRE(program("verify " + (here / "out")).code == 0);
    const auto rows = read_csv(text_of(here / "out/data/replicates.csv"));
    for (std::size_t r = 1; r < rows.size(); ++r) {
        const Ran ran = program("replay " + (here / "out") + " --plan " + rows[r][0] + " --replicate " + rows[r][1]);
        REQUIRE(ran.code == 0);
        const std::string last = ran.said.substr(ran.said.rfind('\n', ran.said.size() - 2) + 1);
        INFO(rows[r][0] << " " << rows[r][1] << ": " << last);
        CHECK(last.substr(0, 7) == "2019-05");
        CHECK(std::fabs(std::stod(last.substr(8)) - std::stod(rows[r][2])) < 0.0006);  // three decimals are printed
    }
    CHECK(program("replay " + (here / "out") + " --plan none --replicate 0 --set months=3").code == 3);
    // Settings equal a scenario that says the same.
    std::string said = scenario;
    said.replace(said.find("\"months\": 12"), 12,
                 "\"months\": 12, \"parameters\": {\"share_practice\": {\"talks_per_meeting\": 1}}");
    said.replace(said.find("\"name\": \"a/b\""), 13, "\"name\": \"a/b\", \"hub_size\": 15");
    write_text(here / "said.json", said);
    REQUIRE(program("run " + (here / "said.json") + " --seed 7 --months 9 -o " + (here / "same")).code == 0);
    CHECK(text_of(here / "out/data/replicates.csv") == text_of(here / "same/data/replicates.csv"));
}
