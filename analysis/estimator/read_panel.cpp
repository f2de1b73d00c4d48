#include "analysis/estimator/read_panel.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/estimator/sample_columns.h"
#include "analysis/import/sheet.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

constexpr double never = 1e15;

std::string trimmed(const std::string& cell) {
    const auto first = cell.find_first_not_of(" \t\r");
    return first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(" \t\r") - first + 1);
}

class PanelReader {
public:
    PanelReader(const CsvText& table, std::string file, const PanelColumns& columns) : table_(table), file_(std::move(file)), c_(columns) {}

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
        double joined;
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
        for (std::string& cell : cells_[c_.joined])
            if (cell == "never" || cell == "Never" || cell == "Inf") cell = "";
        outcome_ = read_numbers(column(c_.outcome), c_.missing, -1e12, out_.problems, file_);
        time_ = read_numbers(column(c_.time), c_.missing, 0, out_.problems, file_);
        joined_ = read_numbers(column(c_.joined), c_.missing, 0, out_.problems, file_);
        for (const std::string& name : c_.covariates) {
            ColumnValues values = read_covariate(column(name), c_.missing, out_.problems, file_);
            out_.notes.insert(out_.notes.end(), values.notes.begin(), values.notes.end());
            for (std::size_t k = 0; k < values.names.size(); ++k) {
                out_.panel.names.push_back(values.names[k]);
                covariates_.push_back(std::move(values.values[k]));
            }
        }
        for (std::size_t i = 0; i < out_.rows; ++i)
            for (const auto& [name, value] : {std::pair(c_.time, time_[i]), std::pair(c_.joined, joined_[i])})
                if (std::isfinite(value) && value != std::floor(value)) problem(i, name, cells_[name][i] + " is not a whole number", "a whole number, as 2019");
    }

    void problem(std::size_t row, const std::string& column, const std::string& headline, const std::string& expected) {
        if (out_.problems.size() >= 20) return;
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
            const bool lacks_covariate = std::any_of(covariates_.begin(), covariates_.end(), [&](const auto& values) { return std::isnan(values[i]); });
            const char* const why = is_missing(name, c_.missing)                                             ? "the unit is missing"
                                    : std::isnan(time_[i])                                                   ? "the time is missing"
                                    : std::isnan(outcome_[i])                                                ? "the outcome is missing"
                                    : lacks_covariate                                                        ? "a covariate is missing"
                                    : !c_.clusters.empty() && is_missing(cells_[c_.clusters][i], c_.missing) ? "the cluster is missing"
                                                                                                             : nullptr;
            if (why != nullptr) {
                ++left_out[why];
                continue;
            }
            const double joined = std::isnan(joined_[i]) || joined_[i] == 0 ? never : joined_[i];
            const std::string cluster = c_.clusters.empty() ? name : cells_[c_.clusters][i];
            const auto [at, fresh] = units_.try_emplace(name, Unit{i, joined, cluster, {}});
            Unit& unit = at->second;
            if (unit.joined != joined)
                problem(i, c_.joined, "unit \"" + printable(name) + "\" joined at another time than in line " + std::to_string(lines_[unit.first_row]),
                        "one time of joining for each unit");
            if (unit.cluster != cluster)
                problem(i, c_.clusters, "unit \"" + printable(name) + "\" is in another cluster than in line " + std::to_string(lines_[unit.first_row]),
                        "one cluster for each unit");
            if (const auto [row, once] = unit.row_of.try_emplace(time_[i], i); !once)
                problem(i, c_.time, "unit \"" + printable(name) + "\" is given twice for " + cells_[c_.time][i] + ", first in line " +
                        std::to_string(lines_[row->second]), "one row for each unit and time");
        }
        out_.left_out.assign(left_out.begin(), left_out.end());
    }

    void fill() {
        Panel& p = out_.panel;
        std::set<double> times;
        std::set<std::string> clusters;
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
            for (const auto& [time, row] : unit.row_of) p.outcome(u, std::distance(times.begin(), times.find(time))) = outcome_[row];
            const std::size_t first = unit.row_of.begin()->second;
            for (std::size_t k = 0; k < covariates_.size(); ++k) p.covariates(u, static_cast<Eigen::Index>(k)) = covariates_[k][first];
            p.joined.push_back(static_cast<std::size_t>(std::distance(times.begin(), times.lower_bound(unit.joined))));
            if (!c_.clusters.empty()) p.clusters.push_back(static_cast<std::uint32_t>(std::distance(clusters.begin(), clusters.find(unit.cluster))));
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
};

}  // namespace

ReadPanel read_panel(const CsvText& table, const std::string& file, const PanelColumns& columns) {
    return PanelReader(table, file, columns).read();
}

}  // namespace hubs
