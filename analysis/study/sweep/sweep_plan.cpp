#include "analysis/study/sweep/sweep_plan.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/base/exit_codes.h"
#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/base/version.h"
#include "sim/run/document.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;
constexpr double seconds_per_shard = 240;
constexpr std::size_t pilot_runs = 3;

bool exists(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0;
}

std::string kept_name(const InputFile& i) {
    return i.role == "posterior" || i.role == "points" ? i.role + ".csv" : i.role + ".json";
}

/// What makes the numbers: everything but how they are cut into shards.
Json science_of(const Sweep& s, const Design& design, const std::vector<std::string>& proof) {
    Json out;
    out["format"] = "hubsim sweep 1";
    out["version"] = version_text;
    out["name"] = s.name;
    out["question"] = s.question;
    out["design"] = {{"kind", design_words[static_cast<std::size_t>(s.request.kind)]},
                     {"points", design.request().points},
                     {"scrambles", s.request.scrambles},
                     {"seed", s.request.seed},
                     {"rows", design.rows()}};
    out["replicates"] = s.replicates;
    if (s.until) out["until"] = {{"output", s.until->output}, {"mcse", exact(s.until->mcse)}};
    for (const Factor& f : s.factors) {
        Json values = Json::array();
        for (const double v : f.values) values.push_back(exact(v));
        out["factors"].push_back({{"path", f.path},
                                  {"low", exact(f.low)},
                                  {"high", exact(f.high)},
                                  {"logarithmic", f.logarithmic},
                                  {"values", values},
                                  {"group", f.group}});
    }
    for (const SweepOutput& o : s.outputs) out["outputs"].push_back(o.name);
    for (const InputFile& i : s.inputs)
        out["inputs"].push_back(
            {{"role", i.role}, {"built_in", i.built_in}, {"file", kept_name(i)}, {"sha256", sha256(i.text)}});
    out["first_run"] = proof;
    return out;
}

std::string manifest_of(const Sweep& s, const Design& design, std::uint32_t shards,
                        const std::vector<std::string>& proof, std::string* id = nullptr) {
    Json out = science_of(s, design, proof);
    const std::string study_id = sha256(out.dump()).substr(0, 32);
    if (id != nullptr) *id = study_id;
    out["shards"] = shards;
    out["study"] = study_id;
    out["sha256"] = sha256(out.dump());  // of everything above: how runs are cut is no part of the study's number
    return out.dump(1) + "\n";
}

SweepPlan make_plan(const std::string& folder, Sweep sweep, std::uint32_t shards, std::vector<std::string> proof) {
    Design design = sweep.design();
    std::string id;
    manifest_of(sweep, design, shards, proof, &id);
    ShardStore store(folder, id, design.rows(), sweep.replicates, shards, run_columns(sweep));
    return {folder, id, std::move(sweep), std::move(design), std::move(store), std::move(proof)};
}

/// An output without a value in any run of a few would fail every run: better told before.
void refuse_empty_outputs(const Sweep& sweep, const Design& design, const std::vector<std::string>& first) {
    if (std::none_of(first.begin(), first.end(), is_nan)) return;
    const std::size_t runs = design.rows() * sweep.replicates, tried = std::min(pilot_runs, runs);
    std::vector<bool> empty(first.size(), true);
    for (std::size_t i = 0; i < tried; ++i) {
        const auto values = i == 0 ? first : text_outputs(sweep, design, i * (runs / tried));
        for (std::size_t o = 0; o < values.size(); ++o) empty[o] = empty[o] && is_nan(values[o]);
    }
    std::string told;
    for (std::size_t o = 0; o < empty.size(); ++o) {
        if (!empty[o]) continue;
        const SweepOutput& output = sweep.outputs[o];
        told += "output \"" + output.name + "\" has no value in any of " + std::to_string(tried) +
                " runs tried: nobody is in its group of plan \"" + sweep.study.scenario.plans[output.plan].name + "\"" +
                (output.against ? " or \"" + sweep.study.scenario.plans[*output.against].name + "\"" : "") + "\n";
    }
    if (!told.empty()) throw SweepError(invalid, told + "Every run would fail. Nothing was planned.");
}

