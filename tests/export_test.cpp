// What runs knew, as files: sums of rows are the tables' figures, graphs are the edge lists, and the same is written
// twice.
#include <cmath>
#include <map>

#include "analysis/base/table.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string scenario =
    R"({"schema_version": 1, "name": "known", "population": {"areas": {"Lancashire": 60, "Cumbria": 30}}, "months": 24, "replicates": 6,
  "plans": [{"name": "none"}, {"name": "a, b", "meetings_per_year": 11, "waves": [{"start": "2018-09", "rule": "lottery", "members": 50}]}]})";

/// Rows of a CSV by the names of their columns.
struct Rows {
    std::vector<std::vector<std::string>> cells;
    explicit Rows(const std::string& path) : cells(read_csv(text_of(path))) {}
    std::size_t column(const std::string& name) const {
        for (std::size_t c = 0; c < cells[0].size(); ++c)
            if (cells[0][c] == name) return c;
        FAIL("no column " << name);
        return 0;
    }
    std::size_t size() const { return cells.size() - 1; }
    const std::string& at(std::size_t row, const std::string& name) const { return cells[row + 1][column(name)]; }
};

std::size_t count_of(const std::string& text, const std::string& word) {
    std::size_t out = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("exported rows sum to the tables, months agree with changes, graphs with edge lists, and twice is the same") {
    const Folder here;
    write_text(here / "s.json", scenario);
    REQUIRE(
        program("run " + (here / "s.json") + " --seed 11 --set share_practice.talks_per_meeting=2 -o " + (here / "out"))
            .code == 0);
    const auto write = [&](const std::string& folder) {
        return program("export " + (here / "out") +
                       " --agents --series --network --events --at start,2019-01,2020-08 -o " + (here / folder))
            .code;
    };
    REQUIRE(write("once") == 0);
    REQUIRE(write("twice") == 0);
    for (const auto& file : fs::directory_iterator(here / "once"))
        CHECK(text_of(file.path()) == text_of(here / ("twice/" + file.path().filename().string())));

    const Rows agents(here / "once/agents.csv"), replicates(here / "out/data/replicates.csv"),
        series(here / "once/series.csv");
    REQUIRE(agents.size() == 90 * 2 * 6 * 3);
    std::map<std::string, double> benchmarks, reported;
    for (std::size_t r = 0; r < agents.size(); ++r) {
        const std::string run = agents.at(r, "plan") + "/" + agents.at(r, "replicate") + "/" + agents.at(r, "date");
        benchmarks[run] += std::stod(agents.at(r, "benchmarks")) / 90;
        reported[run] += std::stod(agents.at(r, "benchmarks_reported")) / 90;
    }
    for (std::size_t r = 0; r < replicates.size(); ++r) {
        const std::string run = replicates.at(r, "plan") + "/" + replicates.at(r, "replicate") + "/2020-08";
        INFO(run);
        CHECK(std::fabs(benchmarks[run] - std::stod(replicates.at(r, "benchmarks_mean"))) < 1e-8);
        CHECK(std::fabs(reported[run] - std::stod(replicates.at(r, "benchmarks_mean_reported"))) < 1e-8);
    }
    REQUIRE(series.size() == 2 * 6 * 25);
    std::map<std::string, double> finished, cost;
    for (std::size_t r = 0; r < series.size(); ++r) {
        const std::string run = series.at(r, "plan") + "/" + series.at(r, "replicate") + "/" + series.at(r, "date");
        if (benchmarks.contains(run))
            CHECK(std::fabs(benchmarks[run] - std::stod(series.at(r, "benchmarks_mean"))) < 1e-8);
        if (series.at(r, "date") == "start") continue;
        finished[run] = std::stod(series.at(r, "items_finished"));
        cost[series.at(r, "plan")] += std::stod(series.at(r, "cost_gbp")) / 6;
    }
    const Rows by_year(here / "out/data/by_year.csv"), events(here / "once/events.csv");
    std::map<std::string, double> spent;
    for (std::size_t r = 0; r < by_year.size(); ++r) spent[by_year.at(r, "plan")] += std::stod(by_year.at(r, "gbp"));
    for (const auto& [plan, gbp] : spent) CHECK(std::fabs(gbp / cost[plan] - 1) < 1e-6);
    std::map<std::string, double> of_events;
    for (std::size_t r = 0; r < events.size(); ++r)
        if (events.at(r, "change") == "finished")
            ++of_events[events.at(r, "plan") + "/" + events.at(r, "replicate") + "/" + events.at(r, "date")];
    for (const auto& [run, times] : finished) CHECK(of_events[run] == times);

    const Rows ties(here / "once/ties.csv");
    std::size_t of_first = 0;
    for (std::size_t r = 0; r < ties.size(); ++r)
        of_first += ties.at(r, "plan") == "a, b" && ties.at(r, "replicate") == "0" && ties.at(r, "date") == "2020-08";
    const std::string graph = text_of(here / "once/ties-plan-2-2020-08.graphml");
    CHECK(of_first > 20);
    CHECK(count_of(graph, "<edge ") == of_first);
    CHECK(count_of(graph, "<node ") == 90);
    CHECK(count_of(graph, "</data></node>") == 90);
}

TEST_CASE("exports refuse months that are none, folders of others, and settings of results") {
    const Folder here;
    write_text(here / "s.json", scenario);
    const auto wrong = [&](const std::string& more) {
        return program("export " + (here / "s.json") + " --replicates 1 " + more);
    };
    CHECK(wrong("--at 2031-01 -o " + (here / "x")).code == 3);
    CHECK(wrong("--at soon -o " + (here / "x"))
              .said.find("--at \"soon\" is not a month of the run; expected months as 2019-08, or start") !=
          std::string::npos);
    CHECK_FALSE(fs::exists(here / "x"));
    write_text(here / "mine.txt", "notes");
    CHECK(wrong("-o " + (here / "mine.txt")).code == 2);
    CHECK(text_of(here / "mine.txt") == "notes");
    REQUIRE(program("run " + (here / "s.json") + " --replicates 2 -o " + (here / "out")).code == 0);
    CHECK(wrong("-o " + (here / "out")).code == 2);
    CHECK(program("export " + (here / "out") + " --set months=3 -o " + (here / "y")).code == 3);
    CHECK(wrong("-o " + (here / "plain")).code == 0);
    CHECK(fs::exists(here / "plain/agents.csv"));
    CHECK(fs::exists(here / "plain/series.csv"));
    CHECK_FALSE(fs::exists(here / "plain/ties.csv"));
}
