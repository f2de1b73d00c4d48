#pragma once
// The tables of money and of what is reported that a report shows otherwise than the files hold them, made anew.
#include <cmath>
#include <map>

#include "tests/report_reader.h"

namespace hubs::test {

class ReportMoney {
public:
    ReportMoney(const std::string& html, const Data& data) : data_(data) {
        for (const ShownTable& t : tables_shown(html)) {
            if (t.name == "as_reported") as_reported(t);
            if (t.name == "payers_by_year") payers(t);
            if (t.name == "extra_cost") extra_cost(t);
            if (t.name == "worth_by_years") worth(t);
        }
    }
    static bool holds(const std::string& table) {
        return table == "as_reported" || table == "payers_by_year" || table == "extra_cost" ||
               table == "worth_by_years";
    }
    std::vector<std::string> wrong;
    std::size_t numbers = 0;

private:
    using Record = std::map<std::string, std::string>;
    std::vector<Record> of(const std::string& table) const {
        const Cells& cells = data_.at(table);
        std::vector<Record> out;
        for (std::size_t r = 1; r < cells.size(); ++r) {
            out.emplace_back();
            for (std::size_t c = 0; c < cells[r].size(); ++c) out.back()[cells[0][c]] = cells[r][c];
        }
        return out;
    }
    std::vector<std::string> plans() const {
        std::vector<std::string> out;
        for (const Record& row : of("headline")) out.push_back(row.at("plan"));
        return out;
    }
    static double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }
    void near(const std::string& what, const std::string& shown, double found) {
        ++numbers;
        if (!(std::fabs(number(shown) - found) <= 1e-6 * std::max(1.0, std::fabs(found))))
            wrong.push_back(what + ": shown " + shown + ", data say " + std::to_string(found));
    }

    void as_reported(const ShownTable& t) {
        const std::vector<std::string> measures{"benchmarks_mean", "benchmarks_mean_reported",
                                                "benchmarks_mean_returned", "gain_returned", "returned"};
        for (const auto& shown : t.rows)
            for (std::size_t m = 0; m < measures.size(); ++m) {
                std::string last = "none", full;  // the last month in which all is counted
                for (const Record& row : of("attainment"))
                    if (row.at("grouping") == "all" && row.at("plan") == shown[0]) {
                        if (row.at("measure") == "gain_returned") full = row.at("month");
                    }
                for (const Record& row : of("attainment"))
                    if (row.at("grouping") == "all" && row.at("plan") == shown[0] && row.at("measure") == measures[m] &&
                        row.at("month") == full)
                        last = row.at("mean");
                near("as reported, " + shown[0] + ", " + measures[m], shown.at(m + 1), number(last));
            }
    }
    void payers(const ShownTable& t) {
        for (const auto& shown : t.rows)
            for (std::size_t p = 0; p < plans().size(); ++p) {
                double sum = 0;  // "in all" of years, "all payers" of payers
                for (const Record& row : of("payers")) {
                    const bool one_year = shown[0] != "in all", one_payer = shown[1] != "all payers";
                    if (row.at("plan") != plans()[p] ||
                        (one_year && row.at("financial_year") != shown[0].substr(0, 7)) ||
                        (one_payer && row.at("payer") != shown[1]))
                        continue;
                    sum += number(row.at("gbp"));
                    if (one_year && row.at("months") != "12" &&
                        shown[0].find("(" + row.at("months") + " month") == std::string::npos)
                        wrong.push_back("payers " + shown[0] + " is of " + row.at("months") + " months");
                }
                near("payers " + shown[0] + ", " + shown[1], shown.at(p + 2), sum);
            }
    }
    void extra_cost(const ShownTable& t) {
        std::string shown_plan;
        for (const Record& row : of("decision"))
            if (shown_plan.empty() && row.at("plan") != plans().front()) shown_plan = row.at("plan");
        std::map<std::string, double> extra;
        for (const Record& row : of("costs")) {
            const double gbp = number(row.at("gbp_discounted"));
            if (row.at("plan") == shown_plan) extra[row.at("label")] += gbp, extra["In all"] += gbp;
            if (row.at("plan") == plans().front()) extra[row.at("label")] -= gbp, extra["In all"] -= gbp;
        }
        for (const auto& shown : t.rows) near("extra cost, " + shown[0], shown.at(2), extra[shown[0]]);
    }
    void worth(const ShownTable& t) {
        const auto rows = of("worth_and_horizon");
        std::size_t at = 0;
        for (const auto& shown : t.rows)
            for (std::size_t c = 1; c < shown.size(); ++c, ++at) {
                ++numbers;
                const long months = at < rows.size() ? std::stol(rows[at].at("months")) : 0;
                const std::string counted = months % 12 != 0 ? std::to_string(months) + " months"
                                            : months == 12   ? "1 year"
                                                             : std::to_string(months / 12) + " years";
                if (at >= rows.size() || rows[at].at("plan") != shown[c] || counted != shown[0])
                    wrong.push_back("best value after " + shown[0] + " years: shown " + shown[c]);
            }
        if (at != rows.size()) wrong.push_back("best value by worth and horizon: not all is shown");
    }

    const Data& data_;
};

}  // namespace hubs::test