/// Shards of some minutes each, from a few timed runs.
std::uint32_t shards_from_pilot(const Sweep& sweep, const Design& design) {
    const std::size_t runs = design.rows() * sweep.replicates, tried = std::min(pilot_runs, runs);
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < tried; ++i) text_outputs(sweep, design, i * (runs / tried));
    const double each =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / static_cast<double>(tried);
    const double shards = std::ceil(each * static_cast<double>(runs) / seconds_per_shard);
    return static_cast<std::uint32_t>(
        std::clamp(shards, 1.0, static_cast<double>(std::min<std::size_t>(design.rows(), 100'000))));
}

void require_ours(const std::string& folder) {
    if (!exists(folder)) return;
    if (exists(folder + "/manifest.json")) {
        const Document d = read_document(folder + "/manifest.json");
        const Node* format = d.problems.empty() ? d.root.find("format") : nullptr;
        if (format != nullptr && format->text != "hubsim sweep 1")
            throw SweepError(usage, folder + " holds something else of hubsim (" + format->text +
                                        "). Choose another folder with -o.");
        return;
    }
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name != "inputs" && name != "shards" && name.find(".partial-") == std::string::npos)
            throw SweepError(usage, folder + " exists and holds no sweep of hubsim. Choose another folder with -o.");
    }
}

}  // namespace

std::string described(const SweepPlan& p) {
    return p.sweep.name + ": " + std::to_string(p.sweep.factors.size()) + " settings, " +
           std::to_string(p.design.rows()) + " rows x " + std::to_string(p.sweep.replicates) +
           " replicates = " + std::to_string(p.runs()) + " runs in " + std::to_string(p.store.shards()) + " shards";
}

std::string exact(double value) {
    char buffer[40];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value == 0 ? 0.0 : value).ptr};
}

std::string run_columns(const Sweep& sweep) {
    std::string out = "run,row,replicate,status";
    for (const SweepOutput& o : sweep.outputs) out += "," + o.name;
    return out + ",message";
}

SweepPlan lay_down(const Sweep& sweep, const std::string& place) {
    const std::string folder = working_place(place);
    require_ours(folder);
    const Design design = sweep.design();
    const std::vector<std::string> proof = text_outputs(sweep, design, 0);
    refuse_empty_outputs(sweep, design, proof);
    std::string id;
    manifest_of(sweep, design, 1, proof, &id);
    const auto open_same = [&] {
        SweepPlan there = open_sweep(folder);
        if (there.study_id != id)
            throw SweepError(usage, folder + " holds another sweep, \"" + there.sweep.name +
                                        "\": its study, inputs or program differ. Choose another folder with -o.");
        if (sweep.shards != 0 && sweep.shards != there.store.shards())
            throw SweepError(usage, folder + " holds this sweep in " + std::to_string(there.store.shards()) +
                                        " shards, not " + std::to_string(sweep.shards) +
                                        ". Choose another folder with -o.");
        return there;
    };
    if (exists(folder + "/manifest.json")) return open_same();
    std::uint32_t shards = sweep.shards == 0 ? shards_from_pilot(sweep, design) : sweep.shards;
    shards = static_cast<std::uint32_t>(std::min<std::size_t>(shards, design.rows()));
    make_folder(folder);
    make_folder(folder + "/inputs");
    make_folder(folder + "/shards");
    for (const InputFile& i : sweep.inputs)
        if (!i.built_in) write_whole(folder + "/inputs/" + kept_name(i), i.text);
    if (!write_new(folder + "/manifest.json", manifest_of(sweep, design, shards, proof))) return open_same();
    return make_plan(folder, sweep, shards, proof);
}

