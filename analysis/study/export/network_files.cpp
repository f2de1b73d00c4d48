#include "analysis/study/export/network_files.h"

#include <bit>

#include "analysis/base/table.h"

namespace hubs {
namespace {

std::string whole(std::int64_t value) { return std::to_string(value); }
std::string decimal(double value) { return cell_text(Cell{value}); }
std::string address(const World& w, EstablishmentId e) { return whole(w.population->establishments.address[e]); }

/// "neighbour+trust": why two leaders could come to know one another.
std::string reasons(std::uint8_t layers) {
    std::string out;
    const auto add = [&](std::uint8_t layer, const char* word) {
        if ((layers & layer) != 0) out += (out.empty() ? "" : "+") + std::string(word);
    };
    add(neighbour_layer, "neighbour");
    add(trust_layer, "trust");
    add(type_layer, "type");
    return out;
}

/// Calls `f(from whom, who learns, strength, reasons)` for every tie there is.
template <class F>
void each_tie(const World& w, F&& f) {
    const Network& net = w.population->network;
    each_establishment(w, [&](EstablishmentId e) {
        for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot)
            if (w.ties[slot] > 0)
                f(EstablishmentId{net.peer(slot)}, e, w.ties[slot] / 65535.0, reasons(net.layers(slot)));
    });
}

void add_ties(std::string& csv, const RowOf& of, const World& w) {
    each_tie(w, [&](EstablishmentId from, EstablishmentId learns, double strength, const std::string& why) {
        csv +=
            of.cells() + "," + address(w, from) + "," + address(w, learns) + "," + decimal(strength) + "," + why + "\n";
    });
}

void add_hubs(std::string& csv, const RowOf& of, const World& w) {
    for (std::size_t h = 0; h < w.hubs.rows.size(); ++h) {
        const HubRow& hub = w.hubs.rows[h];
        csv += of.cells() + "," + whole(static_cast<std::int64_t>(h + 1)) + "," +
               csv_cell(w.population->areas[hub.area.index].name) + "," + whole(hub.launched - w.first_month) + "," + whole(hub.count) +
               "," + whole(hub.leads) + "," + decimal(static_cast<double>(hub.lead_skill)) + "\n";
    }
}

void add_links(std::string& csv, const RowOf& of, const World& w) {
    each_establishment(w, [&](EstablishmentId e) {
        for (unsigned i = 0; i < w.establishments.link_count[e]; ++i) {
            const EmployerId employer = w.establishments.links[e][i];
            csv += of.cells() + "," + address(w, e) + "," + whole(employer.index + 1) + "," +
                   whole(w.employers.cornerstone[employer]) + "\n";
        }
    });
}

std::string attribute(const char* id, const char* on, const char* type) {
    return "  <key id=\"" + std::string(id) + "\" for=\"" + on + "\" attr.name=\"" + id + "\" attr.type=\"" + type +
           "\"/>\n";
}
std::string data(const char* key, const std::string& value) {
    return "<data key=\"" + std::string(key) + "\">" + value + "</data>";
}

}  // namespace

const std::vector<NetworkFile>& network_files() {
    static const std::vector<NetworkFile> all{
        {"ties.csv", "plan,replicate,date,source,learner,strength,reasons\n", add_ties},
        {"hubs.csv", "plan,replicate,date,hub,area,launched,members,lead_schools,hub_lead_skill\n", add_hubs},
        {"employer_links.csv", "plan,replicate,date,establishment,employer,cornerstone\n", add_links},
    };
    return all;
}

std::string graphml(const World& w) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n" +
        attribute("type", "node", "string") + attribute("status", "node", "string") + attribute("hub", "node", "int") +
        attribute("benchmarks", "node", "int") + attribute("x", "node", "double") + attribute("y", "node", "double") +
        attribute("strength", "edge", "double") + attribute("reasons", "edge", "string") +
        "  <graph id=\"ties\" edgedefault=\"directed\">\n";
    const auto& columns = agent_columns();
    const auto of = [&](const char* name, EstablishmentId e) {
        for (const AgentColumn& column : columns)
            if (std::string_view(column.name) == name) return column.of(w, e);
        return std::string();
    };
    each_establishment(w, [&](EstablishmentId e) {
        const std::string hub = of("hub", e);
        out += "    <node id=\"" + address(w, e) + "\">" + data("type", of("type", e)) +
               data("status", of("status", e)) + (hub.empty() ? "" : data("hub", hub)) +
               data("benchmarks", of("benchmarks", e)) + data("x", of("easting", e)) + data("y", of("northing", e)) +
               "</node>\n";
    });
    each_tie(w, [&](EstablishmentId from, EstablishmentId learns, double strength, const std::string& why) {
        out += "    <edge source=\"" + address(w, from) + "\" target=\"" + address(w, learns) + "\">" +
               data("strength", decimal(strength)) + data("reasons", why) + "</edge>\n";
    });
    return out + "  </graph>\n</graphml>\n";
}

}  // namespace hubs
