// Watching on after a run, and what bends between the ends of a range.
#include <cmath>

#include "analysis/results/monthly_means.h"
#include "analysis/results/tables.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

/// Two plans that differ; `months` and more settings as text.
Study study_of(const std::string& months, unsigned replicates) {
    const StudyRead read = read_study_text(
        "s.json",
        R"({"schema_version": 1, "name": "s", "population": {"synthetic": true, "areas": {"Cumbria": 60}},
            "start": "2018-09", "replicates": )" +
            std::to_string(replicates) + R"(, "seed": 5, "months": )" + months + R"(, "plans": [{"name": "none"},
            {"name": "hub", "waves": [{"start": "2018-09", "rule": "volunteers", "members": 30}]}]})",
        {});
    INFO(read.report);
    REQUIRE(read.study);
    return *read.study;
}

}  // namespace

TEST_CASE("runs watched on are the longer runs, and change nothing of the run itself") {
    const Study watched = study_of(R"(24, "watch_months": 24)", 3), longer = study_of("48", 3),
                alone = study_of("24", 3);
    const Finished by_watching{watched, run_ensemble(watched, {}, "s.json"), std::nullopt},
        by_running{longer, run_ensemble(longer, {}, "s.json"), std::nullopt};
    CHECK(by_watching.ensemble.fingerprint() == run_ensemble(alone, {}, "s.json").fingerprint());
    const Results here(by_watching), there(by_running);
    const auto &means = here.shared<MonthlyMeans>(), &long_means = there.shared<MonthlyMeans>();
    REQUIRE(means.plans[1].held.size() == 48);
    for (std::size_t p = 0; p < 2; ++p)
        for (std::size_t m = 0; m < 48; ++m) {
            INFO("plan " << p << ", month " << m);
            CHECK(means.plans[p].held[m] == Approx(long_means.plans[p].held[m]).epsilon(1e-12));
            CHECK(means.plans[p].gbp[m] == Approx(long_means.plans[p].gbp[m]).epsilon(1e-12));
        }
    // The table of horizons goes on by years, and each says how many runs stand behind it.
    const auto &rows = here.of<Horizon>(), &long_rows = there.of<Horizon>();
    REQUIRE(rows.size() == long_rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        CHECK(rows[r].months == long_rows[r].months);
        CHECK(rows[r].date == long_rows[r].date);
        CHECK(rows[r].runs == 3);
        CHECK(rows[r].gain == Approx(long_rows[r].gain).margin(1e-9));
        CHECK(rows[r].extra_cost_gbp == Approx(long_rows[r].extra_cost_gbp).margin(1e-6));
    }
    CHECK(rows[5].gain != rows[3].gain);
}

TEST_CASE("where fewer runs are watched on, later months add what these gained to the mean of all") {
    const Study study = study_of(R"(12, "watch_months": 12)", 24);
    const Finished finished{study, run_ensemble(study, {}, "s.json"), std::nullopt};
    const Ensemble& e = finished.ensemble;
    REQUIRE(e.beyond[1].size() == 20);
    const Results results(finished);
    const auto& plan = results.shared<MonthlyMeans>().plans[1];
    double all = 0, gained = 0, pounds = 0;
    for (const Attainment::Row& row : results.of<Attainment>())
        if (row.plan == "hub" && row.grouping == Grouping::all && row.measure == "benchmarks_mean" && row.month == 12)
            all = row.mean * 60;
    for (const LongRun& run : e.beyond[1]) {
        gained += (static_cast<double>(run.held[17]) - run.held[11]) / 20;
        pounds += static_cast<double>(run.pence[17]) / 100 / 20;
    }
    CHECK(plan.held[11] == Approx(all));
    CHECK(plan.held[17] == Approx(all + gained));
    CHECK(plan.gbp[17] == Approx(pounds));
    for (const ByYear::Row& row : results.of<ByYear>()) CHECK(row.runs == (row.year == 1 ? 24 : 20));
}

TEST_CASE("what moves the decision counts the middle, too") {
    PlanLevels middle, low, high;
    middle.lead = 0.28;
    low.lead = 0.06;
    high.lead = 0.07;
    WhatIf w{"a.b", Field{}, 0.5, 0, 1, {low, high}, 0};
    CHECK(swing_of(w, middle) == Approx(0.22));  // 0.01 between the ends
    // Where no other plan may be chosen it is the gain.
    for (PlanLevels* l : {&middle, &low, &high}) l->lead = std::nan("");
    middle.score = {1, 1.9, 0};
    low.score = {1, 1.5, 0};
    high.score = {1, 2.2, 0};
    w.at = {low, high};
    CHECK(swing_of(w, middle) == Approx(0.7));
}

TEST_CASE("curves go through the ends and the middle of the five that move the decision most") {
    const Study study = study_of("13", 20);
    const Finished finished{study, run_ensemble(study, {}, "s.json"), std::nullopt};
    const Results results(finished);
    const auto& curves = results.of<Curves>();
    const auto& switching = results.of<Switching>();
    REQUIRE(curves.size() == 25);
    for (std::size_t k = 0; k < 5; ++k) {
        const Switching::Row& row = switching[k];
        INFO(row.parameter);
        if (k > 0) CHECK(row.swing <= switching[k - 1].swing);
        const Curves::Row* c = &curves[5 * k];
        for (std::size_t i = 0; i < 5; ++i) CHECK(c[i].parameter == row.parameter);
        CHECK(c[0].value == row.low);
        CHECK(c[0].lead == row.lead_low);
        CHECK(c[1].value == 0.5 * (row.low + row.value));
        CHECK(c[2].value == row.value);
        CHECK(c[2].lead == row.lead);
        CHECK(c[3].value == 0.5 * (row.value + row.high));
        CHECK(c[4].value == row.high);
        CHECK(c[4].lead == row.lead_high);
        CHECK(c[0].way_percent == 0);
        CHECK(c[4].way_percent == Approx(100));
        CHECK(row.swing ==
              std::max({row.lead, row.lead_low, row.lead_high}) - std::min({row.lead, row.lead_low, row.lead_high}));
    }
}
