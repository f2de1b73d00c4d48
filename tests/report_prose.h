#pragma once
// The sentences of a report that hold numbers, written anew from data/*.csv; and every number of the page that stands
// in no table, no such sentence and no text that is the same in every report.
#include <regex>
#include <set>

#include "tests/report_checks.h"

namespace hubs::test {

class ReportProse {
public:
    ReportProse(const std::string& html, const Data& data) : data_(data) {
        nodes(html);
        headline();
        school_spending();
        horizon();
        value_for_money();
        what_would_change();
        areas();
        evaluation();
        counts();
        basis();
        for (const std::string& text : texts_)
            if (std::regex_search(text, std::regex("[0-9]")) && !stands(text))
                wrong.push_back("not borne out: " + text);
    }
    std::vector<std::string> wrong;
    std::size_t sentences = 0;

private:
    using Row = std::vector<std::string>;
    /// Texts of the page outside tables, charts and commands.
    void nodes(const std::string& html) {
        std::string main = html.substr(html.find("<main"), html.find("</main>") - html.find("<main"));
        for (const auto& [open, close] :
             {std::pair{"<script", "</script>"}, {"<table", "</table>"}, {"<pre", "</pre>"}, {"<ol>", "</ol>"}})
            for (std::size_t at = 0; (at = main.find(open, at)) != std::string::npos;)
                main.erase(at, main.find(close, at) + std::string(close).size() - at);
        for (std::size_t at = main.find('>'); at != std::string::npos && at + 1 < main.size();) {
            const std::size_t end = std::min(main.find('<', at + 1), main.size());
            if (end > at + 1) texts_.push_back(unescaped(main.substr(at + 1, end - at - 1)));
            at = main.find('>', end);
        }
    }
    const Cells& of(const std::string& name) const { return data_.at(name); }
    std::string cell(const std::string& table, const Row& row, const std::string& name) const {
        const auto& names = of(table).front();
        return row.at(static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
    }
    double value(const std::string& table, const Row& row, const std::string& name) const {
        const std::string text = cell(table, row, name);
        return text.empty() ? std::nan("") : std::strtod(text.c_str(), nullptr);
    }
    std::vector<Row> rows(const std::string& table) const { return {of(table).begin() + 1, of(table).end()}; }
    static std::string number(double v, int decimals) {
        char digits[64];
        std::snprintf(digits, sizeof digits, "%.*f", decimals, std::fabs(v));
        std::string out = digits;
        const std::size_t point = std::min(out.find('.'), out.size());
        for (std::size_t at = point; at > 3; at -= 3) out.insert(at - 3, ",");
        return (v < 0 && out.find_first_of("123456789") != std::string::npos ? "−" : "") + out;
    }
    static std::string plain(double v) {
        return number(v, std::fabs(v) >= 100 ? 0 : std::fabs(v) >= 10 ? 1 : std::fabs(v) >= 0.1 ? 2 : 3);
    }
    static std::string pounds(double v) {
        const std::string sign = v < 0 ? "−£" : "£";
        return std::fabs(v) >= 1e6 ? sign + number(std::fabs(v) / 1e6, 1) + " million" : sign + number(std::fabs(v), 0);
    }
    double runs() const {
        return static_cast<double>(rows("replicates").size()) / static_cast<double>(rows("headline").size());
    }
    std::string of_runs(double percent) const {
        return number(std::round(percent * runs() / 100), 0) + " of " + number(runs(), 0);
    }
    std::string in_runs(double percent) const {
        const double count = std::round(percent * runs() / 100);
        return count == 0        ? "no run"
               : count == runs() ? "all " + number(runs(), 0) + " runs"
                                 : (percent < 50 ? "only " : "") + of_runs(percent) + " runs";
    }
    static std::string quoted(const std::string& name) { return "“" + name + "”"; }
    /// A text that must stand on the page as it is, at least once.
    void expect(const std::string& text) {
        ++sentences;
        borne_out_.insert(text);
        for (const std::string& t : texts_)
            if (t.find(text) != std::string::npos) return;
        wrong.push_back("not on the page: " + text);
    }
    bool stands(std::string text) const {
        for (const std::string& known : borne_out_)
            for (std::size_t at = 0; (at = text.find(known)) != std::string::npos;) text.erase(at, known.size());
        // What every report says, and names and dates of the study.
        static const std::vector<std::string> always{
            "2018/19",
            "2018 to 2023",
            "2017/18",
            "2018-19",
            "50, 80 and 95 % of runs",
            "80 % of runs",
            "95 % intervals",
            "the figure at 0",
            "the line at 0",
            "Cut off at 6",
            "Open Government Licence v3.0. Contains OS data © Crown copyright and database right 2021.",
            "benchmarks 5 or 6",
            "396 pupils of 14 hub schools",
            "(S137)",
            "Padlocks: 1 of 5",
            "Years 10 and 12",
            "Years 9 to 13",
            "Years 11 and 13",
            "evidence of 0 or 1 of 5",
            "(0 assumed, 5 strongest)",
            "ODD protocol (2020)",
            "has 48 items",
            "60 members in Lancashire",
            "Below 0 the choice turns",
            "the middle 90 % of its draws",
            "may pass 100 %",
            "from the low end of each range (0) to the high end (100)"};
        for (const std::string& known : always)
            for (std::size_t at = 0; (at = text.find(known)) != std::string::npos;) text.erase(at, known.size());
        text = std::regex_replace(
            text,
            std::regex(
                "(January|February|March|April|May|June|July|August|September|October|November|December) 20[0-9]{2}"),
            "");
        return !std::regex_search(text, std::regex("[0-9]"));
    }
    /// "9 % of what is missing", "1.5 times".
    static std::string amount(double v, const std::string& unit) {
        if (unit.rfind("share", 0) == 0) return plain(100 * v) + " %" + unit.substr(5);
        if (unit.rfind("chance", 0) == 0) return plain(100 * v) + " %" + unit.substr(6);
        if (unit.rfind("GBP", 0) == 0) return pounds(v) + unit.substr(3);
        return plain(v) + (unit.empty() ? "" : " " + unit);
    }
    static std::string bare(double v, const std::string& unit) {
        return unit.rfind("share", 0) == 0 || unit.rfind("chance", 0) == 0 ? plain(100 * v) + " %"
               : unit.rfind("GBP", 0) == 0                                 ? pounds(v)
                                                                           : plain(v);
    }
    std::string meaning(const std::string& path) const {
        for (const Row& row : rows("assumptions"))
            if (cell("assumptions", row, "section") + "." + cell("assumptions", row, "name") == path)
                return cell("assumptions", row, "meaning");
        return path;
    }
    const Row& choice(const std::string& plan) const {
        for (std::size_t r = 1; r < of("decision").size(); ++r)
            if (of("decision")[r][0] == plan) return of("decision")[r];
        throw std::runtime_error("no plan " + plan);
    }
    /// The plan by the rule of the decision, worked out from the replicates: the highest mean score.
    std::string best_by_rule() const {
        std::map<std::string, double> sum;
        for (const Row& row : rows("replicates")) sum[row[0]] += value("replicates", row, "score");
        std::string best = of("headline")[1][0];
        for (std::size_t r = 2; r < of("headline").size(); ++r)
            if (sum[of("headline")[r][0]] > sum[best]) best = of("headline")[r][0];
        return best;
    }
    /// What a school spends, against the estimate.
    void school_spending() {
        const Row& row = of("school_spending")[1];
        const bool less = value("school_spending", row, "sum") < value("school_spending", row, "estimate");
        expect(std::string("It is ") + (less ? "less" : "more") +
               " than what the Gatsby report of 2014 estimated full provision to cost (S116)");
    }
    /// Which plan, by how much, for how much, how often: and every plan that is named follows the rule.
    void headline() {
        const std::string best = best_by_rule(), reference = of("headline")[1][0];
        const std::size_t n = of("headline").size() - 1;
        if (of("decision")[1][0] != best)
            wrong.push_back("the decision names " + of("decision")[1][0] + ", the rule chooses " + best);
        const Row& row = of("decision")[of("decision")[1][0] == reference ? 2 : 1];
        const auto at = [&](const char* c) { return value("decision", row, c); };
        const bool fewer = at("gain") < 0;
        const std::string unit = " benchmark-years per establishment", cost = pounds(std::fabs(at("extra_cost_gbp")));
        const std::string gain =
            at("gain") == 0 ? "as many" + unit + " as "
                            : (std::fabs(at("gain")) < 0.005 ? "less than 0.01" : number(std::fabs(at("gain")), 2)) +
                                  (fewer ? " fewer" : " more") + unit + " than ";
        const bool close = value("decision", of("decision")[1], "best_percent") < 75;
        expect("Of " + (n == 2 ? std::string("two") : std::to_string(n)) + " plans " + quoted(best) +
               " brings the most" + (close ? " on average, too close to call: " : ": ") +
               (best == reference ? "the next, " + quoted(row[0]) + ", brings " : "") + gain + quoted(reference) +
               " by ");
        const std::string low = number(fewer ? -at("gain_p90") : at("gain_p10"), 2),
                          high = number(fewer ? -at("gain_p10") : at("gain_p90"), 2);
        expect((runs() < 20 ? " (" + number(runs(), 0) + " runs are too few for a range)"
                            : " (80 % of runs: " + low + " to " + high + ")") +
               (cost == pounds(0) ? ", at the same cost"
                                  : ", for " + cost + (at("extra_cost_gbp") > 0 ? " more" : " less")) +
               "; it brings more than " + quoted(reference) + " in " + in_runs(at("ahead_percent")));
        expect(number(std::fabs(at("gain")), 2) + " benchmark-years");
        expect(cost);
        if (n == 2)
            expect(quoted(of("headline")[2][0]) + " brings more in " +
                   in_runs(value("decision", choice(of("headline")[2][0]), "ahead_percent")));
        const double establishments = value("headline", of("headline")[1], "cost_gbp") /
                                      value("headline", of("headline")[1], "cost_per_school_gbp");
        if (at("gain") > 0 && at("extra_cost_gbp") > 0)
            expect(": " + pounds(at("extra_cost_gbp") / at("gain") / std::round(establishments)) +
                   " for each benchmark-year more");
        other_measures(best);
        std::vector<std::pair<double, std::string>> others;  // that are best in a tenth of runs, most often first
        for (std::size_t r = 2; r < of("decision").size(); ++r)
            others.emplace_back(-value("decision", of("decision")[r], "best_percent"), of("decision")[r][0]);
        std::stable_sort(others.begin(), others.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        while (others.size() > 1 && others.back().first > -10) others.pop_back();
        std::string sure = quoted(best) + " is the best by this rule in " +
                           of_runs(value("decision", of("decision")[1], "best_percent")) + " runs";
        for (const auto& [percent, plan] : others) sure += "; " + quoted(plan) + " in " + of_runs(-percent);
        expect(sure + ".");
    }
    /// One measure that would choose otherwise, and why not.
    void other_measures(const std::string& best) {
        std::size_t told = 0, all = 0, measures = 0;
        for (const Row& row : rows("other_measures")) {
            measures += cell("other_measures", row, "unit").rfind("GBP", 0) != 0 &&
                        row[0] != "most benchmark-years, discounted";  // the outcome itself
            const std::string unit = cell("other_measures", row, "unit"), measure = row[0];
            if (cell("other_measures", row, "agrees") == "1" || unit.rfind("GBP", 0) == 0) continue;
            ++all;
            if (told == 1 || unit.rfind("benchmark-years", 0) == 0) continue;
            ++told;
            const Row &other = choice(row[1]), &chosen = choice(best);
            const double extra =
                value("decision", other, "extra_cost_gbp") - value("decision", chosen, "extra_cost_gbp");
            const bool less = value("decision", other, "outcome") < value("decision", chosen, "outcome");
            std::string said = quoted(row[1]) + " has the " + measure + ", " +
                               plain(value("other_measures", row, "value")) + " against " +
                               plain(value("other_measures", row, "of_chosen")) + (unit == "percent" ? " %" : "");
            if (less)
                said += measure == "most benchmarks at the end" ? ", but gains later"
                                                                : ", but brings fewer benchmark-years";
            if (pounds(extra) != pounds(0))
                said += (less ? " and costs " : ", and costs ") + pounds(std::fabs(extra)) +
                        (extra > 0 ? " more" : " less");
            expect(said + ".");
        }
        if (all > told)
            expect(" In all, " + std::to_string(all) + " of " + std::to_string(measures) +
                   " other measures of attainment in the table below would choose another plan.");
        if (all == 0) expect("On average every other measure of attainment in the table below chooses it too.");
    }
    /// The choice had the run ended sooner, worked out again from monthly means and yearly costs.
    void horizon() {
        std::map<std::string, std::map<int, double>> held, cost;  // by plan and month, by plan and year
        for (const Row& row : rows("attainment"))
            if (cell("attainment", row, "grouping") == "all" && cell("attainment", row, "measure") == "benchmarks_mean")
                held[row[0]][std::atoi(row[1].c_str())] = value("attainment", row, "mean");
        for (const Row& row : rows("costs"))
            cost[row[0]][std::atoi(row[1].c_str())] += value("costs", row, "gbp_discounted");
        const auto brings = [&](const std::string& plan, int months) {
            double sum = 0;
            for (const auto& [month, mean] : held[plan])
                if (month >= 1 && month <= months) sum += mean / 12 * std::pow(1.035, -((month - 1) / 12));
            return sum;
        };
        const std::string reference = of("headline")[1][0];
        std::map<int, std::pair<double, std::string>> best;
        for (const Row& row : rows("horizon")) {
            const int months = std::atoi(row[0].c_str());
            const double gain = brings(row[2], months) - brings(reference, months);
            near("horizon " + row[0] + " " + row[2], value("horizon", row, "gain"), gain);
            if (months % 12 == 0) {
                double extra = 0;
                for (const auto& [year, gbp] : cost[row[2]])
                    if (year * 12 <= months) extra += gbp - cost[reference][year];
                near("cost to " + row[0] + " of " + row[2], value("horizon", row, "extra_cost_gbp") / 1e6, extra / 1e6);
            }
            if (best.find(months) == best.end() || gain > best[months].first) best[months] = {gain, row[2]};
        }
        std::set<std::string> chosen;
        for (const Row& row : rows("horizon"))
            if (cell("horizon", row, "chosen") == "1") {
                chosen.insert(row[2]);
                if (best[std::atoi(row[0].c_str())].second != row[2])
                    wrong.push_back("horizon " + row[0] + " chooses " + row[2]);
            }
        if (chosen.size() == 1) expect(quoted(*chosen.begin()) + " is chosen however many of the years to ");
    }
    void near(const std::string& what, double shown, double found) {
        ++sentences;
        if (!(std::fabs(shown - found) <= 1e-6 * std::max(1.0, std::fabs(found))))
            wrong.push_back(what + ": " + number(shown, 6) + ", worked out again " + number(found, 6));
    }
    void value_for_money() {
        std::vector<Row> along;
        for (const Row& row : rows("frontier"))
            if (cell("frontier", row, "standing") == "worth considering") along.push_back(row);
        if (along.size() > 1) {
            std::string said =
                "By value for money: " + quoted(along[0][0]) + " while a benchmark-year is worth less than ";
            for (std::size_t i = 1; i < along.size(); ++i) {
                const std::string worth = pounds(value("frontier", along[i], "gbp_per_benchmark_year"));
                said += (i == 1 ? worth + "; above that, " : "; above " + worth + ", ") + quoted(along[i][0]);
            }
            expect(said + ".");
        }
        plane();
    }
    /// What the plan shown costs for each benchmark-year more, or saves for each lost; at a stated worth, its value.
    void plane() {
        std::string shown;
        for (const Row& row : rows("decision"))
            if (shown.empty() && row[0] != rows("headline")[0][0]) shown = row[0];
        for (const Row& row : rows("net_value")) {
            if (row[0] != shown) continue;
            const double worth = value("net_value", row, "worth_gbp"), net = value("net_value", row, "value_gbp"),
                         ratio = value("net_value", row, "gbp_per_benchmark_year");
            if (!std::isnan(worth))
                expect("At " + pounds(worth) + " a benchmark-year " + quoted(shown) + " is worth " +
                       pounds(std::fabs(net)) + (net >= 0 ? " more" : " less"));
            else if (!std::isnan(ratio) && value("decision", rows("decision")[0], "extra_cost_gbp") >= 0)
                expect("Each benchmark-year more under " + quoted(shown) + " than under " +
                       quoted(rows("headline")[0][0]) + " costs " + pounds(ratio) +
                       (std::isnan(value("net_value", row, "ratio_p10_gbp"))
                            ? ""
                            : " (80 % of runs: " + pounds(value("net_value", row, "ratio_p10_gbp")) + " to " +
                                  pounds(value("net_value", row, "ratio_p90_gbp")) + ")"));
        }
        std::map<std::string, double> extra;
        for (const Row& row : rows("payers")) {
            if (row[0] == shown) extra[cell("payers", row, "payer")] += value("payers", row, "gbp");
            if (row[0] == rows("headline")[0][0]) extra[cell("payers", row, "payer")] -= value("payers", row, "gbp");
        }
        const auto most = std::max_element(extra.begin(), extra.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        double in_all = 0, borne = 0;
        for (const auto& [payer, gbp] : extra) in_all += gbp, borne += std::max(0.0, gbp);
        if (in_all >= 1 && most->second > borne / 2)
            expect("Most of the extra cost of " + quoted(shown) + " falls on " +
                   (most->first == "schools" ? "" : "the ") + most->first + ": " + pounds(most->second) + ", as spent");
    }
    void what_would_change() {
        double all = 0, assumed = 0;
        std::vector<Row> turning;
        bool leads = true;
        std::size_t at_ends = 0;
        for (const Row& row : rows("switching")) {
            const double swing = value("switching", row, "swing");
            all += swing * swing;
            assumed += value("switching", row, "padlocks") <= 1 ? swing * swing : 0.0;
            leads = leads && value("switching", row, "lead_low") > 0 && value("switching", row, "lead_high") > 0;
            if (!cell("switching", row, "switches_at").empty()) turning.push_back(row);
            at_ends += value("switching", row, "lead") > 0 &&
                       !(value("switching", row, "lead_low") > 0 && value("switching", row, "lead_high") > 0);
        }
        const std::string share = number(100 * assumed / all, 0) + " % of what ";
        expect(share + "could move it rests on assumptions.");
        expect(
            share +
            "can move this answer (of the sum of squared swings, one assumption at a time) rests on assumptions with "
            "evidence of 0 or 1 of 5.");
        const Row most = rows("switching").front();
        if (turning.empty() && leads)
            expect(quoted(cell("switching", most, "meaning")) +
                   " moves the lead most, in one pair of runs: " + number(value("switching", most, "lead_low"), 2) +
                   " at the low end of its range, " + number(value("switching", most, "lead"), 2) + " in the middle, " +
                   number(value("switching", most, "lead_high"), 2) + " at the high end (benchmark-years).");
        for (const Row& row : turning) {
            const double at = value("switching", row, "switches_at");
            const bool below = at < value("switching", row, "value");
            const auto score = [&](const std::string& plan, const std::string& replicate) {
                for (const Row& run : rows("replicates"))
                    if (run[0] == plan && run[1] == replicate) return value("replicates", run, "score");
                return std::nan("");
            };
            const std::string reference = rows("headline")[0][0];
            const std::string chosen = of("decision")[1][0] == reference ? reference : cell("switching", row, "leader");
            int drawn = 0, leads_there = 0, rest = 0, leads_else = 0;
            for (const Row& draw : rows("draws")) {
                const double v = value("draws", draw, "value");
                if (draw[1] != row[0]) continue;
                const bool leads_now = score(cell("switching", row, "rival"), draw[0]) > score(chosen, draw[0]);
                if (below ? v >= at : v <= at) ++rest, leads_else += leads_now;
                else ++drawn, leads_there += leads_now;
            }
            const std::string among =
                drawn == 0 ? ""
                           : "; of the " + std::to_string(drawn) + (drawn == 1 ? " run" : " runs") +
                                 " that drew it so it leads in " + std::to_string(leads_there) + ", of the other " +
                                 std::to_string(rest) + " in " + std::to_string(leads_else);
            expect(quoted(cell("switching", row, "rival")) + " would lead if " +
                   quoted(cell("switching", row, "meaning")) + " were " +
                   (value("switching", row, "switches_at") < value("switching", row, "value") ? "below " : "above ") +
                   amount(value("switching", row, "switches_at"), cell("switching", row, "unit")) + " (taken as " +
                   bare(value("switching", row, "value"), cell("switching", row, "unit")) + "; evidence " +
                   cell("switching", row, "padlocks") + " of 5" + among + ")");
        }
        if (!turning.empty())
            expect("In the one pair of runs in which assumptions are tried, with a lead of " +
                   number(value("switching", most, "lead"), 2) + " (" +
                   number(value("decision", of("decision")[1], "lead"), 2) + " over all runs), ");
        if (at_ends > 1 && !turning.empty())
            expect(". So would " + std::to_string(at_ends - 1) + " other assumption" + (at_ends > 2 ? "s" : "") +
                   ", at an end of what was tried.");
        if (at_ends > turning.size() && !turning.empty())
            expect(std::to_string(at_ends - turning.size()) + " more assumption" +
                   (at_ends - turning.size() > 1 ? "s" : "") + " would turn it at an end of what was tried");
        for (const Row& row : rows("discovery")) {
            const auto at = [&](const char* c) { return number(value("discovery", row, c), 0); };
            std::string said = "At " + pounds(value("discovery", row, "worth_gbp")) +
                               " a benchmark-year, where the choice turns, " + quoted(cell("discovery", row, "plan")) +
                               " is not the best value in " + at("overall_percent") + " % of draws of the parameters";
            if (!cell("discovery", row, "condition").empty())
                said += "; with " + cell("discovery", row, "condition") + " in " + at("density_percent") + " % (" +
                        at("coverage_percent") + " % of such cases)";
            expect(said + ".");
        }
    }
    /// How many areas share the least gain, where several do.
    void areas() {
        const std::string reference = rows("headline")[0][0];
        const std::string shown = of("decision")[of("decision")[1][0] == reference ? 2 : 1][0];
        std::map<std::string, double> gain;  // by area; later months replace earlier ones
        for (const Row& row : rows("differences"))
            if (row[0] == shown && cell("differences", row, "grouping") == "area" &&
                cell("differences", row, "measure") == "benchmarks_mean")
                gain[cell("differences", row, "group")] = value("differences", row, "p50");
        if (gain.size() <= 2) return;
        double least = 1e9, most = -1e9;
        for (const auto& [area, g] : gain) least = std::min(least, g), most = std::max(most, g);
        const auto alike = std::count_if(gain.begin(), gain.end(), [&](const auto& g) { return g.second == least; });
        if (most > 0 && alike > 1)
            expect("and " + std::to_string(alike) + " areas " + (least == 0 ? "gain nothing" : "alike least"));
    }
    void evaluation() {
        if (rows("would_find").empty()) return;
        if (const double n = value("would_find", rows("would_find")[0], "runs"); n < 20)
            expect("What an evaluation by schools' returns would find, in " + number(n, 0) +
                   (n == 1 ? " run" : " runs"));
        const auto of_estimator = [&](const char* estimator, const char* column) {
            for (const Row& row : rows("would_find"))
                if (cell("would_find", row, "estimator") == estimator)
                    return number(value("would_find", row, column), 2);
            return std::string();
        };
        expect("Estimates from simulated returns of " + quoted(rows("would_find")[0][0]) + ", " +
               rows("would_find")[0][1] + " months after its first hubs");
        expect("The true effect on members, against their being in no hub, would be " +
               of_estimator("Multivariate regression", "truth") +
               " benchmarks; a plain difference of means would say " + of_estimator("Difference of means", "estimate") +
               ", and a regression " + of_estimator("Multivariate regression", "estimate") + ".");
        const double n = value("would_find", rows("would_find")[0], "runs");
        expect("Shares are of " + number(n, 0) + (n == 1 ? " run" : " runs") + ", or of those that gave an estimate" +
               ": one that holds in all of them may truly be " + number(100 * n / (n + 1.96 * 1.96), 0) +
               " % (95 % interval).");
    }
    /// How far the run is calibrated, from the table of aspects.
    void basis() {
        const auto all = rows("calibration_basis");
        std::string differs;
        for (const Row& row : all)
            if (row[0] != "parameters" && row[3] != "1")
                differs += (differs.empty() ? "" : "; ") + row[0] +
                           (row[0] == "years" ? " beyond what was calibrated" : "") + " (" + row[2] + ")";
        expect(all.front()[3] != "1" ? "Not calibrated: parameters are not drawn from the calibration."
               : differs.empty()
                   ? "Calibrated to published figures of 2018 to 2023."
                   : "Calibrated to 2018 to 2023, but this run differs in: " + differs + ". It is an exploration.");
    }
    void counts() {
        std::map<std::string, int> inside, all;
        for (const Row& row : rows("fit")) {
            const std::string use = cell("fit", row, "use");
            ++all[use];
            inside[use] += value("fit", row, use == "fitted" ? "inside_95" : "inside_90") > 0;
        }
        const auto share = [&](const char* use) {
            return std::to_string(inside[use]) + " of " + std::to_string(all[use]);
        };
        expect("In the calibration " + share("fitted") + " fitted figures lie inside 95 % of predictions, " +
               share("held out") + " held-out figures inside 90 %");
        expect("Partly held out: " + share("partly held out") + " inside 90 %");
        std::string unknown;
        for (const Row& row : rows("identified"))
            if (value("identified", row, "identified") < 1)
                unknown += (unknown.empty() ? "" : ", ") + quoted(meaning(row[0]));
        expect("Not identified by these figures, so about as uncertain as before: " +
               (unknown.empty() ? "none" : unknown) + ".");
        std::map<std::string, std::size_t> levers;
        std::size_t parameters = 0, of_plans = 0;
        std::map<std::string, std::map<std::string, std::string>> by_plan;
        for (const Row& row : rows("assumptions")) {
            const bool plan = row[0].starts_with("plan: ");
            ++(plan ? of_plans : parameters);
            if (plan) by_plan[row[0]][cell("assumptions", row, "name")] = cell("assumptions", row, "value");
        }
        const auto log = rows("assumptions");
        const auto drawn = std::count_if(
            log.begin(), log.end(), [&](const Row& row) { return cell("assumptions", row, "standing") == "drawn"; });
        if (runs() >= 20)
            expect("the range holds luck and the " + std::to_string(drawn) + " parameters that are drawn");
        expect("Parameters of the model (" + std::to_string(parameters) + ")");
        expect("Levers of the plans (" + std::to_string(of_plans) + ")");
        const std::string reference = of("headline")[1][0];
        for (std::size_t r = 2; r < of("headline").size(); ++r) {
            std::size_t changed = 0;
            const auto& own = by_plan["plan: " + of("headline")[r][0]];
            for (const auto& [name, v] : own) changed += by_plan["plan: " + reference][name] != v;
            expect(changed == 0 ? "Same levers as " + quoted(reference) + "; differs only in its waves."
                                : " Differs from " + quoted(reference) + " in " + std::to_string(changed) + " of " +
                                      std::to_string(own.size()) + " levers");
        }
        expect("Members: 60 from September 2018, by area.");  // of the scenario of the test, not of its results
        double lowest = 1e9;
        std::string hardest;
        for (const Row& row : rows("attainment")) {
            const std::string measure = cell("attainment", row, "measure");
            if (!std::regex_match(measure, std::regex("share_b[1-8]")) || cell("attainment", row, "grouping") != "all")
                continue;
            if (cell("attainment", row, "date") != cell("attainment", rows("attainment").back(), "date")) continue;
            if (value("attainment", row, "p50") < lowest)
                lowest = value("attainment", row, "p50"), hardest = measure.substr(7);
        }
        expect("Benchmark " + hardest + " is the hardest at the end");
        expect("hubsim 0.1.0. Fingerprint of everything simulated:");
        borne_out_.insert("within 1e-5 of squared distance");
    }

    const Data& data_;
    std::vector<std::string> texts_;
    /// The longest first, so that a part does not take a piece out of the whole.
    struct Longest {
        bool operator()(const std::string& a, const std::string& b) const {
            return a.size() != b.size() ? a.size() > b.size() : a < b;
        }
    };
    std::set<std::string, Longest> borne_out_;
};

}  // namespace hubs::test
