// The numbers of all tables of a report, and its titles, worked out again from the data beside it.
#include <filesystem>
#include <fstream>

#include "analysis/report/save.h"
#include "analysis/results/manifest.h"
#include "analysis/base/table.h"
#include "sim/run/ensemble.h"
#include "tests/catch.h"
#include "tests/report_charts.h"
#include "tests/report_checks.h"
#include "tests/report_prose.h"

using namespace hubs;

namespace {

namespace fs = std::filesystem;

std::string whole(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE(
    "every number of the report, in tables, titles and sentences, follows from its data, and one altered cell is found") {
    Overrides overrides;
    overrides.replicates = 40;
    overrides.months = 13;
    StudyRead read = read_study(std::string(HUBSIM_SOURCE) + "/scenarios/smoke.json", overrides);
    REQUIRE(read.study);
    const fs::path folder = fs::temp_directory_path() / "hubsim-report-test";
    fs::remove_all(folder);
    OutputFolder output(folder.string(), identity_of(*read.study));
    save_study(output, finish(*read.study, {}, "smoke.json"), "hubsim run");
    const std::string html = whole(folder / "report.html");
    test::Data data;
    for (const auto& file : fs::directory_iterator(folder / "data"))
        data[file.path().stem().string()] = read_csv(whole(file.path()));
    fs::remove_all(folder);

    const test::ReportCheck check(html, data);
    for (const std::string& w : check.wrong) UNSCOPED_INFO(w);
    CHECK(check.wrong.empty());
    CHECK(check.tables() >= 25);
    CHECK(check.numbers() > 2000);

    const test::ReportMoney money(html, data);
    for (const std::string& w : money.wrong) UNSCOPED_INFO(w);
    CHECK(money.wrong.empty());
    CHECK(money.numbers > 50);
    test::Data dearer = data;
    for (const char* table : {"payers", "costs", "worth_and_horizon", "attainment"})
        for (std::size_t r = 1; r < dearer.at(table).size(); ++r)
            for (std::string& cell : dearer.at(table)[r])
                if (cell.find('.') != std::string::npos) cell = "7.25";
    for (std::size_t r = 1; r < dearer.at("worth_and_horizon").size(); ++r) dearer.at("worth_and_horizon")[r][2] = "x";
    CHECK(test::ReportMoney(html, dearer).wrong.size() > 40);

    const test::ReportProse prose(html, data);
    for (const std::string& w : prose.wrong) UNSCOPED_INFO(w);
    CHECK(prose.wrong.empty());
    CHECK(prose.sentences >= 18);

    const test::ReportCharts charts(html, data);
    for (const std::string& w : charts.wrong) UNSCOPED_INFO(w);
    CHECK(charts.wrong.empty());
    CHECK(charts.charts >= 8);
    CHECK(charts.numbers > 1000);
    test::Data lost = data;
    for (auto& row : lost.at("attainment")) row.back() = row[row.size() - 2];
    for (auto& row : lost.at("acceptability"))
        for (std::string& cell : row)
            if (cell.find('.') != std::string::npos) cell = "0.1234567";
    CHECK_FALSE(test::ReportCharts(html, lost).wrong.empty());

    for (const auto& [table, name, row] :
         std::vector<std::tuple<std::string, std::string, std::size_t>>{{"headline", "benchmarks_mean", 1},
                                                                        {"frontier", "extra_cost_gbp", 2},
                                                                        {"switching", "swing", 1},
                                                                        {"costs", "gbp_discounted", 1},
                                                                        {"acceptability", "best_percent", 3},
                                                                        {"equity", "value", 1},
                                                                        {"uncertainty", "sd_total", 1},
                                                                        {"assumptions", "value", 5},
                                                                        {"would_find", "truth", 1}}) {
        test::Data altered = data;
        auto& cells = altered.at(table).at(row);
        const auto& names = altered.at(table).front();
        std::string& cell =
            cells.at(static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
        cell = std::to_string(std::atof(cell.c_str()) + 7.5);
        INFO(table << "." << name);
        CHECK_FALSE(test::ReportCheck(html, altered).wrong.empty());
    }
    for (const auto& [table, name, row] :
         std::vector<std::tuple<std::string, std::string, std::size_t>>{{"decision", "gain", 1},
                                                                        {"decision", "extra_cost_gbp", 1},
                                                                        {"other_measures", "agrees", 1},
                                                                        {"replicates", "score", 1},
                                                                        {"switching", "padlocks", 1},
                                                                        {"would_find", "truth", 2},
                                                                        {"fit", "inside_95", 3},
                                                                        {"identified", "identified", 4}}) {
        test::Data altered = data;
        for (std::size_t r = row; r < altered.at(table).size(); ++r) {
            const auto& names = altered.at(table).front();
            const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
            INFO(table << "." << name);
            REQUIRE(at < names.size());
            std::string& cell = altered.at(table)[r].at(at);
            cell = std::to_string(std::atof(cell.c_str()) > 0 ? 0.0 : 7.5);
        }
        INFO(table << "." << name);
        CHECK_FALSE(test::ReportProse(html, altered).wrong.empty());
    }
}
