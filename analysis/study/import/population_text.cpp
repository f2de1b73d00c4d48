#include <nlohmann/json.hpp>

#include "analysis/study/import/importer.h"

namespace hubs {

std::string population_text(const Imported& imported, const std::string& source_name,
                            const std::string& source_sha256) {
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
    out["source"] = {{"file", source_name},
                     {"sha256", source_sha256},
                     {"rows", imported.rows},
                     {"kept", in.rows.size()},
                     {"dropped", dropped}};
    out["regions"] = in.regions;
    out["areas"] = in.areas;
    out["trusts"] = in.trusts;
    for (const auto& e : in.enterprises) out["enterprises"].push_back(e ? Json(*e) : Json());
    std::string text = out.dump(1);
    text.resize(text.size() - 2);
    text += ",\n \"establishments\": {";
    bool first = true;
    for (const auto& [name, list] : columns.items()) {
        text += std::string(first ? "\n" : ",\n") + "  \"" + name +
                "\": " + list.dump(-1, ' ', false, Json::error_handler_t::replace);
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
