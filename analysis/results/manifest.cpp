#include "analysis/results/manifest.h"

#include <sqlite3.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "analysis/base/version.h"
#include "analysis/results/tables/assumptions.h"
#include "sim/run/limits.h"

namespace hubs {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
    const double value = std::get<double>(cell);
    return value == std::floor(value) && std::fabs(value) < 1e15 ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

/// Reads what must be there; the first that is not, or does not fit, is thrown.
class Reader {
public:
    explicit Reader(std::string path) : path_(std::move(path)) {}

    const Node& get(const Node& node, const char* key, Node::Kind kind) const {
        const Node* found = node.find(key);
        if (found == nullptr) throw InputError(path_ + ": not a manifest of results: \"" + key + "\" is missing");
        if (found->kind != kind) throw InputError(path_ + ": \"" + key + "\" is " + shown(*found));
        return *found;
    }
    std::string text(const Node& node, const char* key) const { return get(node, key, Node::Kind::text).text; }
    std::int64_t whole(const Node& node, const char* key, WholeRange range) const {
        const Node& found = get(node, key, Node::Kind::number);
        if (!found.whole || !range.holds(found.integer))
            throw InputError(path_ + ": \"" + key + "\" is " + shown(found) + ", expected a whole number from " +
                             std::to_string(range.low) + " to " + std::to_string(range.high));
        return found.integer;
    }

private:
    std::string path_;
};

}  // namespace

FolderIdentity identity_of(const Study& study) {
    const Scenario& s = study.scenario;
    FolderIdentity out{results_format, s.name, {}};
    out.parts = {{"version", version_text},
                 {"seed", std::to_string(s.seed)},
                 {"replicates", std::to_string(s.replicates)},
                 {"months", std::to_string(s.months)},
                 {"parameters", study.posterior == "none"     ? "defaults"
                                : study.posterior == "middle" ? "middle of the draws"
                                                              : "drawn"}};
    for (const InputFile& i : study.inputs) out.parts.emplace_back(i.role, sha256(i.text).substr(0, 16));
    return out;
}

Json description_of(const Study& study, const std::string& fingerprint) {
    const Scenario& s = study.scenario;
    Json out;
    out["program"] = {{"name", "hubsim"},
                      {"version", version_text},
                      {"compiler", __VERSION__},
                      {"sqlite", SQLITE_VERSION},
                      {"xlsxwriter", LXW_VERSION}};
    out["question"] = s.question;
    out["seed"] = s.seed;
    out["replicates"] = s.replicates;
    out["months"] = s.months;
    out["posterior"] = study.posterior;
    out["population"] = {{"name", study.population.name},
                         {"establishments", study.population.establishments.count()},
                         {"employers", study.population.employers.count()},
                         {"possible_ties_mean", study.population.network.mean_ties()},
                         {"network_components", study.population.network.components()},
                         {"placed_at_area_mean", study.filled.coordinates},
                         {"given_median_pupils", study.filled.pupils},
                         {"note", study.population_note}};
    for (const InputFile& i : study.inputs)
        out["inputs"].push_back({{"role", i.role},
                                 {"file", i.name},
                                 {"built_in", i.built_in},
                                 {"kept", kept_input(i.role)},
                                 {"sha256", sha256(i.text)}});
    out["fingerprint"] = fingerprint;
    const Table assumptions = table_of<Assumptions>(Assumptions::rows(s), s.price_base);
    for (const auto& row : assumptions.rows) {
        Json one;
        for (std::size_t c = 0; c < row.size(); ++c) one[assumptions.columns[c].name] = json_of(row[c]);
        out["parameters"].push_back(one);
    }
    return out;
}

std::string kept_input(const std::string& role) {
    return "inputs/" + role + (role.ends_with("posterior") ? ".csv" : ".json");
}

const ResultsManifest::Input* ResultsManifest::input(const std::string& role) const {
    const auto found = std::find_if(inputs.begin(), inputs.end(), [&](const Input& i) { return i.role == role; });
    return found == inputs.end() ? nullptr : &*found;
}

ResultsManifest read_results_manifest(const std::string& results) {
    std::string why;
    auto folder = read_folder_manifest(results, why);
    if (!folder) throw InputError(why);
    const std::string path = results + "/manifest.json";
    if (folder->identity.format != results_format)
        throw InputError(path + ": " + folder->identity.format + ", not the results of a run");
    const Reader r(path);
    ResultsManifest m;
    m.folder = std::move(*folder);
    const Node& root = m.folder.document.root;
    m.version = r.text(r.get(root, "program", Node::Kind::object), "version");
    m.fingerprint = r.text(root, "fingerprint");
    m.posterior = r.text(root, "posterior");
    m.seed = static_cast<std::uint64_t>(r.whole(root, "seed", seed_range));
    m.replicates = static_cast<std::uint32_t>(r.whole(root, "replicates", replicates_range));
    m.months = static_cast<std::uint32_t>(r.whole(root, "months", months_range));
    for (const Node& i : r.get(root, "inputs", Node::Kind::list).list)
        m.inputs.push_back({r.text(i, "role"), r.text(i, "file"), r.get(i, "built_in", Node::Kind::boolean).truth});
    for (const char* role : {"scenario", "framework", "population"})
        if (m.input(role) == nullptr)
            throw InputError(path + ": the " + std::string(role) + " is not among the inputs");
    return m;
}

}  // namespace hubs
