#include "analysis/statistics/estimator/read_sample.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "analysis/base/csv_reader.h"
#include "analysis/statistics/estimator/sample_columns.h"
#include "analysis/base/sheet.h"
#include "analysis/base/words.h"
#include "sim/run/names.h"
#include "sim/run/reader.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

/// Names of the columns, and of those among them that hold numbers, by their first rows.
struct Heading {
    std::vector<std::string> all, numbers;
};
Heading heading_of(const CsvText& table) {
    constexpr int rows_looked_at = 200;
    Heading out;
    std::istringstream in(table.text);
    CsvReader reader(in, table.separator);
    std::vector<std::string> row;
    try {
        if (!reader.next(out.all)) return out;
        std::vector<int> numbers(out.all.size(), 0), words(out.all.size(), 0);
        for (int r = 0; r < rows_looked_at && reader.next(row); ++r)
            for (std::size_t k = 0; k < std::min(row.size(), out.all.size()); ++k)
                if (const std::string cell = trimmed(row[k]); as_number(cell)) ++numbers[k];
                else if (!is_missing_number(cell, {})) ++words[k];
        for (std::size_t k = 0; k < out.all.size(); ++k)
            if (numbers[k] > 0 && words[k] == 0) out.numbers.push_back(out.all[k]);
    } catch (const std::exception&) {
        out.numbers = out.all;  // the reader below tells what is wrong with the file
    }
    return out;
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < 12; ++i) out += (i == 0 ? "" : ", ") + printable(names[i]);
    return names.size() > 12 ? out + ", …" : out;
}

/// The name that is meant: the same in other letters, else the nearest.
std::string nearest(const std::string& name, const std::vector<std::string>& names) {
    for (const std::string& one : names)
        if (look_alike(one, name)) return one;
    return nearest_word(name, names);
}

class TableReader {
public:
    TableReader(const CsvText& table, std::string file, const SampleColumns& columns)
        : table_(table), file_(std::move(file)), c_(columns) {}

    ReadSample read() {
        check_columns();
        if (!out_.problems.empty()) return std::move(out_);
        read_cells();
        if (!out_.problems.empty()) return std::move(out_);
        read_values();
        if (!out_.problems.empty()) return std::move(out_);
        fill();
        return std::move(out_);
    }

private:
    void problem(std::string headline, const std::string& path, std::string expected, const std::string& nearest = {}) {
        Problem p;
        p.file = file_;
        p.line = 1;
        p.column = 1;
        p.headline = std::move(headline);
        p.path = path;
        p.expected = std::move(expected);
        if (!nearest.empty()) p.expected += "; did you mean \"" + nearest + "\"?";
        out_.problems.push_back(std::move(p));
    }

    /// Every named column is there, and plays one part only.
    void check_columns() {
        const Heading heading = heading_of(table_);
        std::map<std::string, std::string> parts;
        const auto needs = [&](const std::string& name, const char* part, bool numbers, bool alone) {
            if (name.empty()) return;
            if (numbers || std::string(part) == "covariate") numbers_.push_back(name);
            if (std::find(needed_.begin(), needed_.end(), name) == needed_.end()) needed_.push_back(name);
            if (alone && !parts.try_emplace(name, part).second)
                problem("column \"" + name + "\" is named as " + parts[name] + " and as " + part, name,
                        "one part for each column");
            if (std::find(heading.all.begin(), heading.all.end(), name) != heading.all.end() || heading.all.empty())
                return;
            problem("column \"" + name + "\" is missing", name,
                    std::string("a column of that name") + (numbers ? ", with numbers" : "") + "; the table has " +
                        listed(heading.all),
                    nearest(name, numbers ? heading.numbers : heading.all));
        };
        needs(c_.outcome, "outcome", true, true);
        needs(c_.treated, "treated", false, true);
        needs(c_.before, "before", true, true);
        for (const std::string& name : c_.covariates) needs(name, "covariate", false, true);
        needs(c_.weights, "weights", true, true);
        needs(c_.clusters, "clusters", false, false);
        for (const std::string& name : c_.exact) needs(name, "exact", false, false);
        needs(c_.id, "id", false, false);
    }

    void read_cells() {
        Sheet sheet(table_, file_, {}, needed_, out_.problems);
        while (sheet.usable() && sheet.next()) {
            lines_.push_back(sheet.line());
            for (const std::string& name : needed_) cells_[name].push_back(trimmed(sheet[name]));
        }
        out_.rows = lines_.size();
        for (const std::string& name : numbers_) write_plainly(name);
    }

    /// Numbers as spreadsheets write them: percent signs, and decimal commas where cells are not divided by commas.
    void write_plainly(const std::string& name) {
        std::string first, became;
        std::size_t changed = 0, dotted = 0, long_whole = 0;
        for (std::string& cell : cells_[name]) {
            const auto dot = cell.find('.');
            dotted +=
                table_.separator != ',' && dot != std::string::npos && dot > 0 && dot <= 3 && cell.size() == dot + 4;
            long_whole += dot == std::string::npos && cell.size() == 3;
            const auto plain = plain_number(cell, table_.separator != ',');
            if (!plain) continue;
            if (++changed == 1) first = cell, became = *plain;
            cell = *plain;
        }
        if (changed > 0)
            out_.notes.push_back('"' + name + "\": " + counted(changed, "cell") + " as \"" + first + "\" read as " +
                                 became);
        if (dotted > 0 && long_whole > 0)
            out_.notes.push_back(
                '"' + name +
                "\" holds numbers with three digits after a point beside whole ones: if the point divides thousands, take it out");
    }

