// Inputs that used to be accepted without a word, or to take for ever.
#include "analysis/results/published_check.h"
#include "sim/run/messages.h"
#include "sim/run/names.h"
#include "tests/program.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

std::string scenario(const std::string& more, const std::string& plans = R"([{"name": "a"}, {"name": "b"}])") {
    return R"({"schema_version": 1, "name": "try", "months": 12, "replicates": 2, )" + more + R"("plans": )" + plans +
           "}";
}
std::string report_of_text(const std::string& text) { return read_study_text("s.json", text, {}).report; }

/// Problems that only the results know of.
std::string published_report(const std::string& published) {
    const StudyRead read = read_study_text("s.json", scenario("\"published\": [" + published + "], "), {});
    REQUIRE(read.study);
    const Problems problems = check_published(*read.study);
    return problems.empty() ? "" : report_of(problems, read.study->inputs.front().text, "Nothing was run.");
}

}  // namespace

TEST_CASE("names of scenarios and plans: what would be a path, a formula, unseen or the same to a reader is refused") {
    for (const std::string name : {"../../../../evil", "a/b", "a\\\\b", "line\\nbreak", "turn\\u202eed", "-rf",
                                   ".hidden", "", " ", "blank ", "nul", "Con.txt", "\\u0000", "e\\u0301"}) {
        INFO(name);
        const std::string text = R"({"schema_version": 1, "name": ")" + name + R"(", "plans": [{"name": "a"}]})";
        CHECK_FALSE(read_study_text("s.json", text, {}).study);
    }
    CHECK_FALSE(read_study_text(
                    "s.json",
                    R"({"schema_version": 1, "name": ")" + std::string(5000, 'x') + R"(", "plans": [{"name": "a"}]})",
                    {})
                    .study);
    for (const std::string name : {"Wave 1 only", "pilot-2018", "a.b_c"})
        CHECK(read_study_text("s.json", R"({"schema_version": 1, "name": ")" + name + R"(", "plans": [{"name": "a"}]})",
                              {})
                  .study);
    for (const std::string& second : std::vector<std::string>{"Plan", "PLAN", "plan ", " plan", "pl\\u200ban", "=plan",
                                                              "", "   ", "\\u0000", std::string(300, 'p')}) {
        INFO(second);
        CHECK_FALSE(
            read_study_text("s.json", scenario("", R"([{"name": "plan"}, {"name": ")" + second + R"("}])"), {}).study);
    }
    CHECK(read_study_text("s.json", scenario("", R"([{"name": "plan"}, {"name": "Café £, 1st"}])"), {}).study);
    CHECK(look_alike("École", "école"));
    CHECK_FALSE(look_alike("Ecole", "École"));
    CHECK(cleaned_label("=-+@ \t Oak\u200b  School\x01 ") == "Oak School");
}

TEST_CASE("published figures that the results will not hold are refused before anything runs") {
    const std::string good =
        R"({"target": "S002", "plan": "a", "grouping": "status", "group": "hub", "measure": "gain_reported", "date": "2019-07"})";
    const auto with = [&](const std::string& from, const std::string& to) {
        return published_report(replaced(good, from, to));
    };
    CHECK(published_report(good) == "");
    CHECK(with("S002", "S999").find("unknown target \"S999\"") != std::string::npos);
    CHECK(with("\"status\"", "\"stata\"").find("did you mean \"status\"?") != std::string::npos);
    CHECK(with("\"hub\"", "\"hubs\"").find("unknown group \"hubs\"") != std::string::npos);
    CHECK(with("gain_reported", "gain_reporte").find("unknown measure") != std::string::npos);
    CHECK(with("2019-07", "2031-01").find("unknown date \"2031-01\"") != std::string::npos);
    CHECK(with("\"plan\"", "\"part\": 7, \"plan\"").find("unknown part \"7\"") != std::string::npos);
    const Folder here;
    write_text(here / "s.json", scenario("\"published\": [" + replaced(good, "S002", "S999") + "], "));
    CHECK(program("check " + (here / "s.json")).code == 3);
    const Ran ran = program("run " + (here / "s.json") + " -o " + (here / "out"));
    CHECK(ran.code == 3);
    CHECK(ran.said.find("s.json:1:") != std::string::npos);
    CHECK_FALSE(fs::exists(here / "out"));
}

