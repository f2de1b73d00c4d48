#include "sim/run/load_population.h"

#include <algorithm>

#include "sim/run/embedded.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

/// The figures inside the program, read once however many scenarios follow.
const std::vector<AreaFigures>& shipped_figures() {
    static const std::vector<AreaFigures> figures = [] {
        Problems none;
        return read_figures(parse_document("population/england-2023.json", std::string(embedded::figures)), none);
    }();
    return figures;
}

/// An area of a synthetic England, and how many establishments to make in it.
struct AreaCount {
    std::string area;
    Place place;
    std::uint32_t establishments;
};

std::vector<AreaCount> read_area_counts(ObjectReader& r) {
    std::vector<AreaCount> out;
    const Node* node = r.take("areas");
    if (node == nullptr || !r.is(*node, Node::Kind::object, "areas", "an object of areas and establishments"))
        return out;
    if (node->members.empty()) r.problem(node->place, "no areas", r.below("areas"), "at least one area");
    for (const auto& m : node->members) {
        if (m.value.kind != Node::Kind::number || !m.value.whole || m.value.integer < 1 || m.value.integer > 20000)
            r.problem(m.value.place, shown(m.value) + " establishments", r.below("areas") + "/" + m.key,
                      "a whole number from 1 to 20000");
        else out.push_back({m.key, m.place, static_cast<std::uint32_t>(m.value.integer)});
    }
    return out;
}

/// The figures of the areas asked for alone, each made as large as asked.
std::vector<AreaFigures> only_areas(const std::vector<AreaFigures>& figures, const std::vector<AreaCount>& wanted,
                                    ObjectReader& r) {
    std::vector<std::string> names;
    for (const AreaFigures& a : figures) names.push_back(a.name);
    std::vector<AreaFigures> out;
    for (const AreaCount& one : wanted) {
        const auto found = std::find(names.begin(), names.end(), one.area);
        if (found == names.end())
            r.problem(one.place, "unknown area \"" + printable(one.area) + "\"",
                      "/population/areas/" + printable(one.area), "an area of England", r.nearest(one.area, names));
        else out.push_back(model_area(figures[static_cast<std::size_t>(found - names.begin())], one.establishments));
    }
    return out;
}

}  // namespace

void load_population(ObjectReader& r, const Overrides& overrides, const std::string& file, Study& study,
                     Problems& problems, std::string& report) {
    const Node* node = r.take("population");
    std::string path = overrides.population;
    std::int64_t seed = 1, scale = 1;
    std::vector<AreaCount> areas;
    std::optional<bool> said_synthetic;
    if (node != nullptr &&
        r.is(*node, Node::Kind::object, "population", "an object: {\"synthetic\": true} or {\"file\": …}")) {
        ObjectReader one(*node, "/population", r.document(), problems);
        std::string named;
        bool synthetic = true;
        one.text("file", named);
        one(Choice{"synthetic", "", ""}, synthetic);
        if (one.node().find("synthetic") != nullptr) said_synthetic = synthetic;
        one.whole("seed", 0, 9007199254740992.0, seed);
        one.whole("scale", 1, 250, scale);
        areas = read_area_counts(one);
        one.finish();
        if (said_synthetic && *said_synthetic != named.empty())
            r.problem(
                node->place,
                *said_synthetic ? "a synthetic population and a file" : "neither a synthetic population nor a file",
                "/population", "{\"synthetic\": true} or {\"file\": …}");
        if (path.empty() && !named.empty()) path = beside(file, named);
    }
    if (path.empty() && !overrides.population_text) {
        const std::size_t before = problems.size();
        const auto figures = areas.empty() ? shipped_figures() : only_areas(shipped_figures(), areas, r);
        if (problems.size() == before)
            study.population = make_population(
                synthetic_england(figures, static_cast<std::uint64_t>(seed), static_cast<unsigned>(scale)),
                study.framework, &study.filled);
        study.population_note =
            "Synthetic establishments drawn from published figures by local enterprise area; none is a real school.";
        study.inputs.push_back({"population", "population/england-2023.json", std::string(embedded::figures), true});
        return;
    }
    const Document document = overrides.population_text
                                  ? parse_document(path, *overrides.population_text, population_limits())
                                  : read_document(path, population_limits());
    Problems own = document.problems;
    PopulationFile read;
    if (own.empty()) read = read_population(document, own);
    if (own.empty() && read.input.rows.empty()) {
        Problem p;
        p.file = path;
        p.headline = "no establishments";
        p.expected = "at least one";
        own.push_back(p);
    }
    study.memberships = std::move(read.memberships);
    study.population_note = read.note;
    if (own.empty()) study.population = make_population(std::move(read.input), study.framework, &study.filled);
    else {
        report += report_of(own, document.text, "The population was not read.");
        problems.push_back({});  // counted; its text is in the report already
    }
    study.inputs.push_back({"population", document.file, document.text, false});
}

}  // namespace hubs
