#include "analysis/import/importer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/import/sheet.h"
#include "sim/run/document.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

std::uint32_t index_of(std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
    names.push_back(name);
    return static_cast<std::uint32_t>(names.size() - 1);
}

Ofsted grade_of(const std::string& word) {
    if (word == "Outstanding") return Ofsted::outstanding;
    if (word == "Good") return Ofsted::good;
    if (word == "Requires Improvement" || word == "Requires improvement") return Ofsted::requires_improvement;
    if (word == "Inadequate" || word == "Special Measures" || word == "Serious Weaknesses") return Ofsted::inadequate;
    return Ofsted::unknown;
}

std::optional<Type> type_of(const std::string& word) {
    for (unsigned t = 0; t < 4; ++t)
        if (word == std::array<const char*, 4>{"mainstream", "special", "alternative_provision", "college"}[t]) return static_cast<Type>(t);
    return std::nullopt;
}

/// Type of an establishment of the register by its type code; empty if out of scope.
std::optional<Type> type_of_code(int code) {
    const auto is = [code](std::initializer_list<int> codes) { return std::find(codes.begin(), codes.end(), code) != codes.end(); };
    if (is({1, 2, 3, 5, 6, 28, 34, 35, 40, 41})) return Type::mainstream;
    if (is({7, 8, 12, 33, 36, 44})) return Type::special;
    if (is({14, 38, 42, 43})) return Type::alternative_provision;
    if (is({18, 39, 45, 46})) return Type::college;
    return std::nullopt;
}