SweepPlan open_sweep(const std::string& folder) {
    const std::string file = folder + "/manifest.json";
    if (!exists(file))
        throw SweepError(usage, folder + " holds no sweep: " + file + " is missing. hubsim sweep plan STUDY.json -o " +
                                    folder + " makes one.");
    const std::string text = read_kept(file);
    const Document document = parse_document(file, text);
    const auto broken = [&](const std::string& what) {
        return SweepError(invalid, file + ": " + what + ". Nothing was run or merged.");
    };
    if (!document.problems.empty()) throw broken("not a manifest of a sweep: " + document.problems.front().headline);
    const Node *format = document.root.find("format"), *version = document.root.find("version"),
               *shards = document.root.find("shards"), *replicates = document.root.find("replicates"),
               *inputs = document.root.find("inputs"), *proof = document.root.find("first_run"),
               *until = document.root.find("until");
    if (format == nullptr || format->text != "hubsim sweep 1" || version == nullptr || shards == nullptr ||
        !shards->whole || shards->integer < 1 || shards->integer > 100'000 || replicates == nullptr ||
        inputs == nullptr || proof == nullptr)
        throw broken("not a manifest of a sweep of this format");
    if (version->text != version_text)
        throw broken("planned by hubsim " + version->text + ", this is " + version_text +
                     ". Use that program, or plan anew");
    std::vector<std::pair<std::string, std::string>> files;
    for (const Node& i : inputs->list) {
        const Node *role = i.find("role"), *name = i.find("file"), *hash = i.find("sha256"),
                   *built_in = i.find("built_in");
        if (role == nullptr || name == nullptr || hash == nullptr || built_in == nullptr ||
            name->text.find('/') != std::string::npos)
            throw broken("an input is not described");
        if (built_in->truth) continue;
        if (sha256(read_kept(folder + "/inputs/" + name->text)) != hash->text)
            throw SweepError(
                invalid, folder + "/inputs/" + name->text +
                             " was changed after the sweep was planned. Put it back, or plan anew in another folder.");
        files.emplace_back(role->text, name->text);
    }
    SweepOverrides overrides;
    overrides.replicates = static_cast<std::uint32_t>(replicates->integer);
    overrides.shards = static_cast<std::uint32_t>(shards->integer);
    if (const Node* mcse = until == nullptr ? nullptr : until->find("mcse"))
        overrides.until_mcse = std::strtod(mcse->text.c_str(), nullptr);
    SweepRead read = read_kept_sweep(folder + "/inputs", files, overrides);
    if (!read.sweep)
        throw SweepError(invalid, read.report + file + ": planned by another program. Nothing was run or merged.");
    std::vector<std::string> first;
    for (const Node& value : proof->list) first.push_back(value.text);
    SweepPlan plan = make_plan(folder, std::move(*read.sweep), static_cast<std::uint32_t>(shards->integer), first);
    if (manifest_of(plan.sweep, plan.design, plan.store.shards(), plan.proof) != text)
        throw broken(
            "altered, or planned by another build: it is not what its inputs say. Plan anew in another folder");
    return plan;
}

void check_program(const SweepPlan& plan) {
    if (text_outputs(plan.sweep, plan.design, 0) != plan.proof)
        throw SweepError(differs,
                         "This program computes other numbers for the first run than the program that planned " +
                             plan.folder + ". Use the same build everywhere, or plan anew. Nothing was run.");
}

void check_samples(const SweepPlan& plan, std::size_t rows) {
    constexpr std::size_t samples = 3;
    for (std::size_t i = 0; i < samples; ++i) {
        const std::size_t run = rows * plan.sweep.replicates * (2 * i + 1) / (2 * samples);
        std::uint32_t shard = 0;
        while (plan.store.first_run(shard + 1) <= run) ++shard;
        const auto lines = plan.store.read(shard);
        if (lines && (*lines)[run - plan.store.first_run(shard)] != run_line(plan, run))
            throw SweepError(
                differs,
                plan.store.path(shard) + ": run " + std::to_string(run) +
                    " comes out otherwise when it is run again. Another program made it: plan anew in another folder.");
    }
}

}  // namespace hubs
