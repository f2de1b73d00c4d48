#include "analysis/statistics/estimator/read_panel.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/base/words.h"
#include "analysis/statistics/estimator/sample_columns.h"
#include "analysis/base/sheet.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

constexpr double largest_time = 999'999;

class PanelReader {
public:
    PanelReader(const CsvText& table, std::string file, const PanelColumns& columns)
        : table_(table), file_(std::move(file)), c_(columns) {}

    ReadPanel read() {
        read_cells();
        if (!out_.problems.empty()) return std::move(out_);
        read_values();
        if (!out_.problems.empty()) return std::move(out_);
        gather_units();
        if (out_.problems.empty()) fill();
        return std::move(out_);
    }

private:
    struct Unit {
        std::size_t first_row;
        int joined;
        std::string cluster;
        std::map<double, std::size_t> row_of;  ///< by time
    };

    void read_cells() {
        std::vector<std::string> needed{c_.outcome, c_.unit, c_.time, c_.joined};
        if (!c_.clusters.empty()) needed.push_back(c_.clusters);
        needed.insert(needed.end(), c_.covariates.begin(), c_.covariates.end());
        Sheet sheet(table_, file_, needed, needed, out_.problems);
        while (sheet.usable() && sheet.next()) {
            lines_.push_back(sheet.line());
            for (const std::string& name : needed) cells_[name].push_back(trimmed(sheet[name]));
        }
        out_.rows = lines_.size();
    }

    ColumnCells column(const std::string& name) { return {name, cells_[name], &lines_}; }

    void read_values() {
        for (const std::string& name : {c_.time, c_.joined})
            if (read_academic_years(cells_[name]))
                out_.notes.push_back('"' + name + "\" holds academic years: 2016/17 is 2016");
        outcome_ = read_numbers(column(c_.outcome), c_.missing, -1e12, out_.problems, file_);
        time_ = read_numbers(column(c_.time), c_.missing, 0, out_.problems, file_);
        read_joined();
        for (const std::string& name : c_.covariates) {
            ColumnValues values = read_covariate(column(name), c_.missing, out_.problems, file_);
            out_.notes.insert(out_.notes.end(), values.notes.begin(), values.notes.end());
            for (std::size_t k = 0; k < values.names.size(); ++k) {
                out_.panel.names.push_back(values.names[k]);
                covariates_.push_back(std::move(values.values[k]));
            }
        }
        const auto is_time = [](double t) { return std::isnan(t) || (t == std::floor(t) && t <= largest_time); };
        for (std::size_t i = 0; i < out_.rows; ++i) {
            if (!is_time(time_[i])) problem(i, c_.time, cells_[c_.time][i] + " is no year", "a whole number, as 2019");
            if (!is_time(joined_[i]))
                problem(i, c_.joined, cells_[c_.joined][i] + " is no year", "a whole number, as 2019");
        }
        const bool status =
            std::all_of(joined_.begin(), joined_.end(), [](double j) { return std::isnan(j) || j == 0 || j == 1; });
        const bool years = std::any_of(time_.begin(), time_.end(), [](double t) { return t > 1; });
        if (status && years && std::any_of(joined_.begin(), joined_.end(), [](double j) { return j == 1; }))
            problem(0, c_.joined, "column \"" + c_.joined + "\" holds 0 and 1, as if it said who is a member",
                    "the first year as a member, in every row of the unit");
    }

    /// 2016/17, 2016-17 or 201617 in all cells that are not empty: the year in which they begin.
    static bool read_academic_years(std::vector<std::string>& cells) {
        const auto year_of = [](const std::string& cell) {
            const std::size_t second = cell.size() == 7 && (cell[4] == '/' || cell[4] == '-') ? 5
                                       : cell.size() == 6                                     ? 4
                                                                                              : 0;
            if (second == 0) return 0;
            for (std::size_t i = 0; i < cell.size(); ++i)
                if ((i < 4 || i >= second) && (cell[i] < '0' || cell[i] > '9')) return 0;
            const int year = std::stoi(cell.substr(0, 4));
            return (year + 1) % 100 == std::stoi(cell.substr(second)) ? year : 0;
        };
        bool any = false;
        for (const std::string& cell : cells) {
            if (year_of(cell) != 0) any = true;
            else if (as_number(cell).value_or(0) != 0) return false;  // a plain year beside them
        }
        for (std::string& cell : cells)
            if (const int year = year_of(cell); any && year != 0) cell = std::to_string(year);
        return any;
    }

    /// Nothing, 0 and never are never; what is missing by a code is not known.
    void read_joined() {
        ColumnCells given = column(c_.joined);
        for (std::string& cell : given.cells) {
            std::string small = cell;
            for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
            if (small.empty() || small == "never" || small == "inf") cell = "0";
        }
        joined_ = read_numbers(given, c_.missing, 0, out_.problems, file_);
    }

