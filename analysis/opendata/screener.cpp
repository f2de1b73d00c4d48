#include "analysis/opendata/screener.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>

#include "analysis/base/table.h"

namespace hubs {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const std::vector<std::string> meta_columns{"col_name",       "col_type",     "label",       "indicator_grouping",
                                            "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column"};
const std::set<std::string> described_by_standard{"time_period",  "time_identifier", "geographic_level", "country_code",
                                                  "country_name", "region_code",     "region_name",      "new_la_code",
                                                  "old_la_code",  "la_name"};
const std::set<std::string> units{"", "%", "pp", "£", "£m", "numberstring"};
const std::set<std::string> symbols{"z", "x", "c", "low", "k", "u"};
const std::set<std::string> levels{"National", "Regional", "Local authority"};

class Screen {
public:
    Screen(const std::string& name, const std::string& data, const std::string& meta) {
        if (!std::regex_match(name, std::regex("[a-z0-9_]+\\.csv")))
            fault("name", name + ": lower-case letters, digits and _ only");
        read("data", data, data_);
        read("meta", meta, meta_);
        if (data_.empty() || meta_.empty()) return;
        check_meta();
        check_names();
        check_rows();
        check_filters();
    }
    std::vector<std::string> faults;

private:
    void fault(const std::string& where, const std::string& what) { faults.push_back(where + ": " + what); }

    void read(const std::string& which, const std::string& text, Rows& into) {
        if (text.starts_with("\xEF\xBB\xBF")) fault(which, "starts with a byte-order mark");
        if (text.find('\r') != std::string::npos) fault(which, "has carriage returns");
        try {
            into = read_csv(text);
        } catch (const std::exception& e) {
            fault(which, e.what());
            return;
        }
        if (into.size() < 2) {
            fault(which, "has no rows");
            into.clear();
            return;
        }
        if (into.size() > 1048576) fault(which, "has more rows than a spreadsheet");
        for (std::size_t r = 0; r < into.size(); ++r) {
            if (into[r].size() != into.front().size()) {
                fault(
                    which + " row " + std::to_string(r + 1),
                    std::to_string(into[r].size()) + " cells, the heading has " + std::to_string(into.front().size()));
                into.clear();
                return;
            }
            for (const std::string& cell : into[r])
                if (!cell.empty() && (std::isspace(static_cast<unsigned char>(cell.front())) != 0 ||
                                      std::isspace(static_cast<unsigned char>(cell.back())) != 0))
                    fault(which + " row " + std::to_string(r + 1), "\"" + cell + "\" begins or ends with a space");
        }
    }
    int at(const std::string& column) const {
        const auto found = std::find(data_.front().begin(), data_.front().end(), column);
        return found == data_.front().end() ? -1 : static_cast<int>(found - data_.front().begin());
    }
    const std::string& meta_cell(std::size_t row, std::size_t column) const { return meta_[row][column]; }

    void check_meta() {
        if (meta_.front() != meta_columns) {
            fault(
                "meta",
                "columns must be col_name, col_type, label, indicator_grouping, indicator_unit, indicator_dp, filter_hint, filter_grouping_column");
            meta_.resize(1);
            return;
        }
        std::set<std::string> names, labels;
        for (std::size_t r = 1; r < meta_.size(); ++r) {
            const std::string where = "meta row " + std::to_string(r + 1), &name = meta_cell(r, 0),
                              &type = meta_cell(r, 1), &label = meta_cell(r, 2);
            const bool filter = type == "Filter";
            if (!filter && type != "Indicator")
                fault(where, "col_type \"" + type + "\" is neither Filter nor Indicator");
            if (label.empty()) fault(where, name + " has no label");
            if (!names.insert(name).second) fault(where, name + " is described twice");
            if (!label.empty() && !labels.insert(label).second) fault(where, "label \"" + label + "\" stands twice");
            if (at(name) < 0) fault(where, name + " is no column of the data");
            if (described_by_standard.count(name) != 0)
                fault(where, name + " belongs to the standard and is not described");
            if (filter && (!meta_cell(r, 3).empty() || !meta_cell(r, 4).empty() || !meta_cell(r, 5).empty()))
                fault(where, name + " is a filter with an indicator's settings");
            if (!filter && (!meta_cell(r, 6).empty() || !meta_cell(r, 7).empty()))
                fault(where, name + " is an indicator with a filter's settings");
            if (units.count(meta_cell(r, 4)) == 0)
                fault(where, "unit \"" + meta_cell(r, 4) + "\" is not one of the standard's");
            if (!filter && !std::regex_match(meta_cell(r, 5), std::regex("[0-9]?")))
                fault(where, "indicator_dp \"" + meta_cell(r, 5) + "\" is no digit");
            if (!meta_cell(r, 7).empty() && at(meta_cell(r, 7)) < 0)
                fault(where, "filter_grouping_column " + meta_cell(r, 7) + " is no column of the data");
            kind_[name] = type;
        }
    }
    void check_names() {
        std::set<std::string> seen;
        for (const std::string& name : data_.front()) {
            if (!std::regex_match(name, std::regex("[a-z][a-z0-9_]{0,49}")))
                fault("data", "column \"" + name + "\": lower-case letters, digits and _, at most 50");
            if (!seen.insert(name).second) fault("data", "column " + name + " stands twice");
            if (kind_.count(name) == 0 && described_by_standard.count(name) == 0)
                fault("data", "column " + name + " is not described in meta");
        }
        for (const char* needed :
             {"time_period", "time_identifier", "geographic_level", "country_code", "country_name"})
            if (at(needed) < 0) fault("data", std::string("column ") + needed + " is missing");
    }
    std::string cell(std::size_t r, const char* column) const {
        return at(column) < 0 ? "" : data_[r][static_cast<std::size_t>(at(column))];
    }

