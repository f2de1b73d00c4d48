// Inputs that once gave a wrong or unhelpful answer (tests/cases), and what is right.
#include <nlohmann/json.hpp>

#include "analysis/base/words.h"
#include "tests/program.h"

using namespace hubs::test;
using nlohmann::json;

namespace {

const std::string cases = source + "/tests/cases/";

Ran estimate(const std::string& file, const std::string& options) {
    return program("estimate " + cases + file + " --outcome after --treated hub " + options);
}

json answer(const std::string& file, const std::string& options, const std::string& id) {
    const Ran ran = estimate(file, options + " --json");
    INFO(ran.said);
    REQUIRE(ran.code == 0);
    const json out = json::parse(ran.said);
    for (const json& a : out.at("estimates"))
        if (a.at("id") == id) return a;
    FAIL("no answer " << id);
    return {};
}

bool near(const json& found, double expected, double tolerance) {
    return std::fabs(found.get<double>() - expected) <= tolerance;
}

/// A line of what was said that begins so.
std::string line_with(const Ran& ran, const std::string& words) {
    const auto at = ran.said.find(words);
    return at == std::string::npos ? "" : ran.said.substr(at, ran.said.find('\n', at) - at);
}

}  // namespace

TEST_CASE("case 01: bias adjustment drops by name what is constant among the matched, and coding changes nothing") {
    const std::string band = "--before before --covariates band", rural = "--before before --covariates rural";
    CHECK(near(answer("01-bias-adjusted/exact_effect_one.csv", band, "nearest_neighbour_adjusted").at("estimate"), 1,
               1e-12));
    CHECK(near(answer("01-bias-adjusted/constant_outcome.csv", band, "nearest_neighbour_adjusted").at("estimate"), 0,
               1e-12));
    for (const std::string coded : {"const01", "const12", "const9_10"}) {
        const json a = answer("01-bias-adjusted/" + coded + ".csv", rural, "nearest_neighbour_adjusted");
        CHECK(near(a.at("estimate"), 1.1515, 5e-5));
        CHECK(a.at("notes").at(0) == "not adjusted for \"rural\": the same in all matched controls");
    }
    CHECK(answer("01-bias-adjusted/tiny.csv", "--before before --covariates x", "nearest_neighbour_adjusted")
              .at("refused") == "Bias adjustment by 1 covariate needs more than 2 matched rows.");
}

TEST_CASE("case 02: rows in another order give the same to the last digit printed") {
    const std::string options = "--before before --covariates a,b,c";
    const Ran up = estimate("02-row-order/as_sorted_up.csv", options),
              down = estimate("02-row-order/as_sorted_down.csv", options);
    CHECK(up.code == 0);
    CHECK(up.said == down.said);
}

TEST_CASE("case 05: weighting by cluster is clubSandwich's, and matching says that it is not by cluster") {
    const std::string file = "05-weighted-clusters/s600.csv",
                      options = "--before before --covariates urban,fsm,pupils,sixth,ofsted --clusters area";
    const json w = answer(file, options, "weighting"),
               c = answer("05-weighted-clusters/cl.csv", "--before before --covariates x --clusters two", "weighting");
    CHECK(near(w.at("standard_error"), 0.24883, 5e-6));
    CHECK(near(w.at("degrees_of_freedom"), 12.91, 5e-3));
    CHECK(near(c.at("standard_error"), 0.28977, 5e-6));
    CHECK(near(c.at("degrees_of_freedom"), 2.55, 5e-3));
    for (const char* id : {"nearest_neighbour", "nearest_neighbour_adjusted", "propensity"})
        CHECK(answer(file, options, id).at("errors").get<std::string>().ends_with(", not by cluster"));
    CHECK(answer(file, options, "doubly_robust").at("errors") == "by cluster");
}

