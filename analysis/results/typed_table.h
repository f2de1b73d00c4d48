#pragma once
#include <charconv>
#include <concepts>
#include <cstdlib>
#include <limits>
#include <stdexcept>

#include "analysis/base/table.h"
#include "sim/base/enum_words.h"

/// Published tables as types. A table is a struct that says what it is called, and whose Row describes its columns:
///
///     struct Ranks {
///         static constexpr const char* name = "ranks";                  // of the file, sheet and database table
///         static constexpr const char* title = "Chance of each place";
///         static constexpr Digits digits = Digits::exact;               // how `verify` compares its cells
///         static constexpr bool sheet = true;                           // has a sheet of the workbook; instead
///                                                    // static bool in_sheet(const Row&): of a long table these rows
///         struct Row {
///             std::string plan;
///             std::int64_t place = 0;
///             double percent = 0;
///             static void describe(auto&& column, auto& r) {
///                 column("plan", "Plan", "", 0, r.plan);
///                 column("place", "Place", "1 = most benchmarks", 0, r.place);
///                 column("percent", "Runs", "percent", 1, r.percent);
///             }
///         };
///         static std::vector<Row> rows(const Results& results);
///     };
///
/// CSV, workbook, database, dictionary, verification and reading back follow from `describe`. Members are text, whole
/// numbers, numbers (not-a-number: not known), words of an enum, or a Cell where text and numbers (never whole ones)
/// mix. The unit "GBP" becomes "GBP 2018-19" or whatever the price base of the scenario is.
namespace hubs {

/// Whether a table's numbers are counted from what was simulated, which is the same everywhere, or worked out with
/// sums whose last digits may differ between machines.
enum class Digits { exact, estimate };

/// The value that a word stands for; throws std::runtime_error where there is none.
template <Worded E>
E value_of_word(std::string_view text) {
    for (std::size_t i = 0; i < WordsOf<E>::all.size(); ++i)
        if (WordsOf<E>::all[i] == text) return static_cast<E>(i);
    throw std::runtime_error("unknown word \"" + std::string(text) + "\"");
}

namespace cell {

inline Cell of(const std::string& value) { return value; }
inline Cell of(std::int64_t value) { return value; }
inline Cell of(double value) { return value; }
inline Cell of(const Cell& value) { return value; }
template <Worded E>
Cell of(E value) {
    return std::string(word(value));
}

inline void read(const std::string& text, std::string& value) { value = text; }
/// A number that fills its cell.
inline bool is_number(const std::string& text, double& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}
inline void read(const std::string& text, double& value) {
    value = std::numeric_limits<double>::quiet_NaN();
    if (!text.empty() && !is_number(text, value)) throw std::runtime_error("no number: \"" + text.substr(0, 40) + "\"");
}
inline void read(const std::string& text, Cell& value) {
    double number = 0;
    value = is_number(text, number) ? Cell{number} : Cell{text};
}
inline void read(const std::string& text, std::int64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::runtime_error("no whole number: \"" + text.substr(0, 40) + "\"");
}
template <Worded E>
void read(const std::string& text, E& value) {
    value = value_of_word<E>(text);
}

/// A number with the digits that files keep.
inline double kept(double value) {
    return value != value ? value : std::strtod(cell_text(Cell{value}).c_str(), nullptr);
}

}  // namespace cell

template <class T>
std::vector<TableColumn> columns_of(const std::string& price_base) {
    std::vector<TableColumn> out;
    typename T::Row row{};
    T::Row::describe(
        [&]<class Value>(const char* name, const char* label, const std::string& unit, int decimals, const Value&) {
            out.push_back(
                {name, label, unit == "GBP" ? unit + " " + price_base : unit, decimals, std::is_enum_v<Value>});
        },
        row);
    return out;
}

/// Rows as cells, for files and pages.
template <class T>
Table table_of(const std::vector<typename T::Row>& rows, const std::string& price_base) {
    Table out{T::name, T::title, columns_of<T>(price_base), {}};
    out.rows.reserve(rows.size());
    for (const typename T::Row& row : rows) {
        std::vector<Cell>& cells = out.rows.emplace_back();
        cells.reserve(out.columns.size());
        T::Row::describe([&](const char*, const char*, const std::string&, int,
                             const auto& value) { cells.push_back(cell::of(value)); },
                         row);
    }
    return out;
}

/// Rows of a CSV file, whose columns must be the table's. Throws std::runtime_error naming what does not fit.
template <class T>
std::vector<typename T::Row> rows_of(const std::vector<std::vector<std::string>>& csv) {
    const auto columns = columns_of<T>("");
    const auto misfit = [](const std::string& what) {
        return std::runtime_error("data/" + std::string(T::name) + ".csv: " + what);
    };
    if (csv.empty() || csv.front().size() != columns.size()) throw misfit("not its columns");
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (csv.front()[c] != columns[c].name) throw misfit("no column " + columns[c].name);
    std::vector<typename T::Row> out(csv.size() - 1);
    for (std::size_t r = 1; r < csv.size(); ++r) {
        if (csv[r].size() != columns.size()) throw misfit("row " + std::to_string(r) + " has another length");
        std::size_t c = 0;
        T::Row::describe(
            [&](const char* name, const char*, const std::string&, int, auto& value) {
                try {
                    cell::read(csv[r][c++], value);
                } catch (const std::runtime_error& e) {
                    throw misfit("row " + std::to_string(r) + ", column " + name + ": " + e.what());
                }
            },
            out[r - 1]);
    }
    return out;
}

/// Rows with the digits that files keep, so that what is made from them is the same when they are read back.
template <class T>
void keep_digits(std::vector<typename T::Row>& rows) {
    for (typename T::Row& row : rows)
        T::Row::describe(
            [](const char*, const char*, const std::string&, int, auto& value) {
                if constexpr (std::same_as<std::remove_reference_t<decltype(value)>, double>) value = cell::kept(value);
                else if constexpr (std::same_as<std::remove_reference_t<decltype(value)>, Cell>) {
                    if (auto* number = std::get_if<double>(&value)) *number = cell::kept(*number);
                }
            },
            row);
}

}  // namespace hubs
