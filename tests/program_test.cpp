// The program as a user meets it: commands, exit codes, whole folders.
#include <cmath>
#include <regex>

#include "analysis/base/table.h"
#include "sim/run/schema.h"
#include "tests/program.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string smoke = "run " + source + "/scenarios/smoke.json --replicates 3 --months 12 ";

}  // namespace

TEST_CASE("a run leaves a whole folder that verify, report and replay accept") {
    Folder here;
    const Ran ran = program(smoke + "-o " + (here / "out"));
    REQUIRE(ran.code == 0);
    for (const char* file :
         {"manifest.json", "data/headline.csv", "data/attainment.csv", "data/differences.csv", "data/costs.csv",
          "data/dictionary.csv", "study.sqlite", "excel/study.xlsx", "ees/hub_attainment.csv",
          "ees/hub_attainment.meta.csv", "charts/paths.vl.json", "report.html"})
        CHECK(fs::exists(here / "out" + "/" + file));
    for (const auto& entry : fs::directory_iterator(here.path))
        CHECK(entry.path().filename().string().find("partial") == std::string::npos);

    const Ran verified = program("verify " + (here / "out"));
    CHECK(verified.code == 0);
    CHECK(verified.said.find("identical") != std::string::npos);

    CHECK(program("report " + (here / "out") + " -o " + (here / "again")).code == 0);
    CHECK(text_of(here / "again/report.html") == text_of(here / "out/report.html"));

    // One cell changed: verify names the file and the cell, report refuses.
    std::string table = text_of(here / "out/data/headline.csv");
    table.replace(table.rfind("one area,") + 9, 1, "9");
    std::ofstream(here / "out/data/headline.csv") << table;
    const Ran differs = program("verify " + (here / "out"));
    CHECK(differs.code == 5);
    CHECK(differs.said.find("differs: data/headline.csv: altered since it was written") != std::string::npos);
    CHECK(differs.said.find("data/headline.csv, row 3, column benchmarks_mean") != std::string::npos);
    CHECK(program("report " + (here / "out") + " -o " + (here / "third")).code == 3);
}

TEST_CASE("exit codes are those of the contract") {
    Folder here;
    CHECK(program("").code == 2);
    CHECK(program("--version").code == 0);
    CHECK(program("jump").code == 2);
    CHECK(program("run " + source + "/tests/faults/01-unknown-setting.json -o " + (here / "x")).code == 3);
    CHECK_FALSE(fs::exists(here / "x"));
    CHECK(program(smoke + "--max-memory 0.0001 -o " + (here / "x")).code == 6);
    CHECK(program(smoke + "-o /proc/nowhere/x").code == 6);
    CHECK(program(smoke + "--dry-run -o " + (here / "x")).code == 0);
    CHECK_FALSE(fs::exists(here / "x"));
    fs::create_directories(here / "other");
    std::ofstream(here / "other/letter.txt") << "mine";
    CHECK(program(smoke + "-o " + (here / "other")).code == 2);
    CHECK(text_of(here / "other/letter.txt") == "mine");
    CHECK(program(smoke + "-o " + (here / "out")).code == 0);
    const Ran other = program("run " + source + "/scenarios/no-effect.json --replicates 1 -o " + (here / "out"));
    CHECK(other.code == 2);
    CHECK(other.said.find("holds another study: \"smoke\", this is \"no-effect\"") != std::string::npos);
    CHECK(program("verify " + (here / "nothing")).code == 3);
    CHECK(program("replay " + source + "/scenarios/smoke.json --plan nobody --replicate 0").code == 2);
}

TEST_CASE("replay tells why a school changed, from meeting to provision") {
    const Ran month =
        program("replay " + source + "/scenarios/smoke.json --plan 'one area' --replicate 0 --until 2019-07");
    CHECK(month.code == 0);
    CHECK(month.said.find("2019-07") != std::string::npos);
    CHECK(month.said.find("2019-08") == std::string::npos);
    bool found = false;
    for (int school = 1952; school < 2055 && !found; ++school) {  // the mainstream schools of Lancashire
        const Ran why = program("replay " + source + "/scenarios/smoke.json --plan 'one area' --replicate 0 --school " +
                                std::to_string(school));
        REQUIRE(why.code == 0);
        found = std::regex_search(
            why.said,
            std::regex("DONE .*\\n +<- learnt in .* from (a talk at|the host of) the meeting: establishment"));
    }
    CHECK(found);
}