TEST_CASE("case 08: codes for missing values, words for yes and no, and words as covariates are read, and said") {
    const std::string options = "--before before --covariates fsm";
    const Ran na = estimate("08-missing-codes/na.csv", options);
    CHECK(na.code == 3);
    CHECK(na.said ==
          "Too few rows: 3 treated and 1 control; every estimator needs at least two of each.\n"
          "  left out  3 rows: \"fsm\" is missing\n");
    CHECK(estimate("08-missing-codes/m.csv", options).said.find("  left out       1  \"fsm\" is missing\n") !=
          std::string::npos);
    const Ran flood = estimate("08-missing-codes/flood.csv", options);
    CHECK(flood.said ==
          "Too few rows: 0 treated and 0 controls; every estimator needs at least two of each.\n"
          "  left out  3000 rows: \"fsm\" is missing\n");
    for (const std::string file : {"yesno", "tf"}) {
        const Ran ran = estimate("08-missing-codes/" + file + ".csv", options);
        CHECK(ran.code == 0);
        CHECK(line_with(ran, "6 rows read") == "6 rows read; 3 treated and 3 controls used");
        CHECK(line_with(ran, "read as") == "read as   \"hub\" is 1 for yes (or true) and 0 for no (or false)");
    }
    const Ran words = estimate("08-missing-codes/factor.csv", "--before before --covariates region,fsm");
    CHECK(line_with(words, "read as") ==
          "read as   \"region\" holds words: 2 indicators (\"North East\", \"South West\") against \"London\"");
    CHECK(words.said.find("region=South West") != std::string::npos);
    const Ran comma =
        estimate("08-missing-codes/commacol.csv", "--before before --covariates ' \"Percentage FSM, all\" , '");
    CHECK(comma.code == 0);
    CHECK(comma.said.find("Percentage FSM, all") != std::string::npos);
}

TEST_CASE(
    "a table's own codes, treated values and weights are declared, what cannot be read is told once with its count") {
    const fs::path folder = fs::temp_directory_path() / ("hubsim-cases-" + std::to_string(getpid()));
    fs::create_directories(folder);
    std::string table = "hub,before,after,fsm,w,band\n";
    for (int i = 0; i < 30; ++i)
        table += std::string(i % 2 == 0 ? "2" : "1") + "," + std::to_string(i % 5) + "," + std::to_string(i % 7) + "," +
                 (i % 10 == 9 ? "-9" : std::to_string(10 + (i * 7) % 20)) + "," + (i == 4 ? "0" : "1.5") + "," +
                 (i % 3 == 0   ? "a"
                  : i % 3 == 1 ? "b"
                               : "12") +
                 "\n";
    write_text(folder / "t.csv", table);
    const std::string named =
        "estimate " + (folder / "t.csv").string() + " --outcome after --treated hub --before before ";
    const Ran coded = program(named + "--covariates fsm");
    CHECK(coded.code == 3);
    CHECK(coded.said ==
          (folder / "t.csv").string() +
              ":2:1: \"2\" in column \"hub\", and 14 more cells (lines 4, 6, 8, 10, 12, …)\n"
              "  hub: expected 1 and 0, or yes and no; or say which value is treated: --treated-is VALUE\n"
              "1 problem. Nothing was estimated.\n");
    const Ran declared = program(named + "--covariates fsm --treated-is 2 --missing -9 --weights w");
    INFO(declared.said);
    CHECK(declared.code == 0);
    CHECK(declared.said.find("30 rows read; 14 treated and 12 controls used\n"
                             "  left out       3  \"fsm\" is missing\n  left out       1  \"w\" is 0\n"
                             "  read as   \"hub\": \"2\" is treated, \"1\" is not\n") == 0);
    const Ran mixed = program(named + "--covariates band,fms --treated-is 3");
    CHECK(
        mixed.said ==
        (folder / "t.csv").string() +
            ":1:1: column \"fms\" is missing\n"
            "  fms: expected a column of that name; the table has hub, before, after, fsm, w, band; did you mean \"fsm\"?\n"
            "1 problem. Nothing was estimated.\n");
    CHECK(program("estimate " + (folder / "t.csv").string() + " --outcome AFTER --treated hub")
              .said.find("did you mean \"after\"?") != std::string::npos);
    const Ran words = program(named + "--covariates band --treated-is 3");
    CHECK(words.said.find("no cell of column \"hub\" is \"3\"") != std::string::npos);
    CHECK(words.said.find("\"a\" in column \"band\", and 19 more cells (lines 3, 5, 6, 8, 9, …)") != std::string::npos);
    CHECK(program(named + "--covariates after").said.find("column \"after\" is named as outcome and as covariate") !=
          std::string::npos);
    CHECK(program("estimate " + (folder / "t.csv").string() + " --outcome bund --treated hub")
              .said.find("did you mean") == std::string::npos);
    fs::remove_all(folder);
}

