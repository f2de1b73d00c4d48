#include "analysis/study/import/importer.h"

#include <algorithm>
#include <set>

#include "analysis/study/import/cells.h"
#include "analysis/base/sheet.h"
#include "sim/run/document.h"
#include "sim/run/embedded.h"
#include "sim/run/names.h"

namespace hubs {
namespace {

constexpr std::size_t most_unused_named = 10;

std::optional<Type> type_of(const std::string& cell) {
    std::string word;
    for (const char c : cell)
        word += c == ' ' || c == '-' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
    for (unsigned t = 0; t < 4; ++t)
        if (word == std::array<const char*, 4>{"mainstream", "special", "alternative_provision", "college"}[t])
            return static_cast<Type>(t);
    return std::nullopt;
}

/// Type of an establishment of the register by its type code; empty if out of scope.
std::optional<Type> type_of_code(int code) {
    const auto is = [code](std::initializer_list<int> codes) {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    if (is({1, 2, 3, 5, 6, 28, 34, 35, 40, 41})) return Type::mainstream;
    if (is({7, 8, 12, 33, 36, 44})) return Type::special;
    if (is({14, 38, 42, 43})) return Type::alternative_provision;
    if (is({18, 39, 45, 46})) return Type::college;
    return std::nullopt;
}

/// The URN, if it is one and new.
bool read_urn(Sheet& sheet, const char* column, std::set<std::uint32_t>& seen, EstablishmentRow& row) {
    const auto urn = sheet.number(column, 1, 2147483647, true);
    if (!urn) {
        if (sheet[column].empty()) sheet.problem(column, "no URN", "a whole number");
        return false;
    }
    row.address = static_cast<std::uint32_t>(*urn);
    if (seen.insert(row.address).second) return true;
    sheet.problem(column, "URN " + std::to_string(row.address) + " is given twice", "each URN once");
    return false;
}

/// Enterprises of the areas whose published figures the program carries, by name.
void add_enterprises(PopulationInput& input) {
    Problems none;
    const auto figures = read_figures(parse_document("england-2023.json", std::string(embedded::figures)), none);
    for (const std::string& area : input.areas) {
        std::optional<Enterprises> found;
        for (const AreaFigures& f : figures)
            if (f.name == area) found = f.enterprises;
        input.enterprises.push_back(found);
    }
}

/// More than a population file can hold is refused before it is written.
void check_size(Imported& out, const std::string& file) {
    const auto check = [&](std::size_t found, std::size_t most, const char* what) {
        if (found <= most) return;
        Problem p;
        p.file = file;
        p.headline = std::to_string(found) + " " + what;
        p.expected = "at most " + std::to_string(most);
        out.problems.push_back(p);
    };
    check(out.population.input.regions.size(), 255, "regions");
    check(out.population.input.areas.size(), 60000, "areas");
}

/// Counts and remembers what becomes of each row.
class Account {
public:
    Account(Imported& out, const std::string& file, const Sheet& sheet, const char* urn, const char* name)
        : out_(out), file_(file), sheet_(sheet), urn_(urn), name_(name) {}
    void dropped(const std::string& reason) {
        ++out_.dropped[reason];
        add(reason);
    }
    void kept() { add("kept"); }

private:
    void add(const std::string& outcome) {
        out_.account.push_back({file_, sheet_.line(), sheet_[urn_], sheet_[name_], outcome});
    }
    Imported& out_;
    const std::string& file_;
    const Sheet& sheet_;
    const char *urn_, *name_;
};

void finish(Imported& out, const std::string& file, const CsvText& table) {
    out.notes = table.notes;
    check_size(out, file);
    out.population.input.name = cleaned_label(file.substr(file.rfind('/') + 1));
    out.population.note = "Real establishments read from " + out.population.input.name +
                          "; attainment, leaders, employers and ties are simulated.";
    if (!out.unused.empty()) {
        std::string names;
        for (std::size_t c = 0; c < out.unused.size() && c < most_unused_named; ++c)
            names += (c == 0 ? "" : ", ") + cleaned_label(out.unused[c]);
        out.population.note +=
            " Columns not used: " + names + (out.unused.size() > most_unused_named ? " and others" : "") + ".";
    }
    add_enterprises(out.population.input);
    if (out.problems.empty() && out.population.input.rows.empty()) {
        Problem p;
        p.file = file;
        p.headline = "no establishment is left of " + std::to_string(out.rows) + " rows";
        p.expected = "at least one open state-funded secondary, special or alternative establishment or college";
        out.problems.push_back(p);
    }
}

}  // namespace

Imported import_plain_table(const CsvText& table, const std::string& file) {
    Imported out;
    auto& input = out.population.input;
    input.trusts.emplace_back();
    Sheet sheet(table, file, {"urn", "type", "region", "area|lep", "easting", "northing", "pupils"},
                {"urn", "name", "type", "region", "area", "lep", "easting", "northing", "urban_rural", "pupils",
                 "fsm_percent", "ofsted", "has_sixth_form", "trust"},
                out.problems);
    CellReader cells(sheet, out, file);
    NameIndex areas(input.areas), regions(input.regions), trusts(input.trusts);
    std::set<std::uint32_t> seen;
    Account account(out, file, sheet, "urn", "name");
    while (sheet.next() && out.problems.size() < 1000) {
        ++out.rows;
        EstablishmentRow row;
        if (!read_urn(sheet, "urn", seen, row)) continue;
        const auto type = type_of(sheet["type"]);
        if (!type) {
            sheet.problem("type", "\"" + printable(sheet["type"].substr(0, 60)) + "\" in column \"type\"",
                          "one of mainstream, special, alternative_provision, college");
            continue;
        }
        if (sheet["area"].empty() && sheet["lep"].empty()) {
            account.dropped("no area");
            continue;
        }
        if (sheet["region"].empty()) {
            account.dropped("no region");
            continue;
        }
        row.type = *type;
        row.name = cells.label("name");
        row.area = areas.of(cells.label(sheet["area"].empty() ? "lep" : "area"));
        row.region = regions.of(cells.label("region"));
        row.rural = cells.rural("urban_rural");
        cells.figures(row, "easting", "northing", "pupils", "fsm_percent");
        row.ofsted = cells.grade("ofsted");
        row.sixth_form = cells.yes("has_sixth_form");
        if (!sheet["trust"].empty()) row.trust = trusts.of(cells.label("trust"));
        input.rows.push_back(std::move(row));
        account.kept();
    }
    cells.check_shares();
    out.unused = sheet.unused();
    finish(out, file, table);
    return out;
}

Imported import_register(const CsvText& table, const std::string& file) {
    Imported out;
    auto& input = out.population.input;
    input.trusts.emplace_back();
    const std::vector<std::string> columns{"URN",
                                           "EstablishmentName",
                                           "LA (name)",
                                           "TypeOfEstablishment (code)",
                                           "EstablishmentStatus (code)",
                                           "PhaseOfEducation (name)",
                                           "OfficialSixthForm (name)",
                                           "NumberOfPupils",
                                           "PercentageFSM",
                                           "Trusts (name)",
                                           "GOR (name)",
                                           "UrbanRural (name)",
                                           "Easting",
                                           "Northing"};
    auto known = columns;
    known.push_back("OfstedRating (name)");
    Sheet sheet(table, file, columns, known, out.problems);
    CellReader cells(sheet, out, file);
    NameIndex areas(input.areas), regions(input.regions), trusts(input.trusts);
    std::set<std::uint32_t> seen;
    Account account(out, file, sheet, "URN", "EstablishmentName");
    while (sheet.next() && out.problems.size() < 1000) {
        ++out.rows;
        const std::string& status = sheet["EstablishmentStatus (code)"];
        if (status != "1" && status != "3") {
            account.dropped("not open");
            continue;
        }
        const auto code = sheet.number("TypeOfEstablishment (code)", 0, 999, true);
        const auto type = code ? type_of_code(static_cast<int>(*code)) : std::nullopt;
        if (!type) {
            account.dropped("type out of scope");
            continue;
        }
        const std::string& phase = sheet["PhaseOfEducation (name)"];
        if (*type == Type::mainstream && phase != "Secondary" && phase != "All-through" &&
            phase != "Middle deemed secondary") {
            account.dropped("mainstream, not secondary");
            continue;
        }
        if (sheet["GOR (name)"].rfind("Wales", 0) == 0 || sheet["GOR (name)"].empty() ||
            sheet["GOR (name)"] == "Not Applicable") {
            account.dropped("not in a region of England");
            continue;
        }
        if (sheet["LA (name)"].empty()) {
            account.dropped("no local authority");
            continue;
        }
        EstablishmentRow row;
        if (!read_urn(sheet, "URN", seen, row)) continue;
        row.type = *type;
        row.name = cells.label("EstablishmentName");
        row.area = areas.of(cells.label("LA (name)"));
        row.region = regions.of(cells.label("GOR (name)"));
        row.rural = cells.rural("UrbanRural (name)");
        cells.figures(row, "Easting", "Northing", "NumberOfPupils", "PercentageFSM");
        row.ofsted = cells.grade("OfstedRating (name)");
        row.sixth_form = cells.yes("OfficialSixthForm (name)");
        if (!sheet["Trusts (name)"].empty()) row.trust = trusts.of(cells.label("Trusts (name)"));
        input.rows.push_back(std::move(row));
        account.kept();
    }
    cells.check_shares();
    finish(out, file, table);
    return out;
}

}  // namespace hubs
