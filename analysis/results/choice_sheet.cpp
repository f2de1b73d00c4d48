#include "analysis/results/choice_sheet.h"

#include <xlsxwriter.h>

#include <cmath>
#include <string>

#include "sim/run/discounting.h"

namespace hubs {
namespace {

// Rows of the sheet, from 1 as people count them.
constexpr unsigned worth_row = 4, rate_row = 5, years_row = 6, bias_row = 7, rule_row = 8, budget_row = 9,
                   heading_row = 11, first_plan_row = 12, first_data_row = 4;

std::string at(char column, unsigned row) { return std::string(1, column) + std::to_string(row); }
std::string fixed_at(char column, unsigned row) { return "$" + std::string(1, column) + "$" + std::to_string(row); }

/// A plan in present values, as the formulas work it out.
struct Totals {
    double outcome = 0, years = 0, cost = 0;
};

class Writer {
public:
    Writer(const ChoiceSheet& of, lxw_workbook* book, lxw_format* bold)
        : of_(of), facts_(of.facts), sheet_(workbook_add_worksheet(book, "choose")), bold_(bold) {
        input_ = workbook_add_format(book);
        format_set_bg_color(input_, 0xFFF2CC);
        whole_ = workbook_add_format(book);
        format_set_num_format(whole_, "#,##0");
        at_end_ = facts_.decision.outcome == PrimaryOutcome::benchmarks_at_end;
    }
    void all() {
        worksheet_set_column(sheet_, 0, 0, 46, nullptr);
        worksheet_set_column(sheet_, 1, 8, 20, nullptr);
        text(1, 'A', "Which plan, by a worth, a rate and a horizon of your own", bold_);
        text(
            2, 'A',
            "Change the coloured cells; as saved they are the report's. Totals by plan and year: sheet by_year. Formulas "
            "and sources: docs/value.md.");
        inputs();
        headings();
        for (std::size_t p = 0; p < facts_.plans.size(); ++p) plan(p);
        worksheet_freeze_panes(sheet_, 0, 1);
    }

private:
    void text(unsigned row, char column, const std::string& what, lxw_format* format = nullptr) {
        worksheet_write_string(sheet_, row - 1, static_cast<lxw_col_t>(column - 'A'), what.c_str(), format);
    }
    void input(unsigned row, const std::string& what, double value) {
        text(row, 'A', what);
        worksheet_write_number(sheet_, row - 1, 1, value, input_);
    }
    void formula(unsigned row, char column, const std::string& what, double value, lxw_format* format = nullptr) {
        worksheet_write_formula_num(sheet_, row - 1, static_cast<lxw_col_t>(column - 'A'), ("=" + what).c_str(), format,
                                    value);
    }
    unsigned years() const { return (facts_.months + 11u) / 12u; }
    int rule() const { return static_cast<int>(facts_.decision.rule) + 1; }