TEST_CASE(
    "slips in the treatment, and numbers as spreadsheets write them, are never taken for something else in silence") {
    const fs::path folder = fs::temp_directory_path() / ("hubsim-cases-" + std::to_string(getpid()));
    fs::create_directories(folder);
    std::string slips = "hub,after,fsm\n", signs = "hub;after;fsm;pupils;fee\n";
    for (int i = 0; i < 40; ++i) {
        const std::string arm = i % 2 == 0 ? "yes" : "no";
        slips += (i == 7   ? "yess"
                  : i == 9 ? "Ye"
                           : arm) +
                 "," + std::to_string(i % 7) + "," + std::to_string(10 + i % 9) + "\n";
        signs += std::to_string(i % 2) + ";" + std::to_string(i % 5) + ",5;" + std::to_string(10 + (i * 7) % 20) +
                 "%;" + (i % 3 == 0 ? "1.608" : std::to_string(500 + i)) + ";£" + std::to_string(100 + i) + "\n";
    }
    write_text(folder / "slips.csv", slips);
    write_text(folder / "signs.csv", signs);
    const std::string file = (folder / "slips.csv").string(),
                      named = "estimate " + file + " --outcome after --treated hub --covariates fsm";
    CHECK(
        program(named).said ==
        file +
            ":9:1: \"yess\" in column \"hub\", and 1 more cell (line 11)\n"
            "  hub: expected 1 and 0, or yes and no, as in the other rows: mend these cells\n1 problem. Nothing was estimated.\n");
    CHECK(
        program(named + " --treated-is yes").said ==
        file +
            ":1:1: column \"hub\" also holds \"Ye\" in 1 row, \"no\" in 18 rows, \"yess\" in 1 row\n"
            "  hub: expected one other value beside --treated-is, or --control-is VALUE and --missing for the rest\n1 problem. Nothing was estimated.\n");
    CHECK(program(named + " --treated-is yes --control-is no --missing yess,Ye")
              .said.find("40 rows read; 20 treated and 18 controls used\n") == 0);
    const Ran read = program("estimate " + (folder / "signs.csv").string() +
                             " --outcome after --treated hub --covariates fsm,pupils");
    INFO(read.said);
    CHECK(read.said.find("\"after\": 40 cells as \"0,5\" read as 0.5\n") != std::string::npos);
    CHECK(read.said.find("\"fsm\": 40 cells as \"10%\" read as 10\n") != std::string::npos);
    CHECK(read.said.find("\"pupils\" holds numbers with three digits after a point beside whole ones") !=
          std::string::npos);
    CHECK(program("estimate " + (folder / "signs.csv").string() + " --outcome after --treated hub --covariates fee")
              .said.find("without thousands separators or signs of money") != std::string::npos);
    std::string words = "hub,after,g\n";
    for (int i = 0; i < 120; ++i) words += std::to_string(i % 2) + ",1,w" + std::to_string(i % 51) + "\n";
    write_text(folder / "words.csv", words);
    CHECK(
        program("estimate " + (folder / "words.csv").string() + " --outcome after --treated hub --covariates g").code ==
        0);
    fs::remove_all(folder);
}