TEST_CASE("shells complete every command and every option that the program has") {
    const Ran ran = program("completions bash");
    CHECK(ran.code == 0);
    for (const char* word : {"run ", " qa-pack ", " sweep ", "--posterior", "--output", "--force", "--quick",
                             "--second-opinion", "--max-array", "--caliper"})
        CHECK(ran.said.find(word) != std::string::npos);
    CHECK(program("completions tcsh").code == 2);
}

TEST_CASE("a signal stops a run cleanly") {
    Folder here;
    const Ran ran = shell("'" HUBSIM_PROGRAM "' run " + source + "/scenarios/expansion.json -o " + (here / "out") +
                          " & sleep 1; kill -TERM $!; wait $!; echo code $?");
    CHECK(ran.said.find("Interrupted. Nothing was written.") != std::string::npos);
    CHECK(ran.said.find("code 130") != std::string::npos);
    CHECK_FALSE(fs::exists(here / "out"));
}

TEST_CASE("the shipped schema is the one the program writes, and scenarios name it") {
    CHECK(text_of(source + "/scenarios/scenario.schema.json") == schema_text());
    for (const auto& entry : fs::directory_iterator(source + "/scenarios"))
        if (entry.path().extension() == ".json" &&
            text_of(entry.path()).find("\"schema_version\"") != std::string::npos &&
            entry.path().filename() != "scenario.schema.json") {
            INFO(entry.path());
            CHECK(program("check " + entry.path().string()).code == 0);
        }
}

TEST_CASE("the report's tables hold the numbers of the data, and its headline is true of them") {
    Folder here;
    REQUIRE(program(smoke + "-o " + (here / "out")).code == 0);
    const std::string html = text_of(here / "out/report.html");
    const auto decision = read_csv(text_of(here / "out/data/decision.csv"));
    const auto& best = decision[decision[1][0] == "no hubs" ? 2 : 1];
    char words[80];
    const double gain = std::stod(best[3]);
    if (gain == 0) std::snprintf(words, sizeof words, "as many benchmark-years per establishment as");
    else if (std::fabs(gain) < 0.005)
        std::snprintf(words, sizeof words, "less than 0.01 %s benchmark-years", gain > 0 ? "more" : "fewer");
    else
        std::snprintf(words, sizeof words, "%.2f %s benchmark-years per establishment than", std::fabs(gain),
                      gain > 0 ? "more" : "fewer");
    CHECK(html.find(words) != std::string::npos);
    const double runs = static_cast<double>(read_csv(text_of(here / "out/data/replicates.csv")).size() - 1) / 2;
    const double ahead = std::stod(best[6]) * runs / 100;
    if (ahead == 0 || ahead == runs)
        std::snprintf(words, sizeof words, ahead == 0 ? "in no run" : "in all %.0f runs", runs);
    else std::snprintf(words, sizeof words, "in %s%.0f of %.0f runs", 2 * ahead < runs ? "only " : "", ahead, runs);
    CHECK(html.find(words) != std::string::npos);
    CHECK(html.find(runs < 20 ? " runs are too few for a range)" : "(80 % of runs: ") != std::string::npos);
    const auto readiness = read_csv(text_of(here / "out/data/readiness.csv"));
    for (std::size_t r = 1; r < readiness.size(); ++r)
        for (std::size_t c = 1; c < readiness[r].size(); ++c)
            CHECK(html.find("data-value=\"" + readiness[r][c] + "\"") != std::string::npos);
    const std::string page = html.substr(0, html.find("<script>"));  // before the bundled script
    CHECK(page.size() > 20000);
    CHECK(page.find("src=") == std::string::npos);  // asks nobody for anything
    CHECK(page.find("<link") == std::string::npos);
    CHECK(page.find("connect-src") == std::string::npos);
    CHECK(page.find("default-src 'none'") != std::string::npos);
}

TEST_CASE("the main job runs on the real establishments") {
    const std::string table = source + "/../shared/data/establishments.csv";
    if (!fs::exists(table)) {
        WARN("SKIPPED: the table of real establishments is not beside the project");
        return;
    }
    Folder here;
    const Ran imported = program("import table " + table + " -o " + (here / "england.json"));
    REQUIRE(imported.code == 0);
    CHECK(imported.said.find("4933 rows read, 4932 establishments in 38 areas kept, 1 dropped") != std::string::npos);
    const Ran ran = program("run " + source + "/scenarios/expansion.json --replicates 2 --population " +
                            (here / "england.json") + " -o " + (here / "out"));
    CHECK(ran.code == 0);
    CHECK(text_of(here / "out/data/attainment.csv").find(",area,Lancashire,") != std::string::npos);
}
