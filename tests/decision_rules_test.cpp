// A small country under each rule: the plan chosen, its lead and what would change it, worked out again from the runs.
#include <cmath>

#include "analysis/results/sentences.h"
#include "analysis/results/tables.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

const char* const three_plans =
    R"({"schema_version": 1, "name": "rules", "start": "2018-09", "months": 24, "replicates": 20, "seed": 5,
 "population": {"areas": {"Lancashire": 80}}, %s
 "plans": [{"name": "none"},
           {"name": "small", "waves": [{"start": "2018-09", "rule": "lottery", "members": 15}]},
           {"name": "large", "waves": [{"start": "2018-09", "rule": "lottery", "members": 60}]}]})";

struct Ran {
    StudyRead read;
    std::optional<Finished> finished;
    std::optional<Results> results;

    explicit Ran(const std::string& decision) {
        char text[2000];
        std::snprintf(text, sizeof text, three_plans, decision.c_str());
        read = read_study_text("rules.json", text, {});
        REQUIRE(read.study);
        finished.emplace(finish(*read.study, {}, "rules.json"));
        results.emplace(*finished);
    }
    const PlanChoice::Row& chosen() const { return results->of<PlanChoice>().front(); }
    /// Mean over runs of one plan's column, for one of the 80 establishments.
    double mean(const std::string& plan, double Replicates::Row::*column) const {
        double sum = 0;
        for (const double v : Replicates::of_plan(results->of<Replicates>(), plan, column)) sum += v / 20;
        return sum;
    }
    double cost(const std::string& plan) const { return mean(plan, &Replicates::Row::cost_gbp_discounted); }
    double years(const std::string& plan) const { return mean(plan, &Replicates::Row::benchmark_years_discounted); }
    std::string said() const {
        const ReportFacts facts = facts_of(*read.study, "0", "hubsim run");
        return choice_sentence(Page(facts, *results));
    }
};

bool near(double a, double b) { return std::fabs(a - b) <= 1e-9 * std::max(1.0, std::fabs(b)); }

}  // namespace

TEST_CASE("the most: the plan with most benchmark-years, whatever it costs") {
    const Ran r(R"("decision": {"rule": "most"},)");
    REQUIRE(r.years("large") > r.years("small"));
    REQUIRE(r.years("small") > r.years("none"));
    CHECK(r.chosen().plan == "large");
    CHECK(near(r.chosen().lead, (r.years("large") - r.years("small")) / 80));
    CHECK(near(r.chosen().gain, (r.years("large") - r.years("none")) / 80));
    for (const Switching::Row& row : r.results->of<Switching>()) CHECK(row.leader == "large");
}

TEST_CASE(
    "net benefit: dear benchmark-years are chosen where they are worth much, and not where they are worth little") {
    const Ran cheap(R"("decision": {"rule": "net_benefit", "worth_gbp": 10},)");
    const double extra = cheap.cost("small") - cheap.cost("none"), gain = cheap.years("small") - cheap.years("none");
    REQUIRE(extra > 10 * gain);
    CHECK(cheap.chosen().plan == "none");
    CHECK(cheap.said().find(" brings the most") == std::string::npos);
    CHECK(cheap.said().find(". That gain is worth only £") != std::string::npos);
    for (const Switching::Row& row : cheap.results->of<Switching>()) {  // the reference keeps its place throughout
        INFO(row.parameter);
        CHECK(row.lead_low > 0);
        CHECK(row.lead_high > 0);
        CHECK(row.rival == row.leader);
    }
    const Ran dear(R"("decision": {"rule": "net_benefit", "worth_gbp": 1000000},)");
    CHECK(dear.chosen().plan == "large");
    bool prices = false;
    for (const Switching::Row& row : dear.results->of<Switching>())
        prices = prices || (row.parameter.starts_with("account_costs.") && row.swing > 0);
    CHECK(prices);
}

TEST_CASE("within a budget: a dearer plan is not chosen, and is not said to bring less") {
    const Ran free(R"("decision": {"rule": "most"},)");
    const double small = free.cost("small") - free.cost("none"), large = free.cost("large") - free.cost("none");
    REQUIRE(large > 1.2 * small);
    const auto with_budget = [](double gbp) {
        return Ran("\"decision\": {\"rule\": \"within_budget\", \"budget_gbp\": " + std::to_string(gbp) + "},");
    };
    const Ran middle = with_budget(1.1 * small);
    CHECK(middle.chosen().plan == "small");
    CHECK(middle.results->of<PlanChoice>()[1].plan == "none");
    CHECK(middle.results->of<PlanChoice>()[2].affordable == 0);
    CHECK(middle.chosen().lead > 0);
    CHECK(middle.said().find("“small” brings the most") != std::string::npos);
    const Ran nothing = with_budget(0.5 * small);
    CHECK(nothing.chosen().plan == "none");
    CHECK(std::isnan(nothing.chosen().lead));
    CHECK(nothing.said().starts_with("No other plan is within £"));
    CHECK(nothing.said().find("The cheapest, “small”, costs £") != std::string::npos);
    const Ran enough = with_budget(1.01 * large);
    CHECK(enough.chosen().plan == "large");
}

TEST_CASE("benchmarks at the end are compared as such") {
    const Ran r(R"("decision": {"outcome": "benchmarks_at_end", "rule": "most"},)");
    CHECK(r.chosen().plan == "large");
    CHECK(near(r.chosen().gain,
               r.mean("large", &Replicates::Row::benchmarks_mean) - r.mean("none", &Replicates::Row::benchmarks_mean)));
    const auto& horizon = r.results->of<Horizon>();
    CHECK(near(horizon.back().gain, r.chosen().gain));
    CHECK(r.said().find(" more benchmarks per establishment than “none”") != std::string::npos);
}
