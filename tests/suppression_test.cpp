// Figures of groups so small that they would speak of single schools are not published.
#include "analysis/results/opendata/screener.h"
#include "analysis/base/table.h"
#include "tests/sweep/sweep_support.h"

using namespace hubs;
using namespace hubs::test;

TEST_CASE("groups of fewer than five establishments have no figures, and the report says which") {
    const Vale here;
    std::string schools = text_of(std::string(HUBSIM_SOURCE) + "/tests/sweep/schools.csv");
    std::size_t end = 0;
    for (int line = 0; line < 41; ++line)
        end = schools.find('\n', end) + 1;  // forty schools: some types have one or two
    write_text(here / "few.csv", schools.substr(0, end));
    std::string scenario = text_of(here / "vale.json");
    scenario.replace(scenario.find("\"months\": 8"), 11, "\"months\": 12");  // past July, when returns are published
    write_text(here / "vale.json", scenario);
    const std::string program = "cd '" + (here / "").string() + "' && '" HUBSIM_PROGRAM "' ";
    REQUIRE(shell(program + "import table few.csv -o schools.json").code == 0);
    REQUIRE(shell(program + "run vale.json -o out").code == 0);
    std::map<std::string, int> counts;
    for (const auto& row : read_csv(text_of(here / "few.csv"))) ++counts[row[1]];
    REQUIRE((counts["college"] > 0 && counts["college"] < 5 && counts["mainstream"] > 5));
    const auto suppressed = read_csv(text_of(here / "out/data/suppressed.csv"));
    std::vector<std::string> types;
    for (const auto& row : suppressed)
        if (row[0] == "type") types.push_back(row[1]);
    std::vector<std::string> expected;
    for (const char* type : {"mainstream", "special", "alternative_provision", "college"})
        if (counts[type] > 0 && counts[type] < 5) expected.push_back(type);
    CHECK(types == expected);
    for (const char* table : {"attainment", "differences"}) {
        const auto rows = read_csv(text_of(here / ("out/data/" + std::string(table) + ".csv")));
        std::size_t college = 0, mainstream = 0;
        for (const auto& row : rows) {
            college += row[4] == "college";
            mainstream += row[4] == "mainstream";
        }
        CHECK(college == 0);
        CHECK(mainstream > 0);
    }
    const std::string html = text_of(here / "out/report.html");
    CHECK(
        html.find(
            "Groups of fewer than five establishments are not shown, since a figure would speak of single schools: ") !=
        std::string::npos);
    CHECK(html.find("type “college”") != std::string::npos);
    const std::string data = text_of(here / "out/ees/hub_attainment.csv"),
                      meta = text_of(here / "out/ees/hub_attainment.meta.csv");
    CHECK(data.find(",college,c,c,c") != std::string::npos);
    CHECK(screen_open_data("hub_attainment.csv", data, meta) == std::vector<std::string>{});
}
