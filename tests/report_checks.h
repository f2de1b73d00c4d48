#pragma once
// Works every number of a report out again from data/*.csv.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/report_money.h"
#include "tests/report_reader.h"

namespace hubs::test {

/// Everything in a report that the data do not bear out.
class ReportCheck {
public:
    ReportCheck(const std::string& html, const Data& data) : html_(html), data_(data) {
        for (const ShownTable& t : tables_shown(html)) {
            ++tables_;
            if (t.name == "options") options(t);
            else if (t.name == "paths") paths(t);
            else if (t.name == "difference") dots(t);
            else if (t.name == "groups" || t.name == "map") groups(t);
            else if (t.name == "benchmarks") benchmarks(t);
            else if (t.name == "costs") costs(t);
            else if (t.name == "log") log(t);
            else if (t.name == "fit_shown") fit(t);
            else if (t.name == "assurance" || ReportMoney::holds(t.name)) continue;  // for people; report_money.h
            else straight(t);
        }
        titles();
    }
    std::vector<std::string> wrong;
    std::size_t tables() const { return tables_; }
    std::size_t numbers() const { return numbers_; }

private:
    const Cells& of(const std::string& name) const {
        static const Cells none{{}};
        const auto found = data_.find(name);
        return found == data_.end() ? none : found->second;
    }
    std::size_t column(const std::string& table, const std::string& name) const {
        const auto& names = of(table).front();
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    }
    std::string cell(const std::string& table, const std::vector<std::string>& row, const std::string& name) const {
        return row.at(column(table, name));
    }
    double value(const std::string& table, const std::vector<std::string>& row, const std::string& name) const {
        return std::strtod(cell(table, row, name).c_str(), nullptr);
    }
    /// Rows whose named columns have the given values.
    std::vector<std::vector<std::string>> where(
        const std::string& table, const std::vector<std::pair<std::string, std::string>>& conditions) const {
        std::vector<std::vector<std::string>> out;
        for (std::size_t r = 1; r < of(table).size(); ++r) {
            bool all = true;
            for (const auto& [name, wanted] : conditions) all = all && cell(table, of(table)[r], name) == wanted;
            if (all) out.push_back(of(table)[r]);
        }
        return out;
    }
    std::vector<std::string> plans() const {
        std::vector<std::string> out;
        for (std::size_t r = 1; r < of("headline").size(); ++r) out.push_back(of("headline")[r][0]);
        return out;
    }
    static std::string rounded(double v, int decimals) {
        char text[64];
        std::snprintf(text, sizeof text, "%.*f", decimals, v);
        return text;
    }
    void same(const std::string& what, const std::string& shown, const std::string& found) {
        ++numbers_;
        if (shown != found) wrong.push_back(what + ": shown " + shown + ", data say " + found);
    }
    void near(const std::string& what, const std::string& shown, double found) {
        ++numbers_;
        char* end = nullptr;
        const double s = std::strtod(shown.c_str(), &end);
        if (end == shown.c_str() || !(std::fabs(s - found) <= 1e-7 * std::max(1.0, std::fabs(found))))
            wrong.push_back(what + ": shown " + shown + ", data say " + rounded(found, 9));
    }