    void check_rows() {
        std::set<std::vector<std::string>> keys;
        std::set<std::string> identifiers;
        for (std::size_t r = 1; r < data_.size(); ++r) {
            const std::string where = "data row " + std::to_string(r + 1), period = cell(r, "time_period"),
                              level = cell(r, "geographic_level");
            const bool year = std::regex_match(period, std::regex("20[0-9]{4}")) &&
                              (std::stoi(period.substr(2, 2)) + 1) % 100 == std::stoi(period.substr(4));
            if (at("time_period") >= 0 && !year)
                fault(where, "time_period \"" + period + "\" is no academic year such as 201819");
            identifiers.insert(cell(r, "time_identifier"));
            if (levels.count(level) == 0)
                fault(where, "geographic_level \"" + level + "\" is not one of the standard's");
            if (cell(r, "country_code") != "E92000001" || cell(r, "country_name") != "England")
                fault(where, "country is not E92000001, England");
            const bool region = !cell(r, "region_name").empty();
            if (level == "Regional" &&
                (!region || !std::regex_match(cell(r, "region_code"), std::regex("E12[0-9]{6}"))))
                fault(where, "a region needs its name and its code (E12…)");
            if (level == "National" && (region || !cell(r, "region_code").empty()))
                fault(where, "a national row names a region");
            std::vector<std::string> key;
            for (std::size_t c = 0; c < data_.front().size(); ++c) {
                const std::string& name = data_.front()[c];
                const auto kind = kind_.find(name);
                if (kind == kind_.end() || kind->second != "Indicator") key.push_back(data_[r][c]);
                else if (symbols.count(data_[r][c]) == 0 &&
                         !std::regex_match(data_[r][c], std::regex("-?[0-9]+(\\.[0-9]+)?")))
                    fault(where, name + " \"" + data_[r][c] + "\" is neither a number nor one of z, x, c, low, k, u");
                if (kind != kind_.end() && kind->second == "Filter" && data_[r][c].empty())
                    fault(where, "filter " + name + " is empty");
            }
            if (!keys.insert(key).second) fault(where, "the same filters, time and place stand twice");
        }
        for (const std::string& i : identifiers)
            if (i != "Academic year") fault("data", "time_identifier \"" + i + "\" is not Academic year");
    }
    /// Filters with a default, and a complete matrix: every combination in every place and year.
    void check_filters() {
        std::map<std::string, std::set<std::string>> values;
        std::set<std::pair<std::string, std::string>> places;
        std::set<std::string> years;
        std::map<std::string, std::size_t> by_level;
        for (std::size_t r = 1; r < data_.size(); ++r) {
            years.insert(cell(r, "time_period"));
            places.insert({cell(r, "geographic_level"), cell(r, "region_name")});
            for (const auto& [name, kind] : kind_)
                if (kind == "Filter" && at(name) >= 0) values[name].insert(cell(r, name.c_str()));
        }
        for (const auto& [name, some] : values)
            if (some.size() < 2) fault("data", "filter " + name + " has one value only");
        std::size_t all = years.size() * places.size();
        for (const auto& [name, some] : values) all *= some.size();
        if (data_.size() - 1 != all)
            fault("data", std::to_string(data_.size() - 1) + " rows, a complete matrix has " + std::to_string(all));
    }

    Rows data_, meta_;
    std::map<std::string, std::string> kind_;  // of described columns
};

}  // namespace

std::vector<std::string> screen_open_data(const std::string& name, const std::string& data, const std::string& meta) {
    return Screen(name, data, meta).faults;
}

}  // namespace hubs
