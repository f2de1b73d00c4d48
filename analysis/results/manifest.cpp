#include "analysis/results/manifest.h"

#include <nlohmann/json.hpp>

#include "analysis/results/describe.h"
#include "analysis/results/folder.h"
#include "sim/run/document.h"

namespace hubs {

const char* const version_text = HUBSIM_VERSION;

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
    return std::get<double>(cell);
}

}  // namespace

std::string manifest_text(const Study& study, const std::string& fingerprint, const std::vector<std::pair<std::string, std::string>>& files) {
    const Scenario& s = study.scenario;
    Json out;
    out["format"] = "hubsim results 1";
    out["program"] = {{"name", "hubsim"}, {"version", version_text}, {"compiler", __VERSION__}};
    out["scenario"] = {{"name", s.name}, {"question", s.question}};
    out["seed"] = s.seed;
    out["replicates"] = s.replicates;
    out["months"] = s.months;
    out["population"] = {{"name", study.population.name},
                         {"establishments", study.population.establishments.count()},
                         {"employers", study.population.employers.count()},
                         {"possible_ties_mean", study.population.network.mean_ties()},
                         {"network_components", study.population.network.components()},
                         {"placed_at_area_mean", study.filled.coordinates},
                         {"given_median_pupils", study.filled.pupils},
                         {"note", study.population_note}};
    for (const InputFile& i : study.inputs) out["inputs"].push_back({{"role", i.role}, {"file", i.name}, {"sha256", sha256(i.text)}});
    out["fingerprint"] = fingerprint;
    for (const auto& [name, hash] : files) out["files"].push_back({{"file", name}, {"sha256", hash}});
    const Table assumptions = assumptions_table(s);
    for (const auto& row : assumptions.rows) {
        Json one;
        for (std::size_t c = 0; c < row.size(); ++c) one[assumptions.columns[c].name] = json_of(row[c]);
        out["parameters"].push_back(one);
    }
    return out.dump(1) + "\n";
}

Manifest read_manifest(const std::string& text, const std::string& path) {
    const Document document = parse_document(path, text);
    if (!document.problems.empty()) throw std::runtime_error(path + ": " + document.problems.front().headline);
    const auto get = [&](const Node& node, const char* key) -> const Node& {
        const Node* found = node.find(key);
        if (found == nullptr) throw std::runtime_error(path + ": not a manifest of hubsim: \"" + key + "\" is missing");
        return *found;
    };
    Manifest m;
    m.version = get(get(document.root, "program"), "version").text;
    m.scenario_name = get(get(document.root, "scenario"), "name").text;
    m.fingerprint = get(document.root, "fingerprint").text;
    m.seed = static_cast<std::uint64_t>(get(document.root, "seed").integer);
    m.replicates = static_cast<std::uint32_t>(get(document.root, "replicates").integer);
    m.months = static_cast<std::uint32_t>(get(document.root, "months").integer);
    for (const Node& i : get(document.root, "inputs").list) {
        const std::string role = get(i, "role").text;
        if (role == "scenario") m.scenario_file = get(i, "file").text, m.scenario_sha256 = get(i, "sha256").text;
        if (role == "posterior") m.posterior_sha256 = get(i, "sha256").text;
        if (role == "population") m.population_file = get(i, "file").text, m.population_sha256 = get(i, "sha256").text;
        if (role == "framework") m.framework_sha256 = get(i, "sha256").text;
    }
    for (const Node& f : get(document.root, "files").list) m.files.emplace_back(get(f, "file").text, get(f, "sha256").text);
    return m;
}

}  // namespace hubs
