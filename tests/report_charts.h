#pragma once
// Every number that a chart of a report draws stands in data/*.csv, or follows from them.
#include <nlohmann/json.hpp>
#include <set>

#include "tests/report_checks.h"

namespace hubs::test {

class ReportCharts {
public:
    ReportCharts(const std::string& html, const Data& data) {
        for (const auto& [name, rows] : data)
            for (const auto& row : rows)
                for (const std::string& cell : row) keep(cell);
        differences(data.at("replicates"));
        plane(data.at("replicates"), data.at("frontier"));
        costs(data.at("costs"));
        fit(data.at("fit"));
        const std::string open = "<script type=\"application/json\">";
        for (std::size_t at = html.find("<figure class=\"vega\">"); at != std::string::npos;
             at = html.find("<figure class=\"vega\">", at)) {
            at = html.find(open, at) + open.size();
            const auto spec = nlohmann::json::parse(html.substr(at, html.find("</script>", at) - at));
            chart_ = spec.value("description", "");
            ++charts;
            look(spec);
        }
    }
    std::vector<std::string> wrong;
    std::size_t charts = 0, numbers = 0;

private:
    void keep(const std::string& cell) {
        char* end = nullptr;
        const double v = std::strtod(cell.c_str(), &end);
        if (!cell.empty() && *end == 0 && std::isfinite(v)) known_.insert(v);
    }
    static std::size_t column(const Cells& table, const char* name) {
        return static_cast<std::size_t>(std::find(table[0].begin(), table[0].end(), name) - table[0].begin());
    }
    static double value(const Cells& table, std::size_t row, const char* name) {
        return std::strtod(table[row].at(column(table, name)).c_str(), nullptr);
    }
    /// Plan less reference, run by run: a hundred dots at even shares of the runs, moved to the nearest of 24 steps.
    void differences(const Cells& t) {
        std::map<std::string, double> reference;
        std::map<std::string, std::vector<double>> own;
        for (std::size_t r = 1; r < t.size(); ++r) {
            if (t[r][0] == t[1][0]) reference[t[r][1]] = value(t, r, "outcome");
            else own[t[r][0]].push_back(value(t, r, "outcome") - reference[t[r][1]]);
        }
        for (auto& [plan, d] : own) {
            std::sort(d.begin(), d.end());
            const double step = std::max(1e-9, (d.back() - d.front()) / 24.0);
            for (int dot = 0; dot < 100; ++dot) {
                const double at = (dot + 0.5) / 100.0 * static_cast<double>(d.size() - 1), below = std::floor(at);
                const auto k = static_cast<std::size_t>(below);
                const double place = d[k] + (at - below) * (d[std::min(k + 1, d.size() - 1)] - d[k]);
                known_.insert(std::round(place / step) * step);
                known_.insert(dot + 1);  // its place in the pile
            }
        }
    }
    /// The cost-effectiveness plane: run by run over the reference, in thousands of benchmark-years and millions of
    /// pounds, and the means of plans on the frontier.
    void plane(const Cells& t, const Cells& frontier) {
        std::map<std::string, std::pair<double, double>> reference;
        for (std::size_t r = 1; r < t.size(); ++r) {
            const double years = value(t, r, "benchmark_years_discounted"), gbp = value(t, r, "cost_gbp_discounted");
            if (t[r][0] == t[1][0]) reference[t[r][1]] = {years, gbp};
            known_.insert((years - reference[t[r][1]].first) / 1000);
            known_.insert((gbp - reference[t[r][1]].second) / 1e6);
        }
        for (std::size_t r = 1; r < frontier.size(); ++r) {
            known_.insert(value(frontier, r, "extra_benchmark_years") / 1000);
            known_.insert(value(frontier, r, "extra_cost_gbp") / 1e6);
        }
    }
    /// Pounds by plan and line over all years, in millions.
    void costs(const Cells& t) {
        std::map<std::pair<std::string, std::string>, double> sums;
        for (std::size_t r = 1; r < t.size(); ++r)
            sums[{t[r][0], t[r].at(column(t, "label"))}] += value(t, r, "gbp_discounted") / 1e6;
        for (const auto& [line, sum] : sums) known_.insert(sum);
    }
    /// Predicted less published, in predictive standard deviations.
    void fit(const Cells& t) {
        for (std::size_t r = 1; r < t.size(); ++r) {
            const double sd = (value(t, r, "p97_5") - value(t, r, "p2_5")) / 3.92;
            for (const char* what : {"predicted", "p2_5", "p97_5"})
                known_.insert(std::clamp((value(t, r, what) - value(t, r, "published")) / sd, -6.0, 6.0));
        }
    }
    bool stands(double v) const {
        const double reach = 1e-6 * std::max(1.0, std::fabs(v));
        const auto found = known_.lower_bound(v - reach);
        return found != known_.end() && *found <= v + reach;
    }
    void look(const nlohmann::json& part) {
        static const nlohmann::json none = nlohmann::json::object();
        if (part.is_object() && part.contains("values") && part["values"].is_array())
            for (const auto& row : part["values"])
                for (const auto& [name, v] : row.is_object() ? row.items() : none.items()) {
                    if (!v.is_number()) continue;
                    ++numbers;
                    if (!stands(v.get<double>()))
                        wrong.push_back("chart \"" + chart_.substr(0, 50) + "\": " + name + " " + v.dump() +
                                        " is not in the data");
                }
        if (part.is_structured())
            for (const auto& child : part) look(child);
    }

    std::set<double> known_;
    std::string chart_;
};

}  // namespace hubs::test