    /// Row for row as in the file; columns may be left out, never changed or moved.
    void straight(const ShownTable& t) {
        const Cells& file = of(t.name);
        for (std::size_t r = 0; r < t.rows.size(); ++r) {
            bool found = r + 1 < file.size();
            auto from = found ? file[r + 1].begin() : file.front().end();
            for (std::size_t c = 0; found && c < t.rows[r].size(); ++c) {
                const std::string& shown = t.rows[r][c];
                from = std::find(from, file[r + 1].end(), shown == "–" ? std::string() : shown);
                found = from != file[r + 1].end();
                if (found) ++from;
            }
            numbers_ += t.rows[r].size();
            if (!found)
                wrong.push_back(t.name + " row " + std::to_string(r + 1) + " (" +
                                (t.rows[r].empty() ? "" : t.rows[r][0]) + ") is not in data/" + t.name + ".csv");
        }
    }
    void options(const ShownTable& t) {
        for (std::size_t r = 0; r < t.rows.size(); ++r)
            for (std::size_t p = 0; p < plans().size(); ++p) {
                const std::string raw = of("headline")[p + 1].at(r + 1), name = of("headline")[0].at(r + 1),
                                  shown = t.rows[r].at(p + 1);
                std::string digits;
                for (const char c : shown)
                    if ((c >= '0' && c <= '9') || c == '.') digits += c;
                ++numbers_;
                const double scale = shown.ends_with(" million") ? 1e6 : shown.ends_with(" billion") ? 1e9 : 1;
                const double v = std::fabs(std::strtod(raw.c_str(), nullptr)),
                             s = std::strtod(digits.c_str(), nullptr) * scale;
                const std::size_t point = digits.find('.');
                const double unit =
                    scale *
                    std::pow(10.0, point == std::string::npos ? 0 : -static_cast<double>(digits.size() - point - 1));
                const bool money = name.find("gbp") != std::string::npos;
                if (raw.empty() ? shown != "–" : std::fabs(v - s) > (money ? std::max(unit, 0.006 * v) : 0.5001 * unit))
                    wrong.push_back("options " + name + " of " + plans()[p] + ": shown " + shown + ", data say " + raw);
            }
    }
    void paths(const ShownTable& t) {
        for (std::size_t p = 0; p < plans().size(); ++p) {
            std::vector<std::vector<std::string>> julys;  // and the start
            for (const auto& row :
                 where("attainment", {{"plan", plans()[p]}, {"grouping", "all"}, {"measure", "benchmarks_mean"}}))
                if (julys.empty() || cell("attainment", row, "date").substr(5) == "07") julys.push_back(row);
            for (std::size_t r = 0; r < t.rows.size(); ++r) {
                const auto at = [&](const char* q) { return rounded(value("attainment", julys.at(r), q), 2); };
                same("paths " + t.rows[r][0], t.rows[r].at(p + 1),
                     at("p50") + " (" + at("p10") + " to " + at("p90") + ")");
            }
        }
    }
    std::vector<double> levels(const std::string& plan) const {
        std::vector<double> out;
        for (const auto& row : where("replicates", {{"plan", plan}}))
            out.push_back(value("replicates", row, "outcome"));
        return out;
    }
    void dots(const ShownTable& t) {
        for (std::size_t r = 0; r < t.rows.size(); ++r) {
            auto d = levels(t.rows[r][0]);
            const auto reference = levels(plans().front());
            double ahead = 0;
            for (std::size_t i = 0; i < d.size(); ++i) ahead += (d[i] -= reference[i]) > 0;
            std::sort(d.begin(), d.end());
            const auto quantile = [&](double q) {
                const double at = q * static_cast<double>(d.size() - 1), below = std::floor(at);
                return d[static_cast<std::size_t>(below)] * (1 - (at - below)) +
                       d[std::min(d.size() - 1, static_cast<std::size_t>(below) + 1)] * (at - below);
            };
            near("difference ahead", t.rows[r].at(1), 100 * ahead / static_cast<double>(d.size()));
            near("difference p10", t.rows[r].at(2), quantile(0.1));
            near("difference p50", t.rows[r].at(3), quantile(0.5));
            near("difference p90", t.rows[r].at(4), quantile(0.9));
        }
    }
    /// The plan shown in detail: the one chosen, or the best alternative where that is the reference.
    std::string leader() const {
        for (std::size_t r = 1; r < of("decision").size(); ++r)
            if (of("decision")[r][0] != plans().front()) return of("decision")[r][0];
        return "";
    }
    void groups(const ShownTable& t) {
        static const std::map<std::string, std::string> groupings{
            {"Type", "type"},   {"Region", "region"}, {"Free school meals, fifth", "fsm_fifth"},
            {"Place", "rural"}, {"Ofsted", "ofsted"}, {"Benchmarks at the start", "start_level"}};
        for (const auto& shown : t.rows) {
            const std::string group = t.name == "map" ? shown[0] : shown[1],
                              wanted = t.name == "map" ? "area" : groupings.at(shown[0]);
            std::vector<std::string> last;
            for (const auto& row : where("differences", {{"plan", leader()}, {"measure", "benchmarks_mean"}})) {
                std::string here = cell("differences", row, "group");
                const std::string grouping = cell("differences", row, "grouping");
                if (t.name == "groups") std::replace(here.begin(), here.end(), '_', ' ');
                if (here == group && grouping == wanted &&
                    (last.empty() || cell("differences", row, "date") >= cell("differences", last, "date")))
                    last = row;
            }
            if (last.empty()) wrong.push_back(t.name + ": no group " + group);
            else
                for (const auto& [at, q] : {std::pair<std::size_t, const char*>{2, "p10"}, {3, "p50"}, {4, "p90"}})
                    same(t.name + " " + group, shown.at(at), cell("differences", last, q));
        }
    }
    void benchmarks(const ShownTable& t) {
        for (std::size_t b = 0; b < t.rows.size(); ++b)
            for (std::size_t p = 0; p < plans().size(); ++p)
                same("benchmark " + std::to_string(b + 1), t.rows[b].at(p + 1),
                     cell("attainment",
                          where("attainment", {{"plan", plans()[p]},
                                               {"grouping", "all"},
                                               {"measure", "share_b" + std::to_string(b + 1)}})
                              .back(),
                          "p50"));
    }
    void costs(const ShownTable& t) {
        std::map<std::string, double> of_line;  // of one plan
        for (const auto& row : where("costs", {}))
            of_line[row[0] + cell("costs", row, "label")] += value("costs", row, "gbp_discounted");
        const bool thousands =
            std::all_of(of_line.begin(), of_line.end(), [](const auto& l) { return l.second < 1e6; });
        for (const auto& shown : t.rows)
            for (std::size_t p = 0; p < plans().size(); ++p) {
                double sum = 0;
                for (const auto& row : where("costs", {{"plan", plans()[p]}, {"label", shown[0]}}))
                    sum += value("costs", row, "gbp_discounted") / (thousands ? 1e3 : 1e6);
                near("cost of " + shown[0], shown.at(p + 1), sum);
            }
    }
    void log(const ShownTable& t) {
        for (const auto& shown : t.rows) {
            const std::string path = shown[1].substr(0, shown[1].find(": ", shown[1].starts_with("plan: ") ? 6 : 0));
            const std::size_t dot = path.rfind('.');
            const auto rows = where("assumptions", {{"section", path.substr(0, dot)}, {"name", path.substr(dot + 1)}});
            if (rows.empty()) {
                wrong.push_back("assumption " + path + " is not in the data");
                continue;
            }
            const std::string standing = cell("assumptions", rows[0], "standing");
            same(path, shown.at(2),
                 cell("assumptions", rows[0], "value") + " " + cell("assumptions", rows[0], "unit") +
                     (standing == "drawn"
                          ? " (drawn: this is the median, " + cell("assumptions", rows[0], "drawn_p5") + " to " +
                                cell("assumptions", rows[0], "drawn_p95") + " are 90 % of the draws)"
                      : standing == "set by the scenario" ? " (set by the scenario)"
                                                          : ""));
            const auto moved = where("switching", {{"parameter", path}});
            same(path + " swing", shown.at(6), moved.empty() ? "–" : rounded(value("switching", moved[0], "swing"), 3));
        }
    }
    void fit(const ShownTable& t) {
        for (const auto& shown : t.rows) {
            const std::vector<std::string>* row = nullptr;
            for (const auto& r : of("fit"))
                if (shown[0].starts_with(r[0] + " " + r[1])) row = &r;
            if (row == nullptr) wrong.push_back("fit: no figure " + shown[0]);
            else
                for (std::size_t c = 1; c < shown.size(); ++c)
                    if (char* end = nullptr; std::strtod(shown[c].c_str(), &end) != 0 && *end == 0)
                        same("fit " + (*row)[0], shown[c],
                             std::find(row->begin(), row->end(), shown[c]) != row->end() ? shown[c] : "no such number");
        }
    }
    void claim(bool holds, const std::string& title) {
        ++numbers_;
        if (!holds) wrong.push_back("title: " + title);
    }
    void says(const std::string& title) {
        bool there = false;
        for (std::size_t at = 0; !there && (at = html_.find("<h2>", at)) != std::string::npos; at += 4)
            there = unescaped(html_.substr(at + 4, html_.find("</h2>", at) - at - 4)) == title;
        claim(there, title);
    }
    void titles() {
        std::string highest, hardest = "1", dearest;
        double most = -1, lowest = 1e9;
        for (const auto& row : where("headline", {}))
            if (value("headline", row, "benchmarks_mean") > most)
                most = value("headline", row, "benchmarks_mean"), highest = row[0];
        says("“" + highest + "” ends highest" +
             (of("decision")[1][0] == highest ? "" : "; “" + of("decision")[1][0] + "” is chosen"));
        says("“" + of("decision")[1][0] + "” is chosen by the scenario's rule");
        for (int b = 1; b <= 8; ++b)
            for (const std::string& plan : plans()) {
                const double share =
                    value("attainment",
                          where("attainment",
                                {{"plan", plan}, {"grouping", "all"}, {"measure", "share_b" + std::to_string(b)}})
                              .back(),
                          "p50");
                if (share < lowest) lowest = share, hardest = std::to_string(b);
            }
        says("Benchmark " + hardest + " is the hardest at the end");
        std::map<std::string, std::map<std::string, double>> by_plan;
        for (const auto& row : where("costs", {}))
            by_plan[row[0]][cell("costs", row, "label")] += value("costs", row, "gbp_discounted");
        std::map<std::string, std::size_t> dearest_in;
        for (const auto& [plan, by_line] : by_plan)
            ++dearest_in[std::max_element(by_line.begin(), by_line.end(), [](const auto& a, const auto& b) {
                             return a.second < b.second;
                         })->first];
        dearest = std::max_element(dearest_in.begin(), dearest_in.end(), [](const auto& a, const auto& b) {
                      return a.second < b.second;
                  })->first;
        says(dearest_in[dearest] == by_plan.size() ? dearest + " cost the most" : "Costs by line and plan");
        bool all_ahead = true, always = true, all_behind = true;
        for (const auto& row : where("decision", {})) {
            if (row[0] == plans().front()) continue;
            all_ahead = all_ahead && value("decision", row, "ahead_percent") >= 95;
            always = always && value("decision", row, "ahead_percent") > 99.999;
            all_behind = all_behind && value("decision", row, "gain_p90") < 0;
        }
        const auto runs = static_cast<double>(levels(plans().front()).size());
        const auto ahead_runs = [&] {
            for (const auto& row : where("decision", {})) {
                if (row[0] == plans().front()) continue;
                const double count = std::round(value("decision", row, "ahead_percent") * runs / 100);
                return count == 0      ? "no run"
                       : count == runs ? "all " + rounded(runs, 0) + " runs"
                                       : (2 * count < runs ? "only " : "") + rounded(count, 0) + " of " +
                                             rounded(runs, 0) + " runs";
            }
            return std::string();
        };
        says(plans().size() == 2 ? "“" + plans()[1] + "” brings more in " + ahead_runs()
             : all_ahead  ? std::string("Every alternative brings more in ") + (always ? "all" : "nearly all") + " runs"
             : all_behind ? "Every alternative brings less in nearly all runs"
                          : "Not every alternative beats the reference");
        std::string most_gain, least_gain,
            most_moving = of("switching").size() > 1 ? cell("switching", of("switching")[1], "meaning") : "";
        int alike = 0;
        double gain = -1e9, lowest_gain = 1e9, least = 1e9, greatest = -1e9;
        for (const ShownTable& t : tables_shown(html_)) {  // checked cell by cell already
            if (t.name == "map")
                for (const auto& row : t.rows) {
                    const double g = std::strtod(row[3].c_str(), nullptr);
                    if (g > gain) gain = g, most_gain = row[0];
                    if (g < lowest_gain) alike = 0;
                    if (g <= lowest_gain) lowest_gain = g, least_gain = row[0], ++alike;
                }
            if (t.name == "groups")
                for (const auto& row : t.rows) {
                    least = std::min(least, std::strtod(row[3].c_str(), nullptr));
                    greatest = std::max(greatest, std::strtod(row[3].c_str(), nullptr));
                }
        }
        if (gain > lowest_gain && gain > 0)
            says("At the median of runs " + most_gain + " gains most, " +
                 (alike > 1
                      ? "and " + std::to_string(alike) + " areas " + (lowest_gain == 0 ? "gain nothing" : "alike least")
                      : least_gain + " least"));
        says(std::string(least >= 0     ? "No group is worse off at the median"
                         : greatest < 0 ? "Every group is worse off at the median"
                                        : "Some groups are worse off at the median") +
             " under “" + leader() + "”");
        says(most_moving.size() > 40 ? "What one assumption at a time does to the lead"
                                     : "“" + most_moving + "” moves the lead most, in one pair of runs");
        for (const auto& row : where("would_find", {{"estimator", "Multivariate regression"}}))
            says(value("would_find", row, "runs") < 20 ? "What an evaluation by schools' returns would find, in " +
                                                             cell("would_find", row, "runs") + " runs"
                 : std::fabs(value("would_find", row, "bias")) < 0.05
                     ? "A regression on schools' returns would come close to the truth"
                     : "A regression on schools' returns would be off the mark");
        std::vector<std::string> optimal;
        for (const auto& row : where("acceptability", {{"optimal", "1"}}))
            if (optimal.empty() || optimal.back() != cell("acceptability", row, "plan"))
                optimal.push_back(cell("acceptability", row, "plan"));
        if (!optimal.empty())
            says(optimal.size() > 1 ? "The best value depends on what a benchmark is worth"
                                    : "“" + optimal[0] + "” is the best value throughout");
    }

    const std::string& html_;
    const Data& data_;
    std::size_t tables_ = 0, numbers_ = 0;
};

}  // namespace hubs::test
