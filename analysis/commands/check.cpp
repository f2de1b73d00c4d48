#include <tbb/info.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "analysis/commands/commands.h"
#include "analysis/results/folder.h"
#include "analysis/results/manifest.h"
#include "analysis/results/results_study.h"
#include "analysis/sweep/study.h"
#include "sim/run/document.h"
#include "analysis/results/qa_pack.h"
#include "analysis/results/save.h"
#include "analysis/results/table.h"
#include "sim/run/embedded.h"
#include "sim/run/ensemble.h"

namespace hubs {

namespace {

/// A study of a sweep rather than a scenario: it has a design.
bool is_sweep(const std::string& file) {
    const Document document = read_document(file);
    return document.problems.empty() && document.root.find("design") != nullptr;
}

bool check_sweep(const std::string& file, bool json, nlohmann::ordered_json& out) {
    const SweepRead read = read_sweep(file);
    if (json) {
        out.push_back({{"file", file}, {"valid", read.sweep.has_value()}});
        if (read.sweep) out.back()["rows"] = read.sweep->rows();
        else out.back()["report"] = read.report;
    } else if (read.sweep) {
        std::printf("%s: valid. A sweep of %zu settings, %zu rows x %u replicates\n", file.c_str(), read.sweep->factors.size(), read.sweep->rows(),
                    read.sweep->replicates);
    } else std::fputs(read.report.c_str(), stderr);
    return read.sweep.has_value();
}

}  // namespace

int check(const std::vector<std::string>& files, const std::string& population, bool json) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    bool all_good = true;
    for (const std::string& file : files) {
        Overrides overrides;
        overrides.population = population;
        if (is_sweep(file)) {
            all_good &= check_sweep(file, json, out);
            continue;
        }
        const StudyRead read = read_study(file, overrides, "Nothing was run.");
        if (!read.study) {
            all_good = false;
            if (json) out.push_back({{"file", file}, {"valid", false}, {"problems", read.problems}, {"report", read.report}});
            else std::fputs(read.report.c_str(), stderr);
            continue;
        }
        const Study& s = *read.study;
        const Needs needs = needs_of(s, static_cast<unsigned>(tbb::info::default_concurrency()));
        if (json)
            out.push_back({{"file", file},
                           {"valid", true},
                           {"name", s.scenario.name},
                           {"plans", s.scenario.plans.size()},
                           {"replicates", s.scenario.replicates},
                           {"establishments", s.population.establishments.count()},
                           {"agent_months", needs.agent_months},
                           {"seconds", needs.seconds},
                           {"memory_bytes", needs.bytes},
                           {"disk_bytes", needs.disk_bytes}});
        else
            std::printf("%s: valid. %zu plans x %u replicates, %.1f million agent-months: about %.0f s, %llu MiB of memory, %llu MiB of disk\n", file.c_str(),
                        s.scenario.plans.size(), s.scenario.replicates, needs.agent_months / 1e6, needs.seconds,
                        static_cast<unsigned long long>(needs.bytes >> 20), static_cast<unsigned long long>(needs.disk_bytes >> 20));
    }
    if (json) std::printf("%s\n", out.dump(1).c_str());
    return all_good ? done : invalid;
}

int make_new(const std::string& name, const std::string& from, bool dry_run) {
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != std::string::npos || name[0] == '.' ||
        name[0] == '-') {
        std::fprintf(stderr, "\"%s\" is not a name for a scenario: letters, digits, - and _ are\n", name.c_str());
        return usage;
    }
    const std::string file = name + ".json";
    if (FILE* there = std::fopen(file.c_str(), "r")) {
        std::fclose(there);
        std::fprintf(stderr, "%s is there already; nothing was written\n", file.c_str());
        return usage;
    }
    nlohmann::ordered_json scenario = nlohmann::ordered_json::parse(from.empty() ? std::string(embedded::smoke) : read_text(from));
    scenario["name"] = name;
    const std::string text = scenario.dump(2) + "\n";
    if (dry_run) {
        std::fputs(text.c_str(), stdout);
        return done;
    }
    write_whole(file, text);
    std::printf("%s written. Every setting and its range: hubsim schema. Try: hubsim check %s\n", file.c_str(), file.c_str());
    return done;
}