TEST_CASE(
    "one treated row inside the caliper is no sample, columns that tell the arms apart are named, and dropped on request") {
    const fs::path folder = fs::temp_directory_path() / ("hubsim-cases-" + std::to_string(getpid()));
    fs::create_directories(folder);
    std::string table = "id,hub,after,x,only\n";
    for (int i = 0; i < 40; ++i)
        table += "s" + std::to_string(i) + "," + std::to_string(i % 2) + "," + std::to_string(i % 7) + "," +
                 (i == 1 ? "0" : std::to_string(i % 2 * 1000 + i)) + "," + (i % 2 == 1 && i % 3 == 0 ? "1" : "0") +
                 "\n";
    write_text(folder / "t.csv", table);
    const std::string named = "estimate " + (folder / "t.csv").string() + " --outcome after --treated hub ";
    const Ran one = program(named + "--covariates x --calipers x=2");
    CHECK(
        line_with(one, "Nearest neighbour, all") ==
        "Nearest neighbour, all covariates  refused: Only one row has enough matches inside the caliper; an error needs at least two.");
    const Ran apart = program(named + "--covariates only");
    CHECK(apart.said.ends_with(
        "--drop-separating leaves out of the score what tells the arms apart, and keeps the rest.\n"));
    CHECK(line_with(apart, "Inverse-prob").find("refused, for the same reason") != std::string::npos);
    CHECK(
        line_with(apart, "Multi-match")
            .ends_with("No overlap: \"only\" alone tells treated and control rows apart, so no propensity score can be "
                       "fitted with that; leave it out."));
    const Ran dropped = program(
        named + "--covariates only,x --drop-separating --pairs " + (folder / "pairs.csv").string() + " --weights-out " +
        (folder / "weights.csv").string() + " --id id --report " + (folder / "page.html").string());
    INFO(dropped.said);
    CHECK(dropped.code == 0);
    CHECK(dropped.said.find(
              "left out  \"only\" tells treated and control rows apart, so it is not in the propensity score") !=
          std::string::npos);
    CHECK(text_of(folder / "pairs.csv").find("nearest_neighbour,s1,s0,1\n") != std::string::npos);
    CHECK(text_of(folder / "weights.csv").starts_with("row,treated,score,nearest_neighbour,"));
    CHECK(text_of(folder / "page.html").find("<h2>") != std::string::npos);
    CHECK(program(named + "--covariates x --pairs " + (folder / "t.csv").string()).code == 2);
    const Ran wrong = program(named + "--covariates x --calipers y=2,x=no");
    CHECK(wrong.code == 3);
    CHECK(wrong.said.find("2 problems. Nothing was estimated.") != std::string::npos);
    fs::remove_all(folder);
}

TEST_CASE("four runs are four runs: no range, and no count of a hundred") {
    const fs::path folder = fs::temp_directory_path() / ("hubsim-four-" + std::to_string(getpid()));
    const Ran ran = program("run " + source + "/scenarios/smoke.json --replicates 4 --months 11 -o " + folder.string());
    CHECK(ran.code == 0);
    CHECK(ran.said.find("(4 runs are too few for a range), for £") != std::string::npos);
    const bool counted =
        ran.said.find(" 4 runs.") != std::string::npos || ran.said.find(" in no run.") != std::string::npos;
    CHECK(counted);
    CHECK(text_of(folder / "report.html").find(" of 100 ") == std::string::npos);
    fs::remove_all(folder);
}

TEST_CASE("what rounds to nothing is told without a sign") {
    CHECK(hubs::decimal(-0.00004, 4) == "0.0000");
    CHECK(hubs::decimal(-0.00006, 4) == "-0.0001");
    CHECK(hubs::decimal(-0.0, 2, true) == "0.00");
    CHECK(hubs::decimal(0.5, 1, true) == "+0.5");
}