    void problem(std::size_t row, const std::string& column, const std::string& headline, const std::string& expected) {
        constexpr std::size_t most_told = 20;
        if (out_.problems.size() == most_told) {
            out_.problems.back().headline = last_ + "; and " + counted(++more_, "more problem");
            return;
        }
        last_ = headline;
        Problem p;
        p.file = file_;
        p.line = static_cast<int>(lines_[row]);
        p.column = 1;
        p.headline = headline;
        p.path = column;
        p.expected = expected;
        out_.problems.push_back(std::move(p));
    }

    void gather_units() {
        std::map<std::string, std::size_t> left_out;
        for (std::size_t i = 0; i < out_.rows; ++i) {
            const std::string& name = cells_[c_.unit][i];
            const bool lacks_covariate = std::any_of(covariates_.begin(), covariates_.end(),
                                                     [&](const auto& values) { return std::isnan(values[i]); });
            const bool no_unit = is_missing(name, c_.missing);
            const char* const why = no_unit                  ? "the unit is missing"
                                    : std::isnan(joined_[i]) ? "the time of joining is missing"
                                    : std::isnan(time_[i])   ? "the time is missing"
                                    : !c_.clusters.empty() && is_missing(cells_[c_.clusters][i], c_.missing)
                                        ? "the cluster is missing"
                                    : std::isnan(outcome_[i]) ? "the outcome is missing"
                                    : lacks_covariate         ? "a covariate is missing"
                                                              : nullptr;
            if (why != nullptr) ++left_out[why];
            if (no_unit || std::isnan(joined_[i])) continue;
            const int joined = joined_[i] == 0 ? Panel::never : static_cast<int>(joined_[i]);
            const std::string cluster = c_.clusters.empty() ? name : cells_[c_.clusters][i];
            const auto [at, fresh] = units_.try_emplace(name, Unit{i, joined, cluster, {}});
            Unit& unit = at->second;
            if (unit.joined != joined)
                problem(i, c_.joined,
                        "unit \"" + printable(name) + "\" joined at another time than in line " +
                            std::to_string(lines_[unit.first_row]),
                        "one time of joining for each unit");
            if (unit.cluster != cluster)
                problem(i, c_.clusters,
                        "unit \"" + printable(name) + "\" is in another cluster than in line " +
                            std::to_string(lines_[unit.first_row]),
                        "one cluster for each unit");
            if (why != nullptr) continue;
            if (const auto [row, once] = unit.row_of.try_emplace(time_[i], i); !once)
                problem(i, c_.time,
                        "unit \"" + printable(name) + "\" is given twice for " + cells_[c_.time][i] +
                            ", first in line " + std::to_string(lines_[row->second]),
                        "one row for each unit and time");
        }
        out_.left_out.assign(left_out.begin(), left_out.end());
    }

    void fill() {
        Panel& p = out_.panel;
        std::set<double> times;
        std::set<std::string> clusters;
        for (auto at = units_.begin(); at != units_.end();)
            at = at->second.row_of.empty() ? units_.erase(at) : std::next(at);
        for (const auto& [name, unit] : units_) {
            clusters.insert(unit.cluster);
            for (const auto& [time, row] : unit.row_of) times.insert(time);
        }
        for (const double t : times) p.times.push_back(static_cast<int>(t));
        const auto units = static_cast<Eigen::Index>(units_.size());
        p.outcome = Eigen::MatrixXd::Constant(units, static_cast<Eigen::Index>(times.size()), not_available);
        p.covariates.resize(units, static_cast<Eigen::Index>(covariates_.size()));
        Eigen::Index u = 0;
        for (const auto& [name, unit] : units_) {
            for (const auto& [time, row] : unit.row_of)
                p.outcome(u, std::distance(times.begin(), times.find(time))) = outcome_[row];
            const std::size_t first = unit.row_of.begin()->second;
            for (std::size_t k = 0; k < covariates_.size(); ++k)
                p.covariates(u, static_cast<Eigen::Index>(k)) = covariates_[k][first];
            p.joined.push_back(unit.joined);
            if (!c_.clusters.empty())
                p.clusters.push_back(
                    static_cast<std::uint32_t>(std::distance(clusters.begin(), clusters.find(unit.cluster))));
            ++u;
        }
    }

    const CsvText& table_;
    const std::string file_;
    const PanelColumns& c_;
    ReadPanel out_;
    std::map<std::string, std::vector<std::string>> cells_;
    std::vector<std::size_t> lines_;
    std::vector<double> outcome_, time_, joined_;
    std::vector<std::vector<double>> covariates_;
    std::map<std::string, Unit> units_;
    std::string last_;
    std::size_t more_ = 0;
};

}  // namespace

ReadPanel read_panel(const CsvText& table, const std::string& file, const PanelColumns& columns) {
    return PanelReader(table, file, columns).read();
}

}  // namespace hubs
