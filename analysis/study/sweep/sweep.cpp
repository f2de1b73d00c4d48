#include "analysis/study/sweep/sweep.h"

#include <algorithm>
#include <map>

#include "analysis/study/run/measures.h"
#include "analysis/study/sweep/sweep_reader.h"
#include "sim/run/messages.h"
#include "sim/run/reader.h"

namespace hubs {
namespace {

/// The plain problem of a file as a whole.
void refuse(ObjectReader& r, const std::string& headline, const std::string& path, const std::string& expected) {
    r.problem(r.node().place, headline, path, expected);
}

void read_design(ObjectReader& all, Sweep& out) {
    const Node* node = all.take("design", true);
    if (node == nullptr || !all.is(*node, Node::Kind::object, "design", "an object with a \"kind\"")) return;
    ObjectReader r(*node, "/design", all.document(), all.problems());
    if (const Node* kind = r.take("kind", true)) {
        const std::vector<std::string> words(design_words.begin(), design_words.end());
        if (const auto found = r.one_of(*kind, "kind", words)) out.request.kind = static_cast<DesignKind>(*found);
    }
    std::int64_t points = static_cast<std::int64_t>(out.request.points), scrambles = 8, levels = 3, seed = 1;
    r.whole("points", 2, static_cast<double>(most_rows), points);
    r.whole("scrambles", 1, 1000, scrambles);
    r.whole("levels", 2, 1000, levels);
    r.whole("seed", 0, 9007199254740992.0, seed);
    r.finish();
    out.request.points = static_cast<std::size_t>(points);
    out.request.scrambles = static_cast<std::size_t>(scrambles);
    out.request.levels = static_cast<std::size_t>(levels);
    out.request.seed = static_cast<std::uint64_t>(seed);
    if (out.request.kind == DesignKind::sobol_indices && (out.request.points & (out.request.points - 1)) != 0)
        r.problem(node->place, std::to_string(points) + " points", "/design/points", "a power of two, so that the sequence stays balanced");
}

void read_until(ObjectReader& all, const SweepOverrides& overrides, Sweep& out) {
    const Node* node = all.take("until");
    if (node != nullptr && all.is(*node, Node::Kind::object, "until", "an object with \"output\" and \"mcse\"")) {
        ObjectReader r(*node, "/until", all.document(), all.problems());
        Until until;
        r.text("output", until.output, true);
        r(Field{"mcse", "output", 1e-12, 1e12, "", "", 0, Use::input}, until.mcse);
        if (r.node().find("mcse") == nullptr) r.problem(node->place, "\"until\" without \"mcse\"", "/until", "the standard error that suffices");
        r.finish();
        out.until = until;
    }
    if (overrides.until_mcse) out.until = Until{out.until ? out.until->output : out.outputs.empty() ? "" : out.outputs.front().name, *overrides.until_mcse};
    if (!out.until) return;
    std::vector<std::string> names;
    for (const SweepOutput& o : out.outputs) names.push_back(o.name);
    if (std::find(names.begin(), names.end(), out.until->output) == names.end())
        all.problem(node != nullptr ? node->place : all.node().place, "unknown output \"" + out.until->output + "\"", "/until/output",
                    "an output of this study", nearest_word(out.until->output, names));
    if (out.request.kind == DesignKind::morris || out.request.kind == DesignKind::sobol_indices || out.request.kind == DesignKind::grid ||
        out.request.kind == DesignKind::fractional_grid)
        all.problem(all.node().place, "a design of kind \"" + std::string(design_words[static_cast<std::size_t>(out.request.kind)]) + "\" cannot stop early",
                    "/until", "no \"until\", or a sequence, hypercube, posterior or table, whose rows stand alone");
}

void read_frontier(ObjectReader& all, Sweep& out) {
    const Node* node = all.take("frontier");
    if (node == nullptr || !all.is(*node, Node::Kind::object, "frontier", "an object with \"gain\" and \"cost\"")) return;
    ObjectReader r(*node, "/frontier", all.document(), all.problems());
    FrontierWanted wanted;
    r.text("gain", wanted.gain, true);
    r.text("cost", wanted.cost, true);
    r.finish();
    std::vector<std::string> names;
    for (const SweepOutput& o : out.outputs) names.push_back(o.name);
    for (const std::string& name : {wanted.gain, wanted.cost})
        if (std::find(names.begin(), names.end(), name) == names.end())
            r.problem(node->place, "unknown output \"" + name + "\"", "/frontier", "outputs of this study", nearest_word(name, names));
    out.frontier = wanted;
}

SweepRead read_from(const Document& document, const std::string& scenario_file, const Overrides& kept, const std::string& table_file,
                    const SweepOverrides& overrides) {
    SweepRead out;
    Problems problems = document.problems;
    const std::string closing = "Nothing was planned.";
    if (!problems.empty()) return {std::nullopt, report_of(problems, document.text, closing)};
    Sweep sweep;
    ObjectReader r(document.root, "", document, problems);
    std::int64_t version = 1, replicates = 1, shards = 0, months = 0;
    std::string named;
    r.whole("schema_version", 1, 1, version);
    r.text("name", sweep.name, true);
    r.text("question", sweep.question);
    r.text("scenario", named, true);
    r.whole("replicates", 1, 100000, replicates);
    r.whole("shards", 1, 100000, shards);
    r.whole("months", 1, 400, months);
    r(Field{"allowed_failures", "share of runs", 0, 1, "", "", 0, Use::input}, sweep.allowed_failures);
    if (sweep.name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ ") != std::string::npos)
        refuse(r, "study name \"" + sweep.name + "\"", "/name", "letters, digits, blanks, - and _: a folder is named after it");
    sweep.replicates = overrides.replicates.value_or(static_cast<std::uint32_t>(replicates));
    sweep.shards = overrides.shards.value_or(static_cast<std::uint32_t>(shards));
    Overrides scenario_overrides = kept;
    if (months > 0) scenario_overrides.months = static_cast<std::uint16_t>(months);
    StudyRead study;
    if (!named.empty()) study = read_study(scenario_file.empty() ? folder_of(document.file) + named : scenario_file, scenario_overrides, closing);
    if (!named.empty() && !study.study) return {std::nullopt, study.report};
    if (study.study) {
        sweep.study = std::move(*study.study);
        if (months > sweep.study.scenario.months)
            refuse(r, std::to_string(months) + " months of a scenario of " + std::to_string(sweep.study.scenario.months), "/months", "as many months or fewer");
        read_outputs(r, sweep);
        read_design(r, sweep);
        const bool needs_luck = sweep.request.kind == DesignKind::morris || sweep.request.kind == DesignKind::sobol_indices;
        if (needs_luck && sweep.replicates < 2) refuse(r, "one replicate of each row", "/replicates", "at least 2, so that luck can be told from effects");
        read_factors(r, sweep, table_file.empty() ? folder_of(document.file) : "", table_file);
        read_until(r, overrides, sweep);
        read_frontier(r, sweep);
    } else {
        for (const char* key : {"outputs", "design", "factors", "until", "frontier"}) r.take(key);
    }
    r.finish();
    if (problems.empty()) {
        try {
            sweep.design();
        } catch (const std::length_error& e) {
            refuse(r, "the design has " + std::string(e.what()), "/design", "fewer points, levels or factors");
        }
    }
    if (!problems.empty()) return {std::nullopt, report_of(problems, document.text, closing)};
    sweep.inputs.insert(sweep.inputs.begin(), {"study", document.file, document.text});
    for (const InputFile& i : sweep.study.inputs) sweep.inputs.push_back(i);
    out.sweep = std::move(sweep);
    return out;
}

}  // namespace

Design Sweep::design() const {
    std::vector<std::size_t> levels;
    for (const Factor& f : factors) levels.push_back(f.values.empty() ? request.levels : f.values.size());
    DesignRequest own = request;
    if (!given.empty()) own.points = given.size();
    return Design(own, group_of, levels);
}

std::size_t Sweep::rows() const { return design().rows(); }

SweepRead read_sweep(const std::string& file, const SweepOverrides& overrides) { return read_from(read_document(file), "", {}, "", overrides); }

SweepRead read_kept_sweep(const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files, const SweepOverrides& overrides) {
    Overrides kept;
    std::string study, scenario, table;
    for (const auto& [role, file] : files) {
        const std::string path = folder + "/" + file;
        if (role == "study") study = path;
        if (role == "scenario") scenario = path;
        if (role == "population") kept.population = path;
        if (role == "framework") kept.framework = path;
        if (role == "posterior") kept.posterior = path;
        if (role == "history") kept.history_text = read_text_file(path).text;
        if (role == "history_framework") kept.history_framework_text = read_text_file(path).text;
        if (role == "points") table = path;
    }
    return read_from(read_document(study), scenario, kept, table, overrides);
}

std::vector<double> row_values(const Sweep& sweep, const Design& design, std::size_t row) {
    if (!sweep.given.empty()) return sweep.given[row];
    std::vector<double> out = design.row(row);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = sweep.factors[k].value(out[k]);
    return out;
}

}  // namespace hubs