int report(const std::vector<std::string>& results, const std::string& output, bool dry_run) {
    for (const std::string& folder : results) {
        const std::string to = results.size() == 1 ? output : output + "/" + folder.substr(folder.rfind('/') + 1);
        if (dry_run) std::printf("would write %s/report.html\n", to.c_str());
        else {
            rebuild_report(folder, to);
            std::printf("%s/report.html\n", to.c_str());
        }
    }
    return done;
}

int qa_pack(const std::string& results, const std::string& output, bool dry_run) {
    const std::string to = output.empty() ? results + "-qa" : output;
    if (!dry_run) write_qa_pack(results, to);
    std::printf("%s%s\n", dry_run ? "would write " : "", to.c_str());
    return done;
}

namespace {

/// Estimates made with floating point may differ in their last digits between machines; what is simulated may not.
bool is_estimate(const std::string& name) {
    for (const char* table : {"acceptability", "frontier", "robust", "information", "equity", "evaluation", "power", "uncertainty"})
        if (name == std::string("data/") + table + ".csv") return true;
    return false;
}

bool same_cell(const std::string& a, const std::string& b, bool estimate) {
    if (a == b || !estimate) return a == b;
    char *end_a = nullptr, *end_b = nullptr;
    const double x = std::strtod(a.c_str(), &end_a), y = std::strtod(b.c_str(), &end_b);
    const bool numbers = end_a != a.c_str() && *end_a == 0 && end_b != b.c_str() && *end_b == 0;
    return numbers && std::fabs(x - y) <= 1e-7 * std::max(std::fabs(x), std::fabs(y));
}

/// The first cell in which two tables differ, in words; empty if none.
std::string first_difference(const std::string& name, const std::string& kept, const std::string& made) {
    if (kept == made) return "";
    const auto a = read_csv(kept), b = read_csv(made);
    for (std::size_t r = 0; r < a.size() && r < b.size(); ++r)
        for (std::size_t c = 0; c < a[r].size() && c < b[r].size(); ++c)
            if (!same_cell(a[r][c], b[r][c], is_estimate(name)))
                return name + ", row " + std::to_string(r + 1) + ", column " + a[0][c] + ": the folder has \"" + a[r][c] + "\", running again gives \"" +
                       b[r][c] + "\"";
    const auto same_shape = [&] {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.size() == y.size(); });
    };
    if (is_estimate(name) && same_shape()) return "";
    return name + ": " + std::to_string(a.size()) + " rows in the folder, " + std::to_string(b.size()) + " when run again";
}

}  // namespace

int verify(const std::string& results, int threads) {
    const Manifest m = read_manifest(read_text(results + "/manifest.json"), results + "/manifest.json");
    if (m.version != version_text) std::fprintf(stderr, "made by hubsim %s; this is %s\n", m.version.c_str(), version_text);
    StudyRead read;
    try {
        read = read_results_or_scenario(results, {});
    } catch (const AlteredInputs& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return differs;
    }
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    RunOptions options;
    options.threads = threads > 0 ? static_cast<unsigned>(threads) : 0;
    const Ensemble ensemble = run_ensemble(*read.study, options, m.scenario_file);
    const std::string fingerprint = ensemble.fingerprint().text();
    for (const auto& [name, made] : data_files(*read.study, ensemble))
        if (const std::string found = first_difference(name, read_text(results + "/" + name), made); !found.empty()) {
            std::printf("differs: %s\n", found.c_str());
            return differs;
        }
    if (fingerprint != m.fingerprint) {
        std::printf("differs: fingerprint %s in the manifest, %s when run again\n", m.fingerprint.c_str(), fingerprint.c_str());
        return differs;
    }
    std::printf("identical: %zu tables to the byte (estimates to seven digits), fingerprint %s\n", m.files.size(), fingerprint.c_str());
    return done;
}

}  // namespace hubs