TEST_CASE("waves say how many they asked for and how many they found, in check, run and report") {
    const Folder here;
    write_text(
        here / "s.json",
        R"({"schema_version": 1, "name": "waves", "months": 4, "replicates": 2, "population": {"areas": {"Lancashire": 60}}, "plans": [
      {"name": "none"}, {"name": "twice", "waves": [{"start": "2018-09", "rule": "by_area", "areas": {"Lancashire": 60}},
      {"start": "2018-10", "rule": "lottery", "members": 60}, {"start": "2018-11", "rule": "lottery", "members": 5, "at_most_benchmarks": 0}]}]})");
    const Ran check = program("check " + (here / "s.json"));
    INFO(check.said);
    CHECK(check.code == 0);
    CHECK(check.said.find("wave 1, 2018-09, by_area: 60 asked for, 60 placed") != std::string::npos);
    CHECK(check.said.find("warning: plan \"twice\", wave 2 (2018-10, lottery): 60 asked for, nobody placed") !=
          std::string::npos);
    CHECK(check.said.find("warning: plan \"twice\", wave 3 (2018-11, lottery): 5 asked for, nobody placed") !=
          std::string::npos);
    const Ran run = program("run " + (here / "s.json") + " -o " + (here / "out"));
    REQUIRE(run.code == 0);
    CHECK(run.said.find("warning: plan \"twice\", wave 2 (2018-10, lottery): 60 asked for, nobody placed") !=
          std::string::npos);
    CHECK(text_of(here / "out/data/waves.csv")
              .find("twice,1,2018-09,by_area,form_hubs,,60,60,60,60\ntwice,2,2018-10,lottery,form_hubs,,60,0,0,0\n") !=
          std::string::npos);
    CHECK(text_of(here / "out/report.html").find("2 of 3 waves found fewer members than asked for") !=
          std::string::npos);
}

TEST_CASE("levers that do nothing, and waves that find no hub, are told before anything runs") {
    const Folder here;
    write_text(
        here / "s.json",
        R"({"schema_version": 1, "name": "idle", "months": 6, "population": {"areas": {"Lancashire": 60, "Cumbria": 30}}, "plans": [
      {"name": "none"},
      {"name": "idle", "lead_schools_per_hub": 0, "lead_allowance_gbp": 5000, "wallet_gbp": 0, "priority_benchmarks": [1], "steering_alignment": 0, "steering_authorities": 0,
       "advisers_per_school": 2, "adviser_coverage": 0, "training_places": 0, "hub_size": 10, "format": "clusters_by_place", "waves": [
        {"start": "2018-09", "rule": "by_area", "areas": {"Lancashire": 20}},
        {"start": "2018-10", "action": "join_hubs", "rule": "by_area", "areas": {"Lancashire": 10, "Cumbria": 5}},
        {"start": "2018-11", "action": "merge_hubs", "areas": ["Lancashire"]},
        {"start": "2018-12", "action": "close_hubs", "areas": ["Cumbria"]}]},
      {"name": "all lead", "like": "idle", "hub_size": 5, "lead_schools_per_hub": 5, "format": "whole_hub", "waves": [{"start": "2018-09", "action": "close_hubs", "areas": ["Cumbria"]}]}]})");
    const Ran check = program("check " + (here / "s.json"));
    CHECK(check.code == 0);
    std::string warnings;
    for (std::size_t at = check.said.find("warning: "); at != std::string::npos;
         at = check.said.find("warning: ", at + 1))
        warnings += check.said.substr(at, check.said.find('\n', at) + 1 - at);
    CHECK(
        warnings ==
        "warning: plan \"idle\", wave 2 (2018-10): no earlier wave forms a hub in Cumbria, so its members will form one\n"
        "warning: plan \"idle\": lead_allowance_gbp does nothing while lead_schools_per_hub is 0\n"
        "warning: plan \"idle\": wallet_share does nothing while wallet_gbp is 0\n"
        "warning: plan \"idle\": training_share does nothing while training_places is 0\n"
        "warning: plan \"idle\": advisers_per_school does nothing while adviser_coverage is 0\n"
        "warning: plan \"idle\": priority_benchmarks do nothing while steering_alignment is 0\n"
        "warning: plan \"idle\": priority_benchmarks do nothing while steering_authorities is 0\n"
        "warning: plan \"idle\": cluster_size is more than hub_size, so each hub is one cluster\n"
        "warning: plan \"all lead\", wave 1 (2018-09): no earlier wave forms a hub in Cumbria, so nothing will happen there\n"
        "warning: plan \"all lead\": wallet_share does nothing while wallet_gbp is 0\n"
        "warning: plan \"all lead\": training_share does nothing while training_places is 0\n"
        "warning: plan \"all lead\": lead_schools_per_hub is no less than hub_size, so every member of a hub would be a Lead "
        "School and serve nobody\n"
        "warning: plan \"all lead\": advisers_per_school does nothing while adviser_coverage is 0\n"
        "warning: plan \"all lead\": priority_benchmarks do nothing while steering_alignment is 0\n"
        "warning: plan \"all lead\": priority_benchmarks do nothing while steering_authorities is 0\n");
    const Ran run = program("run " + (here / "s.json") + " --replicates 2 -o " + (here / "out"));
    CHECK(run.code == 0);
    CHECK(
        text_of(here / "out/report.html")
            .find(
                "15 into hubs there are from October 2018, by area; hubs merge in Lancashire in November 2018; hubs close in Cumbria in "
                "December 2018") != std::string::npos);
}

