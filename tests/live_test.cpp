// The live part of a report: what its engine answers, and what the page holds.
#include "analysis/workshop/engine/plan_values.h"
#include "sim/run/ensemble.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

const char* const plans_as_they_are =
    R"([{"name": "none"}, {"name": "hub", "waves": [{"start": "2018-09", "rule": "volunteers", "members": 30}]},
        {"name": "large", "fund_gbp_per_school": 500, "waves": [{"start": "2018-09", "rule": "lottery", "members": 50}]}])";

Study study_of(const std::string& parameters, const std::string& plans = plans_as_they_are) {
    const StudyRead read = read_study_text(
        "s.json",
        R"({"schema_version": 1, "name": "s", "population": {"synthetic": true, "areas": {"North East": 80}},
            "start": "2018-09", "months": 14, "replicates": 3, "seed": 5, "parameters": )" +
            parameters + R"(, "plans": )" + plans + "}",
        {});
    INFO(read.report);
    REQUIRE(read.study);
    return *read.study;
}

std::vector<RunValue> values(const Study& study, const std::vector<Turned>& turned) {
    return plan_values_of(study, {0, 1, 2}, turned, 2);
}

void check_equal(const std::vector<RunValue>& a, const std::vector<RunValue>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].outcome == b[i].outcome);
        CHECK(a[i].cost == b[i].cost);
    }
}

}  // namespace

TEST_CASE("what a report runs again is what the run was, to the last digit") {
    const Study study = study_of("{}");
    const Ensemble e = run_ensemble(study, {}, "s.json");
    for (std::uint32_t r = 0; r < 3; ++r) {
        const auto again = plan_values_of(study, {2, 1}, {}, r);
        for (const std::size_t k : {0u, 1u}) {
            const RunValue v = value_of(study.scenario, e.seen[2 - k][r], e.groups, 80);
            CHECK(again[k].outcome == v.outcome);
            CHECK(again[k].cost == v.cost);
        }
    }
}

TEST_CASE("a setting that a reader turns does what the same setting of a scenario does") {
    const Study drawn = study_of("{}");
    // A drawn parameter, one that is not drawn, and both at once.
    for (const auto& [turned, parameters] : std::vector<std::pair<std::vector<Turned>, std::string>>{
             {{{"improve_provision.hub_lift", 0.3}}, R"({"improve_provision": {"hub_lift": 0.3}})"},
             {{{"turn_over_staff.leaders_per_year", 0.5}}, R"({"turn_over_staff": {"leaders_per_year": 0.5}})"},
             {{{"improve_provision.hub_lift", 0.1}, {"turn_over_staff.leaders_per_year", 0.1}},
              R"({"improve_provision": {"hub_lift": 0.1}, "turn_over_staff": {"leaders_per_year": 0.1}})"}}) {
        INFO(parameters);
        const auto here = values(drawn, turned);
        check_equal(here, values(study_of(parameters), {}));
        CHECK(here[1].outcome != values(drawn, {})[1].outcome);
    }
    // A lever is every plan's.
    std::string with_fund = plans_as_they_are;
    with_fund.replace(with_fund.find("{\"name\": \"none\"}"), 16, R"({"name": "none", "fund_gbp_per_school": 3000})");
    with_fund.replace(with_fund.find("\"name\": \"hub\""), 13, R"("name": "hub", "fund_gbp_per_school": 3000)");
    with_fund.replace(with_fund.find("\"fund_gbp_per_school\": 500"), 26, R"("fund_gbp_per_school": 3000)");
    const auto here = values(drawn, {{"plans.fund_gbp_per_school", 3000}});
    check_equal(here, values(study_of("{}", with_fund), {}));
    CHECK(here[1].cost > values(drawn, {})[1].cost + 500);
}

TEST_CASE("what cannot be turned is refused by name") {
    const Study study = study_of("{}");
    const auto says = [&](const std::string& lines) -> std::string {
        try {
            values(study, read_turned(lines));
        } catch (const std::runtime_error& e) {
            return e.what();
        }
        return "nothing";
    };
    CHECK(says("improve_provision.hub_lift=0.2") == "nothing");
    CHECK(says("improve_provision.hublift=0.2") == "no setting \"improve_provision.hublift\"");
    CHECK(says("plans.format=1") == "no setting \"plans.format\"");  // a choice is no number
    CHECK(says("plans.fund_gbp_per_school=-1") ==
          "plans.fund_gbp_per_school has limits of its own, and this value is outside them");
    CHECK(says("improve_provision.hub_lift=nan") ==
          "improve_provision.hub_lift has limits of its own, and this value is outside them");
    CHECK(says("hub_lift") == "\"hub_lift\" is not a setting and a number");
    CHECK(says("a=1x") == "\"a=1x\" is not a setting and a number");
    CHECK_THROWS_AS(plan_values_of(study, {3}, {}, 0), std::runtime_error);
}
