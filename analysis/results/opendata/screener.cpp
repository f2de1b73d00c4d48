#include "analysis/results/opendata/screener.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>

#include "analysis/base/table.h"
#include "analysis/results/opendata/regions.h"

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
        Rows::value_type heading = meta_.front();
        if (!heading.empty() && heading.back() == "filter_default") heading.pop_back();  // may be left out
        if (heading != meta_columns) {
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
            const auto standard = standard_region(cell(r, "region_name"));
            if (region &&
                (!standard || standard->name != cell(r, "region_name") || standard->code != cell(r, "region_code")))
                fault(where, "region_code and region_name \"" + cell(r, "region_name") +
                                 "\" are no pair of the official lookup");
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
            if (!has_figure(r)) fault(where, "has no figure");
            if (!keys.insert(key).second) fault(where, "the same filters, time and place stand twice");
        }
        for (const std::string& i : identifiers)
            if (i != "Academic year") fault("data", "time_identifier \"" + i + "\" is not Academic year");
    }
    /// Whether an indicator of a row holds a number, or says that one is withheld.
    bool has_figure(std::size_t r) const {
        for (std::size_t c = 0; c < data_.front().size(); ++c) {
            const auto kind = kind_.find(data_.front()[c]);
            if (kind != kind_.end() && kind->second == "Indicator" && data_[r][c] != "z" && data_[r][c] != "x")
                return true;
        }
        return false;
    }

    /// Every filter has several items, and one that is shown first: its total, or the one that meta names.
    void check_filters() {
        const auto named = std::find(meta_.front().begin(), meta_.front().end(), "filter_default");
        for (std::size_t m = 1; m < meta_.size(); ++m) {
            const std::string& name = meta_[m][0];
            if (meta_[m][1] != "Filter" || at(name) < 0) continue;
            std::set<std::string> items;
            for (std::size_t r = 1; r < data_.size(); ++r) items.insert(cell(r, name.c_str()));
            if (items.size() < 2) fault("data", "filter " + name + " has one value only");
            std::string shown =
                named == meta_.front().end() ? "" : meta_[m][static_cast<std::size_t>(named - meta_.front().begin())];
            if (shown.empty()) shown = "Total";
            if (items.count(shown) == 0)
                fault("meta", "filter " + name + " has no default: no item is \"" + shown + "\"");
        }
    }

    Rows data_, meta_;
    std::map<std::string, std::string> kind_;  // of described columns
};

}  // namespace

std::vector<std::string> screen_open_data(const std::string& name, const std::string& data, const std::string& meta) {
    return Screen(name, data, meta).faults;
}

}  // namespace hubs
