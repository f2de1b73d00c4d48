// Years ahead: what is fitted up to a date, and the rules without a model beside it.
#include "analysis/study/calibration/origin.h"

#include "tests/calibration_support.h"

using namespace hubs;

namespace {

CalibrationTarget figure(const char* id, const char* observe, const char* group, unsigned months, double value) {
    CalibrationTarget t;
    t.id = id;
    t.observe = observe;
    t.group = group;
    t.months = months;
    t.value = value;
    return t;
}

}  // namespace

TEST_CASE("figures after an origin are held out, and rules without a model are worked out by hand") {
    Calibration c;
    c.problem.targets = {figure("A", "mean", "all", 11, 3.0),      figure("B", "gain", "all", 11, 0.9),
                         figure("C", "mean", "all", 19, 3.75),     figure("D", "mean", "all", 47, 4.9),
                         figure("E", "share_b7", "hub", 11, 32),   figure("F", "share_b7", "in_hubs", 19, 47),
                         figure("G", "regression_r2", "", 31, 0.2)};
    c.problem.fitted = 7;
    CHECK(fit_until(c.problem, 19) == 5);
    CHECK(c.problem.targets[4].id == "F");
    CHECK(std::string(c.problem.targets[5].use()) == "published later");
    for (const CalibrationTarget& t : c.problem.targets) {
        FitRow row{&t, 0, 0, 0, 0, 0};
        row.crps = t.id == "D" ? 0.25 : 0.1;
        row.scale = 0.5;
        row.inside_90 = t.id == "D";
        c.fit.push_back(row);
    }
    const auto later = later_figures(c, 19);
    REQUIRE(later.size() == 2);
    CHECK(later[0].fit->target->id == "G");  // a year ahead; nothing of its kind was known
    CHECK(std::isnan(later[0].no_change));
    CHECK(later[1].years == Approx(28.0 / 12));
    CHECK(later[1].no_change == 3.75);
    // From the start (2.1, a month before the first) to March 2020: 1.65 in 20 months, taken on for 28.
    CHECK(later[1].same_growth == Approx(3.75 + 1.65 / 20 * 28));
    CHECK(skill(later, &OriginRow::no_change) == Approx(1 - 0.25 / 1.15));
    CHECK(
        origin_text(later) ==
        "figures published later: 1 of 2 inside 90 % of predictions; skill over \"as at the origin\" 0.78 (1 figure), over "
        "\"growing as before\" 0.78 (1 figure); 1 is perfect, below 0 the rule was nearer\n");
    CHECK(origin_table(later).rows.size() == 2);
}

TEST_CASE("a share cannot grow beyond all") {
    Calibration c;
    c.problem.targets = {figure("A", "share_b1", "all", 0, 40), figure("B", "share_b1", "all", 12, 70),
                         figure("C", "share_b1", "all", 60, 90)};
    c.problem.fitted = 3;
    fit_until(c.problem, 12);
    for (const CalibrationTarget& t : c.problem.targets) c.fit.push_back({&t, 0, 0, 0, 0, 0});
    CHECK(later_figures(c, 12)[0].same_growth == 100);
}
