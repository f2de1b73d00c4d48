// What the first screen says, in every form: gain, loss, nothing, a tie, the reference best, one plan, another rule.
#include "analysis/results/sentences.h"
#include "analysis/results/tables.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

/// Results of two or three plans, as a folder would hold them.
struct Case {
    ReportFacts facts;
    Results results{"2018-19"};
    std::vector<PlanChoice::Row> choice;

    Case(std::vector<PlanChoice::Row> by_rule, std::uint32_t runs) : choice(std::move(by_rule)) {
        if (!choice.empty()) choice.front().best_percent = 100;
        facts.plans = {"A"};
        for (const char* plan : {"B", "C"})
            for (const PlanChoice::Row& row : choice)
                if (row.plan == plan) facts.plans.emplace_back(plan);
        facts.last_month = "2023-08";
        facts.establishments = 1000;
        std::vector<Replicates::Row> replicates;
        std::vector<Headline::Row> headline;
        for (const std::string& plan : facts.plans) {
            headline.emplace_back().plan = plan;
            headline.back().benchmarks_mean = 4.5;
            for (std::uint32_t r = 0; r < runs; ++r) {
                replicates.emplace_back().plan = plan;
                replicates.back().benchmarks_mean = 4.5;
                for (const PlanChoice::Row& row : choice)
                    if (row.plan == plan) replicates.back().outcome = replicates.back().score = row.gain;
            }
        }
        results.put<Replicates>(std::move(replicates));
        results.put<Headline>(std::move(headline));
        results.put<PlanChoice>(choice);
    }
    std::string said() const { return choice_sentence(Page(facts, results)); }
};

PlanChoice::Row row(const char* plan, double gain, double low, double high, double ahead, double cost) {
    PlanChoice::Row out;
    out.plan = plan;
    out.gain = gain;
    out.gain_p10 = low;
    out.gain_p90 = high;
    out.ahead_percent = ahead;
    out.extra_cost_gbp = cost;
    return out;
}
const PlanChoice::Row reference = row("A", 0, 0, 0, 0, 0);

}  // namespace

TEST_CASE("a gain for money") {
    CHECK(Case({row("B", 1.234, 0.9, 1.5, 95, 30.06e6), reference}, 40).said() ==
          "Of two plans “B” brings the most: 1.23 more benchmark-years per establishment than “A” by August 2023 (80 % "
          "of runs: 0.90 to 1.50), for £30.1 million more; it brings more than “A” in 38 of 40 runs.");
}

TEST_CASE("a gain that saves money, among three") {
    CHECK(
        Case({row("C", 0.5, 0.2, 0.8, 100, -2e6), row("B", 0.1, 0, 0.2, 90, 0), reference}, 20).said() ==
        "Of 3 plans “C” brings the most: 0.50 more benchmark-years per establishment than “A” by August 2023 (80 % of "
        "runs: 0.20 to 0.80), for £2.0 million less; it brings more than “A” in all 20 runs, and beats the next, “B”, in 20 "
        "of 20.");
}

TEST_CASE("a cut: the reference brings the most, and the sentence says fewer, not minus") {
    CHECK(
        Case({reference, row("B", -0.32, -0.5, -0.1, 0, -29.5e6)}, 100).said() ==
        "Of two plans “A” brings the most: the next, “B”, brings 0.32 fewer benchmark-years per establishment than “A” "
        "by August 2023 (80 % of runs: 0.10 to 0.50), for £29.5 million less; it brings more than “A” in no run.");
}

TEST_CASE("a plan that is the best in fewer than three of four runs is too close to call") {
    Case close({row("B", 0.2, -0.1, 0.5, 70, 1e6), reference}, 40);
    close.choice[0].best_percent = 70;
    close.results.put<PlanChoice>(close.choice);
    CHECK(
        close.said() ==
        "Of two plans “B” brings the most on average, too close to call: 0.20 more benchmark-years per establishment than "
        "“A” by August 2023 (80 % of runs: −0.10 to 0.50), for £1.0 million more; it brings more than “A” in 28 of 40 runs.");
}

TEST_CASE("a gain too small to print, at the same cost, in few runs") {
    CHECK(
        Case({row("B", 0.001, -0.2, 0.2, 50, 0.2), reference}, 4).said() ==
        "Of two plans “B” brings the most: less than 0.01 more benchmark-years per establishment than “A” by August 2023 (4 runs are "
        "too few for a range), at the same cost; it brings more than “A” in 2 of 4 runs.");
}

TEST_CASE("no difference in any run") {
    CHECK(Case({reference, row("B", 0, 0, 0, 0, 0)}, 20).said() ==
          "“B” makes no difference: as many benchmark-years as “A” in every run.");
}

TEST_CASE("one plan alone") {
    CHECK(
        Case({}, 20).said() ==
        "Under “A” establishments reach 4.50 of 8 benchmarks by August 2023 (80 % of runs: 4.50 to 4.50), for £0, present value. One plan alone says nothing of what it "
        "adds.");
}

TEST_CASE("by net benefit, within a budget, and by benchmarks at the end") {
    Case worth({row("B", 1.2, 1, 1.4, 100, 3e6), reference}, 20);
    worth.facts.decision = {PrimaryOutcome::benchmark_years, ChoiceRule::net_benefit, 10000, 0};
    CHECK(
        worth.said() ==
        "At £10,000 a benchmark-year “B” is the best of two plans: 1.20 more benchmark-years per establishment than “A” "
        "by August 2023 (80 % of runs: 1.00 to 1.40), for £3.0 million more; by this rule it is better than “A” in all "
        "20 runs.");
    Case budget({row("B", 1.2, 1, 1.4, 100, 3e6), reference, row("C", 2, 1, 3, 100, 9e6)}, 20);
    budget.facts.decision = {PrimaryOutcome::benchmarks_at_end, ChoiceRule::within_budget, 0, 5e6};
    CHECK(
        budget.said() ==
        "Within £5.0 million more than “A”, of 3 plans, “B” brings the most: 1.20 more benchmarks per establishment than "
        "“A” by August 2023 (80 % of runs: 1.00 to 1.40), for £3.0 million more; it brings more than “A” in all 20 runs.");
}