    ColumnCells column(const std::string& name) { return {name, cells_[name], &lines_}; }

    void read_values() {
        const auto missing = [&](const std::string& name, const std::vector<double>& values) {
            std::vector<bool> out(out_.rows);
            for (std::size_t i = 0; i < out_.rows; ++i) out[i] = std::isnan(values[i]);
            missing_.emplace_back('"' + name + "\" is missing", std::move(out));
        };
        outcome_ = read_numbers(column(c_.outcome), c_.missing, -1e12, out_.problems, file_);
        treated_ = read_treated(column(c_.treated), c_.missing, c_.arms, out_.notes, out_.problems, file_);
        missing(c_.outcome, outcome_);
        missing(c_.treated, treated_);
        if (!c_.before.empty()) {
            before_ = read_numbers(column(c_.before), c_.missing, -1e12, out_.problems, file_);
            missing(c_.before, before_);
        }
        for (const std::string& name : c_.covariates) {
            ColumnValues values = read_covariate(column(name), c_.missing, out_.problems, file_);
            out_.notes.insert(out_.notes.end(), values.notes.begin(), values.notes.end());
            if (!values.values.empty()) missing(name, values.values[0]);
            for (std::size_t k = 0; k < values.names.size(); ++k) {
                out_.sample.names.push_back(values.names[k]);
                covariates_.push_back(std::move(values.values[k]));
            }
        }
        if (!c_.weights.empty()) {
            weights_ = read_numbers(column(c_.weights), c_.missing, 0, out_.problems, file_);
            missing(c_.weights, weights_);
            std::vector<bool> zero(out_.rows);
            for (std::size_t i = 0; i < out_.rows; ++i) zero[i] = weights_[i] == 0;
            missing_.emplace_back('"' + c_.weights + "\" is 0", std::move(zero));
        }
        std::vector<std::string> texts = c_.exact;
        if (!c_.clusters.empty()) texts.push_back(c_.clusters);
        for (const std::string& name : texts) {
            std::vector<bool> blank(out_.rows);
            for (std::size_t i = 0; i < out_.rows; ++i) blank[i] = is_missing(cells_[name][i], c_.missing);
            missing_.emplace_back('"' + name + "\" is missing", std::move(blank));
        }
    }

    /// Rows where nothing is missing.
    std::vector<std::size_t> whole_rows() {
        std::vector<std::size_t> rows;
        std::map<std::string, std::size_t> count;
        for (std::size_t i = 0; i < out_.rows; ++i) {
            const auto first =
                std::find_if(missing_.begin(), missing_.end(), [&](const auto& m) { return m.second[i]; });
            if (first == missing_.end()) rows.push_back(i);
            else ++count[first->first];
        }
        out_.empty.assign(count.begin(), count.end());
        return rows;
    }

    void fill() {
        const std::vector<std::size_t> rows = whole_rows();
        Sample& s = out_.sample;
        const auto vector_of = [&](const std::vector<double>& values) {
            Eigen::VectorXd v(static_cast<Eigen::Index>(values.empty() ? 0 : rows.size()));
            for (Eigen::Index i = 0; i < v.size(); ++i) v[i] = values[rows[static_cast<std::size_t>(i)]];
            return v;
        };
        s.outcome = vector_of(outcome_);
        s.before = vector_of(before_);
        if (!c_.before.empty()) s.before_label = c_.before;
        s.weights = vector_of(weights_);
        s.covariates.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(covariates_.size()));
        for (std::size_t k = 0; k < covariates_.size(); ++k)
            s.covariates.col(static_cast<Eigen::Index>(k)) = vector_of(covariates_[k]);
        std::map<std::string, std::uint32_t> clusters, cells;
        const auto number_of = [](std::map<std::string, std::uint32_t>& names, const std::string& name) {
            return names.try_emplace(name, static_cast<std::uint32_t>(names.size())).first->second;
        };
        for (const std::size_t i : rows) {
            s.treated.push_back(treated_[i] == 1);
            out_.ids.push_back(c_.id.empty() ? std::to_string(lines_[i]) : cells_[c_.id][i]);
            if (!c_.clusters.empty()) s.clusters.push_back(number_of(clusters, cells_[c_.clusters][i]));
            std::string key;
            for (const std::string& name : c_.exact) key += cells_[name][i] + '\x1f';
            if (!c_.exact.empty()) s.cells.push_back(number_of(cells, key));
        }
    }

    const CsvText& table_;
    const std::string file_;
    const SampleColumns& c_;
    ReadSample out_;
    std::vector<std::string> needed_, numbers_;
    std::map<std::string, std::vector<std::string>> cells_;
    std::vector<std::size_t> lines_;
    std::vector<double> outcome_, treated_, before_, weights_;
    std::vector<std::vector<double>> covariates_;
    std::vector<std::pair<std::string, std::vector<bool>>> missing_;
};

}  // namespace

ReadSample read_sample(const CsvText& table, const std::string& file, const SampleColumns& columns) {
    return TableReader(table, file, columns).read();
}

}  // namespace hubs