    void inputs() {
        const DecisionSettings& d = facts_.decision;
        input(worth_row,
              d.worth_gbp > 0 ? "A benchmark-year is worth, GBP (the scenario's)"
                              : "A benchmark-year is worth, GBP (where the choice turns; no official figure)",
              of_.worth);
        input(rate_row, "Discount rate, a year", facts_.discount_rate);
        input(years_row, "Years counted, from the start of the run", years());
        input(bias_row, "Optimism bias added to costs, a share", 0);
        input(rule_row, "Choose by: 1 = most of the outcome, 2 = most value after cost, 3 = most within the budget",
              rule());
        input(budget_row, "Budget beyond the first plan, GBP", d.budget_gbp);
    }
    void headings() {
        char column = 'A';
        for (const std::string& heading :
             {std::string("Plan"),
              std::string(at_end_ ? "Benchmarks at the end, all establishments" : "Benchmark-years, present value"),
              "Cost, present value, GBP " + facts_.price_base, std::string("More than the first plan"),
              std::string("Extra cost, GBP"), std::string("More benchmark-years, present value"),
              std::string("Net present social value, GBP"), std::string("Preference by the rule"),
              std::string("Chosen")})
            text(heading_row, column++, heading, bold_);
    }
    Totals totals_of(const std::string& plan) const {
        Totals out;
        for (const ByYear::Row& row : of_.by_year) {
            if (row.plan != plan || row.year > years()) continue;
            const double factor = discount_factor(facts_.discount_rate, static_cast<unsigned>(row.year - 1));
            out.cost += row.gbp * factor;
            out.years += row.benchmark_years * factor;
            if (at_end_) out.outcome = row.benchmarks_at_end * facts_.establishments;
        }
        if (!at_end_) out.outcome = out.years;
        return out;
    }
    /// A column of by_year, all rows.
    std::string data(char column) const {
        const auto last = static_cast<unsigned>(first_data_row - 1 + of_.by_year.size());
        return "by_year!" + fixed_at(column, first_data_row) + ":" + fixed_at(column, last);
    }
    /// By the rule as saved; not a number where a plan costs more than the budget.
    double preference(const Totals& t, const Totals& first) const {
        const double more = t.outcome - first.outcome, extra = t.cost - first.cost;
        if (rule() == 2) return of_.worth * (t.years - first.years) - extra;
        return rule() == 3 && extra > facts_.decision.budget_gbp ? std::nan("") : more;
    }
    std::size_t chosen() const {
        const Totals first = totals_of(facts_.plans.front());
        std::size_t out = 0;
        for (std::size_t q = 1; q < facts_.plans.size(); ++q)
            if (preference(totals_of(facts_.plans[q]), first) > preference(totals_of(facts_.plans[out]), first))
                out = q;
        return out;
    }
    void plan(std::size_t p) {
        const std::string& name = facts_.plans[p];
        const unsigned row = first_plan_row + static_cast<unsigned>(p),
                       last = first_plan_row + static_cast<unsigned>(facts_.plans.size()) - 1;
        const Totals t = totals_of(name), first = totals_of(facts_.plans.front());
        const std::string own = "(" + data('A') + "=" + at('A', row) + ")*", years = fixed_at('B', years_row);
        const std::string discounted = "/(1+" + fixed_at('B', rate_row) + ")^(" + data('B') + "-1))",
                          counted = "SUMPRODUCT(" + own + "(" + data('B') + "<=" + years + ")*",
                          held = counted + data('D') + discounted;
        text(row, 'A', name);
        formula(row, 'B',
                at_end_ ? "SUMPRODUCT(" + own + "(" + data('B') + "=" + years + ")*" + data('E') + ")*" +
                              std::to_string(facts_.establishments)
                        : held,
                t.outcome, whole_);
        formula(row, 'C', counted + data('F') + discounted + "*(1+" + fixed_at('B', bias_row) + ")", t.cost, whole_);
        formula(row, 'D', at('B', row) + "-" + fixed_at('B', first_plan_row), t.outcome - first.outcome, whole_);
        formula(row, 'E', at('C', row) + "-" + fixed_at('C', first_plan_row), t.cost - first.cost, whole_);
        formula(row, 'F',
                at_end_ ? held + "-SUMPRODUCT((" + data('A') + "=" + fixed_at('A', first_plan_row) + ")*(" + data('B') +
                              "<=" + years + ")*" + data('D') + discounted
                        : at('D', row),
                t.years - first.years, whole_);
        formula(row, 'G', fixed_at('B', worth_row) + "*" + at('F', row) + "-" + at('E', row),
                of_.worth * (t.years - first.years) - (t.cost - first.cost), whole_);
        const std::string by_rule = "IF(" + fixed_at('B', rule_row) + "=2," + at('G', row) + ",IF(AND(" +
                                    fixed_at('B', rule_row) + "=3," + at('E', row) + ">MAX(0," +
                                    fixed_at('B', budget_row) + ")" + "),\"too dear\"," + at('D', row) + "))";
        if (const double saved = preference(t, first); std::isnan(saved))
            worksheet_write_formula_str(sheet_, row - 1, 7, ("=" + by_rule).c_str(), whole_, "too dear");
        else formula(row, 'H', by_rule, saved, whole_);
        const std::string all = fixed_at('H', first_plan_row) + ":" + fixed_at('H', last);
        worksheet_write_formula_str(sheet_, row - 1, 8,
                                    ("=IF(MATCH(MAX(" + all + ")," + all + ",0)=ROW()-" +
                                     std::to_string(first_plan_row - 1) + ",\"chosen\",\"\")")
                                        .c_str(),
                                    nullptr, chosen() == p ? "chosen" : "");
    }

    const ChoiceSheet& of_;
    const ReportFacts& facts_;
    lxw_worksheet* sheet_;
    lxw_format *bold_, *input_ = nullptr, *whole_ = nullptr;
    bool at_end_ = false;
};

}  // namespace

void ChoiceSheet::write(lxw_workbook* book, lxw_format* bold) const { Writer(*this, book, bold).all(); }

}  // namespace hubs
