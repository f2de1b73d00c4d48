// The open-data pair passes its screener, and the screener finds thirty seeded faults.
#include <functional>

#include "analysis/results/opendata/open_data.h"
#include "analysis/results/opendata/screener.h"
#include "analysis/results/tables.h"
#include "sim/run/ensemble.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

struct Pair {
    std::string name = "hub_attainment.csv", data, meta;
};

Pair own_pair() {
    Overrides overrides;
    overrides.replicates = 2;
    overrides.months = 11;
    StudyRead read = read_study(std::string(HUBSIM_SOURCE) + "/scenarios/smoke.json", overrides);
    REQUIRE(read.study);
    const Finished finished = finish(*read.study, {}, "smoke.json");
    const auto files = open_data(Results(finished), {read.study->scenario.plans[0].name, read.study->scenario.plans[1].name});
    return {files[0].first, files[0].second, files[1].second};
}

void change(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

/// The last cell of the first row.
void change_first_figure(std::string& text, const std::string& to) {
    const std::size_t end = text.find('\n', text.find('\n') + 1), from = text.rfind(',', end) + 1;
    text.replace(from, end - from, to);
}

}  // namespace

TEST_CASE("the open-data pair passes its screener, which finds thirty seeded faults") {
    const Pair good = own_pair();
    for (const std::string& f : screen_open_data(good.name, good.data, good.meta)) UNSCOPED_INFO(f);
    REQUIRE(screen_open_data(good.name, good.data, good.meta).empty());

    const std::string first = "201819,Academic year,National,E92000001,England,,,";
    const std::vector<std::pair<std::string, std::function<void(Pair&)>>> faults{
        {"lower-case letters", [](Pair& p) { p.name = "Hub Attainment.csv"; }},
        {"byte-order mark", [](Pair& p) { p.data = "\xEF\xBB\xBF" + p.data; }},
        {"byte-order mark", [](Pair& p) { p.meta = "\xEF\xBB\xBF" + p.meta; }},
        {"carriage returns", [](Pair& p) { change(p.data, "\n", "\r\n"); }},
        {"has no rows", [](Pair& p) { p.data = p.data.substr(0, p.data.find('\n') + 1); }},
        {"has no rows", [](Pair& p) { p.meta.clear(); }},
        {"cells, the heading has", [](Pair& p) { p.data += "201819,Academic year\n"; }},
        {"begins or ends with a space", [](Pair& p) { change(p.data, ",Total,", ", Total,"); }},
        {"columns must be", [](Pair& p) { change(p.meta, "col_type", "type"); }},
        {"neither Filter nor Indicator", [](Pair& p) { change(p.meta, ",Filter,", ",filter,"); }},
        {"has no label", [](Pair& p) { change(p.meta, "Plan of expansion", ""); }},
        {"is described twice", [](Pair& p) { p.meta += "plan,Filter,Another,,,,,,\n"; }},
        {"stands twice", [](Pair& p) { change(p.meta, "Type of establishment", "Plan of expansion"); }},
        {"is no column of the data", [](Pair& p) { p.meta += "extra,Indicator,Extra,,,1,,,\n"; }},
        {"belongs to the standard", [](Pair& p) { p.meta += "region_name,Filter,Region,,,,,,\n"; }},
        {"a filter with an indicator's settings", [](Pair& p) { change(p.meta, "Plan of expansion,,", "Plan of expansion,,%"); }},
        {"an indicator with a filter's settings", [](Pair& p) { change(p.meta, ",2,,", ",2,choose,"); }},
        {"not one of the standard's", [](Pair& p) { change(p.meta, ",%,", ",percent,"); }},
        {"is no digit", [](Pair& p) { change(p.meta, ",2,,", ",two,,"); }},
        {"filter_grouping_column", [](Pair& p) { change(p.meta, "Choose a plan,,", "Choose a plan,nothing,"); }},
        {"lower-case letters, digits and _, at most 50", [](Pair& p) { change(p.data, "plan,", "Plan,"); }},
        {"stands twice", [](Pair& p) { change(p.data, "region_code,", "country_code,"); }},
        {"is not described in meta", [](Pair& p) { change(p.data, "share_five_plus", "share_six_plus"); }},
        {"time_period is missing", [](Pair& p) { change(p.data, "time_period", "year"); }},
        {"is no academic year", [](Pair& p) { change(p.data, "201819", "201820"); }},
        {"geographic_level", [](Pair& p) { change(p.data, "National", "national"); }},
        {"country is not", [](Pair& p) { change(p.data, "E92000001", "E92"); }},
        {"a region needs", [](Pair& p) { change(p.data, "E12000001", ""); }},
        {"a national row names a region", [&](Pair& p) { change(p.data, first, "201819,Academic year,National,E92000001,England,,London,"); }},
        {"neither a number", [&](Pair& p) { change_first_figure(p.data, "n/a"); }},
        {"neither a number", [&](Pair& p) { change_first_figure(p.data, ""); }},
        {"no pair of the official lookup", [](Pair& p) { change(p.data, "Yorkshire and The Humber", "Yorkshire and the Humber"); }},
        {"no pair of the official lookup", [](Pair& p) { change(p.data, "E12000002", "E12000003"); }},
        {"has no default: no item is \"Total\"", [](Pair& p) { change(p.meta, ",Choose a plan,,no hubs", ",Choose a plan,,"); }},
        {"has no default: no item is \"some\"", [](Pair& p) { change(p.meta, ",Choose a plan,,no hubs", ",Choose a plan,,some"); }},
        {"has no figure", [](Pair& p) { p.data += "201819,Academic year,National,E92000001,England,,,no hubs,other,z,z,z\n"; }},
        {"stand twice", [](Pair& p) { p.data += p.data.substr(p.data.find('\n') + 1, p.data.find('\n', p.data.find('\n') + 1) - p.data.find('\n')); }},
        {"is not Academic year", [](Pair& p) { change(p.data, "Academic year", "Calendar year"); }},
        {"filter establishment_group is empty", [](Pair& p) { change(p.data, ",Total,", ",,"); }},
    };
    CHECK(faults.size() >= 30);
    for (std::size_t i = 0; i < faults.size(); ++i) {
        Pair bad = good;
        faults[i].second(bad);
        const auto found = screen_open_data(bad.name, bad.data, bad.meta);
        bool told = false;
        for (const std::string& f : found) told = told || f.find(faults[i].first) != std::string::npos;
        INFO("fault " << i << ": " << faults[i].first << (found.empty() ? " (nothing found)" : " found: " + found.front()));
        CHECK(told);
    }
}