TEST_CASE(
    "contradictions in a scenario are told: an absent school that is not there, a population that is neither or both") {
    CHECK(
        report_of_text(scenario("", R"([{"name": "a", "absences": [{"establishment": 999999, "month": "2018-10"}]}])"))
            .find("no establishment 999999 in the population") != std::string::npos);
    CHECK(report_of_text(scenario(R"("population": {"synthetic": false}, )"))
              .find("neither a synthetic population nor a file") != std::string::npos);
    CHECK(report_of_text(scenario(R"("population": {"synthetic": true, "file": "x.json"}, )"))
              .find("a synthetic population and a file") != std::string::npos);
    CHECK(report_of_text(scenario(R"("framework": "/nowhere/framework.json", )"))
              .find("/nowhere/framework.json: cannot be read") == 0);
}

TEST_CASE("many of anything: keys, unknown areas, plans") {
    std::string keys, areas, plans;
    for (int i = 0; i < 200000; ++i) keys += "\"key" + std::to_string(i) + "\": 1, ";
    const std::string told = report_of_text(scenario(keys));
    CHECK(told.find("200000 problems. Nothing was run.") != std::string::npos);
    CHECK(told.find("and 199900 more") != std::string::npos);
    for (int i = 0; i < 20000; ++i) areas += (i == 0 ? "" : ", ") + ("\"Area number " + std::to_string(i) + "\": 5");
    CHECK(report_of_text(scenario("", R"([{"name": "a", "waves": [{"start": "2018-09", "rule": "by_area", "areas": {)" +
                                          areas + "}}]}]"))
              .find("20000 problems.") != std::string::npos);
    for (int i = 0; i < 400; ++i) plans += (i == 0 ? "[" : ", ") + ("{\"name\": \"plan " + std::to_string(i) + "\"}");
    const Folder here;
    write_text(here / "s.json", replaced(scenario("", plans + "]"), "\"months\": 12", "\"months\": 2"));
    const Ran check = program("check " + (here / "s.json"));
    CHECK(check.code == 0);
    CHECK(check.said.find("400 plans") != std::string::npos);
    CHECK(check.said.find("about 0 s") == std::string::npos);
    CHECK(program("check " + source + "/scenarios/smoke.json").said.find("2 plans") != std::string::npos);
}

TEST_CASE("a column that follows from another is named the same by every estimator") {
    const Folder here;
    std::string table = "hub,before,after,fsm,pupils,rural\n";
    std::uint32_t luck = 12345;
    const auto below = [&](std::uint32_t n) {
        return std::to_string((luck = luck * 1664525u + 1013904223u) % 65536u * n / 65536u);
    };
    for (int i = 0; i < 60; ++i) {
        const std::string fsm = std::to_string(3 + std::stoi(below(58)));
        table += std::to_string(i % 2) + "," + below(9) + "," + below(9) + "," + fsm + "," +
                 std::to_string(2 * std::stoi(fsm)) + "," + below(2) + "\n";
    }
    write_text(here / "t.csv", table);
    const Ran ran = program("estimate " + (here / "t.csv") +
                            " --outcome after --treated hub --before before --covariates fsm,pupils,rural");
    INFO(ran.said);
    CHECK(ran.said.find("\"pupils\" follows from other covariates") != std::string::npos);
    CHECK(ran.said.find("\"benchmarks before\" follows") == std::string::npos);
    CHECK(ran.said.find("\"fsm\" follows") == std::string::npos);
}

TEST_CASE("a pack for quality assurance shows names as they are, and runs nothing of them") {
    const Folder here;
    write_text(
        here / "s.json",
        scenario(
            "",
            R"~([{"name": "a"}, {"name": "<img src=x onerror=alert(1)> [b](http://c) | `d`", "description": "<script>alert(1)</script>"}])~"));
    REQUIRE(program("run " + (here / "s.json") + " --months 1 --replicates 1 -o " + (here / "out")).code == 0);
    REQUIRE(program("qa-pack " + (here / "out") + " -o " + (here / "pack")).code == 0);
    for (const auto& [name, text] : everything_in(here / "pack")) {
        INFO(name);
        CHECK(text.find("<img") == std::string::npos);
        CHECK(text.find("<script") == std::string::npos);
    }
    CHECK(text_of(here / "pack/01-specification.md")
              .find("&lt;img src=x onerror=alert(1)&gt; \\[b\\](http://c) \\| \\`d\\`") != std::string::npos);
}

TEST_CASE("areas without employers are named before anything runs") {
    const Folder here;
    write_text(here / "t.csv",
               "urn,name,type,region,area,pupils,easting,northing\n100001,A,mainstream,North,Big,900,400000,300000\n"
               "100002,B,special,South,Small,60,500000,200000\n100003,C,special,South,Smaller,50,510000,200000\n");
    REQUIRE(program("import table " + (here / "t.csv") + " -o " + (here / "p.json")).code == 0);
    write_text(
        here / "s.json",
        R"({"schema_version": 1, "name": "s", "months": 6, "population": {"file": "p.json"}, "plans": [{"name": "none"}]})");
    const Ran check = program("check " + (here / "s.json"));
    CHECK(check.code == 0);
    CHECK(check.said.find(
              "warning: 2 areas have no employers (Small, Smaller): schools there have what they find alone, and no "
              "Enterprise Adviser is found\n") != std::string::npos);
}