/// What both kinds of table have: reads place, size and share into a row.
void read_figures_of(Sheet& sheet, EstablishmentRow& row, Imported& out, const char* easting, const char* northing, const char* pupils, const char* fsm) {
    const auto e = sheet.number(easting, 0, 700000, true), n = sheet.number(northing, 0, 1300000, true);
    if (e && n && (*e > 0 || *n > 0)) {
        row.easting = static_cast<std::int32_t>(*e);
        row.northing = static_cast<std::int32_t>(*n);
    } else ++out.unknown["coordinates"];
    if (const auto count = sheet.number(pupils, 0, 100000, true)) row.pupils = static_cast<std::uint32_t>(*count);
    else ++out.unknown["pupils"];
    if (const auto percent = sheet.number(fsm, 0, 100, false)) row.fsm_percent = *percent;
    else ++out.unknown["fsm_percent"];
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

void finish(Imported& out, const std::string& file) {
    out.population.input.name = file.substr(file.rfind('/') + 1);
    out.population.note = "Real establishments read from " + out.population.input.name + "; attainment, leaders, employers and ties are simulated.";
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

Imported import_plain_table(std::istream& in, const std::string& file) {
    Imported out;
    auto& input = out.population.input;
    input.trusts.emplace_back();
    Sheet sheet(
        in, file, {"urn", "type", "region", "area|lep", "easting", "northing", "pupils"},
        {"urn", "name", "type", "region", "area", "lep", "easting", "northing", "urban_rural", "pupils", "fsm_percent", "ofsted", "has_sixth_form", "trust"},
        false, out.problems);
    std::set<std::uint32_t> seen;
    while (sheet.next() && out.problems.size() < 1000) {
        ++out.rows;
        EstablishmentRow row;
        if (!read_urn(sheet, "urn", seen, row)) continue;
        const auto type = type_of(sheet["type"]);
        if (!type) {
            sheet.problem("type", "\"" + sheet["type"].substr(0, 60) + "\" in column \"type\"", "one of mainstream, special, alternative_provision, college");
            continue;
        }
        const std::string& area = sheet["area"].empty() ? sheet["lep"] : sheet["area"];
        if (area.empty()) {
            ++out.dropped["no area"];
            continue;
        }
        row.type = *type;
        row.name = sheet["name"];
        row.area = index_of(input.areas, area);
        row.region = index_of(input.regions, sheet["region"]);
        row.rural = sheet["urban_rural"].rfind("Rural", 0) == 0 || sheet["urban_rural"] == "rural";
        read_figures_of(sheet, row, out, "easting", "northing", "pupils", "fsm_percent");
        row.ofsted = grade_of(sheet["ofsted"]);
        const std::string& sixth = sheet["has_sixth_form"];
        row.sixth_form = sixth == "1" || sixth == "true" || sixth == "yes";
        if (!sheet["trust"].empty()) row.trust = index_of(input.trusts, sheet["trust"]);
        input.rows.push_back(std::move(row));
    }
    finish(out, file);
    return out;
}

Imported import_register(std::istream& in, const std::string& file) {
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
    Sheet sheet(in, file, columns, known, true, out.problems);
    std::set<std::uint32_t> seen;
    while (sheet.next() && out.problems.size() < 1000) {
        ++out.rows;
        const std::string& status = sheet["EstablishmentStatus (code)"];
        if (status != "1" && status != "3") {
            ++out.dropped["not open"];
            continue;
        }
        const auto code = sheet.number("TypeOfEstablishment (code)", 0, 999, true);
        const auto type = code ? type_of_code(static_cast<int>(*code)) : std::nullopt;
        if (!type) {
            ++out.dropped["type out of scope"];
            continue;
        }
        const std::string& phase = sheet["PhaseOfEducation (name)"];
        if (*type == Type::mainstream && phase != "Secondary" && phase != "All-through" && phase != "Middle deemed secondary") {
            ++out.dropped["mainstream, not secondary"];
            continue;
        }
        if (sheet["GOR (name)"].rfind("Wales", 0) == 0 || sheet["GOR (name)"].empty() || sheet["GOR (name)"] == "Not Applicable") {
            ++out.dropped["not in a region of England"];
            continue;
        }
        EstablishmentRow row;
        if (!read_urn(sheet, "URN", seen, row)) continue;
        row.type = *type;
        row.name = sheet["EstablishmentName"];
        row.area = index_of(input.areas, sheet["LA (name)"]);
        row.region = index_of(input.regions, sheet["GOR (name)"]);
        row.rural = sheet["UrbanRural (name)"].find("Rural") != std::string::npos;
        read_figures_of(sheet, row, out, "Easting", "Northing", "NumberOfPupils", "PercentageFSM");
        row.ofsted = grade_of(sheet["OfstedRating (name)"]);
        row.sixth_form = sheet["OfficialSixthForm (name)"] == "Has a sixth form";
        if (!sheet["Trusts (name)"].empty()) row.trust = index_of(input.trusts, sheet["Trusts (name)"]);
        input.rows.push_back(std::move(row));
    }
    finish(out, file);
    return out;
}

void add_memberships(std::istream& in, const std::string& file, Imported& to) {
    Problems problems;
    Sheet sheet(in, file, {"urn", "hub", "joined"}, {"urn", "hub", "joined", "left"}, false, problems);
    std::set<std::uint32_t> known, seen;
    for (const EstablishmentRow& row : to.population.input.rows) known.insert(row.address);
    while (sheet.next()) {
        Membership m;
        const auto urn = sheet.number("urn", 1, 2147483647, true);
        if (!urn) continue;
        m.address = static_cast<std::uint32_t>(*urn);
        m.hub = sheet["hub"];
        if (known.count(m.address) == 0) {
            ++to.dropped["membership of an establishment not kept"];
            continue;
        }
        if (!seen.insert(m.address).second) sheet.problem("urn", "URN " + sheet["urn"] + " is given twice", "each URN once");
        if (m.hub.empty()) sheet.problem("hub", "no hub", "the name of a hub");
        if (!read_year_month(sheet["joined"], m.joined_year, m.joined_month))
            sheet.problem("joined", "\"" + sheet["joined"] + "\" is not a month", "a month as 2018-09");
        if (!sheet["left"].empty() && !read_year_month(sheet["left"], m.left_year, m.left_month))
            sheet.problem("left", "\"" + sheet["left"] + "\" is not a month", "a month as 2018-09, or nothing");
        to.population.memberships.push_back(m);
    }
    to.problems.insert(to.problems.end(), problems.begin(), problems.end());
}

std::string population_text(const Imported& imported, const std::string& source_name, const std::string& source_sha256) {
    using Json = nlohmann::ordered_json;
    const auto& in = imported.population.input;
    Json dropped = Json::object();
    for (const auto& [reason, count] : imported.dropped) dropped[reason] = count;
    Json columns = Json::object();
    const auto column = [&](const char* name, auto&& value) {
        Json list = Json::array();
        for (const EstablishmentRow& row : in.rows) list.push_back(value(row));
        columns[name] = std::move(list);
    };
    column("urn", [](const auto& r) { return Json(r.address); });
    column("name", [](const auto& r) { return Json(r.name); });
    column("type", [](const auto& r) { return Json(static_cast<int>(r.type)); });
    column("area", [](const auto& r) { return Json(r.area); });
    column("region", [](const auto& r) { return Json(r.region); });
    column("easting", [](const auto& r) { return r.easting ? Json(*r.easting) : Json(); });
    column("northing", [](const auto& r) { return r.northing ? Json(*r.northing) : Json(); });
    column("rural", [](const auto& r) { return Json(r.rural ? 1 : 0); });
    column("pupils", [](const auto& r) { return r.pupils ? Json(*r.pupils) : Json(); });
    column("fsm_percent", [](const auto& r) { return r.fsm_percent ? Json(*r.fsm_percent) : Json(); });
    column("ofsted", [](const auto& r) { return Json(static_cast<int>(r.ofsted)); });
    column("sixth_form", [](const auto& r) { return Json(r.sixth_form ? 1 : 0); });
    column("trust", [](const auto& r) { return Json(r.trust); });
    Json out;
    out["format"] = "hubsim population 1";
    out["name"] = in.name;
    out["note"] = imported.population.note;
    out["source"] = {{"file", source_name}, {"sha256", source_sha256}, {"rows", imported.rows}, {"kept", in.rows.size()}, {"dropped", dropped}};
    out["regions"] = in.regions;
    out["areas"] = in.areas;
    out["trusts"] = in.trusts;
    for (const auto& e : in.enterprises) out["enterprises"].push_back(e ? Json(*e) : Json());
    std::string text = out.dump(1);
    text.resize(text.size() - 2);
    text += ",\n \"establishments\": {";
    bool first = true;
    for (const auto& [name, list] : columns.items()) {
        text += std::string(first ? "\n" : ",\n") + "  \"" + name + "\": " + list.dump(-1, ' ', false, Json::error_handler_t::replace);
        first = false;
    }
    text += "\n },\n \"memberships\": [";
    first = true;
    const auto month = [](int y, int m) { return std::to_string(y) + (m < 10 ? "-0" : "-") + std::to_string(m); };
    for (const Membership& m : imported.population.memberships) {
        Json one{{"urn", m.address}, {"hub", m.hub}, {"joined", month(m.joined_year, m.joined_month)}};
        if (m.left_year > 0) one["left"] = month(m.left_year, m.left_month);
        text += (first ? "\n  " : ",\n  ") + one.dump();
        first = false;
    }
    return text + "\n ]\n}\n";
}

}  // namespace hubs