TEST_CASE("measures that would choose otherwise are told with why not") {
    Case c({row("B", 1.2, 1, 1.4, 100, 30e6), row("C", 1.1, 1, 1.4, 100, 32.6e6), reference}, 40);
    c.choice[0].outcome = 3.2;
    c.choice[1].outcome = 3.1;
    c.choice[0].best_percent = 52.5;
    c.choice[1].best_percent = 47.5;
    c.results.put<PlanChoice>(c.choice);
    const auto other = [](const char* measure, const char* plan, double value, double of_chosen, const char* unit,
                          bool agrees) {
        OtherMeasures::Row out;
        out.measure = measure;
        out.plan = plan;
        out.value = value;
        out.of_chosen = of_chosen;
        out.unit = unit;
        out.agrees = agrees;
        return out;
    };
    c.results.put<OtherMeasures>(
        {other("most benchmarks at the end", "C", 6.27, 5.99, "benchmarks (0-8)", false),
         other("most benchmark-years, discounted", "B", 3.2, 3.2, "benchmark-years per establishment", true),
         other("most with all eight at the end", "C", 34.4, 33.5, "percent", false),
         other("most for those with none at the start", "C", 6.3, 5.5, "benchmarks (0-8)", false),
         other("lowest cost", "A", 1e6, 2e6, "GBP", false)});
    c.results.put<Frontier>({});
    const Page page(c.facts, c.results);
    CHECK(
        which_plan_words(page) ==
        "“B”, by most benchmark-years. “C” has the most benchmarks at the end, 6.27 against 5.99, but gains later and "
        "costs £2.6 million more. In all, 3 of 3 other measures of attainment in the table below would choose another plan. A benchmark-year is one benchmark held by one school for a year.");
    CHECK(sure_words(page) == "“B” is the best by this rule in 21 of 40 runs; “C” in 19 of 40. Too close to call.");
    c.results.put<Frontier>({{"A", 0, 0, Dominance::none, std::nan(""), 0, 0, 0, 0},
                             {"B", 30e6, 6000, Dominance::none, 5000, 0, 0, 0, 0},
                             {"C", 32.6e6, 5900, Dominance::strong, std::nan(""), 0, 0, 0, 0}});
    CHECK(value_words(Page(c.facts, c.results)) ==
          "By value for money: “A” while a benchmark-year is worth less than "
          "£5,000; above that, “B”.");
}

TEST_CASE("amounts are said in units that people say") {
    CHECK(amount_in_words(0.09, "share of what is missing") == "9.00 % of what is missing");
    CHECK(amount_in_words(0.31, "share per year") == "31.0 % per year");
    CHECK(amount_in_words(0.0165, "chance per item and exposure") == "1.65 % per item and exposure");
    CHECK(amount_in_words(0.5, "chance") == "50.0 %");
    CHECK(amount_in_words(1.5, "times") == "1.50 times");
}

TEST_CASE("the choice by horizon: one plan throughout, plans in turn, and one that is catching up") {
    Case c({row("B", 1, 1, 1, 100, 1), row("C", 0.9, 1, 1, 100, 1), reference}, 40);
    const auto horizon = [&](std::vector<std::array<double, 3>> by_year, const std::string& chosen) {
        std::vector<Horizon::Row> rows;
        for (std::size_t year = 0; year < by_year.size(); ++year)
            for (std::size_t p = 0; p < 3; ++p) {
                Horizon::Row& one = rows.emplace_back();
                one.months = 12 * static_cast<std::int64_t>(year + 1);
                one.date = std::to_string(2019 + year) + "-08";
                one.plan = c.facts.plans[p];
                one.preference = by_year[year][p];
                one.chosen = one.plan[0] == chosen[year];
            }
        c.results.put<Horizon>(std::move(rows));
        return horizon_words(Page(c.facts, c.results));
    };
    CHECK(horizon({{0, 0.2, 0.1}, {0, 0.5, 0.3}, {0, 0.9, 0.6}}, "BBB") ==
          "“B” is chosen however many of the years to August 2021 are counted.");
    CHECK(horizon({{0, -0.2, 0.1}, {0, -0.1, 0.3}, {0, 0.9, 0.6}}, "CCB") ==
          "How long is counted matters: “C” is chosen up to August 2020, then “B”.");
    CHECK(horizon({{0, -0.3, -0.1}, {0, 0.1, 0.3}, {0, 0.9, 0.6}}, "ACB") ==
          "How long is counted matters: “A” is chosen up to August 2019, then “C” up to August 2020, then “B”.");
    CHECK(
        horizon({{0, 0.2, 0.1}, {0, 0.8, 0.5}, {0, 1.1, 1.05}}, "BBB") ==
        "“B” is chosen however many of the years to August 2021 are counted. “C” gained 0.25 on it in the last year: at that pace it "
        "would be chosen within a year more.");
    CHECK(horizon({{0, 0.2, 0.1}, {0, 0.8, 0.5}, {0, 1.1, 0.82}}, "BBB") ==  // 0.02 a year: never, as far as we look
          "“B” is chosen however many of the years to August 2021 are counted.");
}
