#include <tbb/info.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/commands/command.h"
#include "analysis/results/needs.h"
#include "analysis/results/results_study.h"
#include "analysis/results/plan_differences.h"
#include "analysis/results/plan_warnings.h"
#include "analysis/study/sweep/sweep.h"
#include "sim/run/ensemble.h"

namespace hubs {

namespace {

constexpr std::size_t most_plans_told = 50;

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
        std::printf("%s: valid. A sweep of %zu settings, %zu rows x %u replicates\n", file.c_str(),
                    read.sweep->factors.size(), read.sweep->rows(), read.sweep->replicates);
    } else std::fputs(read.report.c_str(), stderr);
    return read.sweep.has_value();
}

/// Waves that fall short, then levers that do nothing and waves without a hub.
std::vector<std::string> warnings_of(const Study& s, const std::vector<Waves::Row>& waves) {
    std::vector<std::string> out = shortfalls(waves);
    for (std::string& warning : plan_warnings(s)) out.push_back(std::move(warning));
    return out;
}

/// What each wave finds in the first replicate; a warning where it is less than it asks for.
void say_waves(const Study& s) {
    const auto waves = waves_tried(s);
    for (const Waves::Row& w : waves)
        std::printf("  plan \"%s\", wave %d, %s, %s: %d asked for, %.0f placed\n", w.plan.c_str(),
                    static_cast<int>(w.wave), w.date.c_str(), std::string(word(w.rule)).c_str(),
                    static_cast<int>(w.asked), w.placed);
    PlanWords words(Assumptions::rows(s.scenario), waves);
    for (std::size_t p = 1; p < s.scenario.plans.size() && p < most_plans_told; ++p)
        std::printf("  plan \"%s\": %s\n", s.scenario.plans[p].name.c_str(),
                    words.differences(s.scenario.plans[p].name, s.scenario.plans[0].name).c_str());
    for (const std::string& warning : warnings_of(s, waves)) std::fprintf(stderr, "warning: %s\n", warning.c_str());
}

nlohmann::ordered_json waves_json(const std::vector<Waves::Row>& waves) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const Waves::Row& w : waves)
        out.push_back(
            {{"plan", w.plan}, {"wave", w.wave}, {"asked", static_cast<double>(w.asked)}, {"placed", w.placed}});
    return out;
}

int check(const std::vector<std::string>& files, const std::string& population,
          const std::vector<std::string>& settings, bool json) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    bool all_good = true;
    for (const std::string& file : files) {
        Overrides overrides;
        overrides.population = population;
        if (is_sweep(file)) {
            all_good &= check_sweep(file, json, out);
            continue;
        }
        const StudyRead read = read_whole_study(file, overrides, settings);
        if (!read.study) {
            all_good = false;
            if (json)
                out.push_back({{"file", file}, {"valid", false}, {"problems", read.problems}, {"report", read.report}});
            else std::fputs(read.report.c_str(), stderr);
            continue;
        }
        const Study& s = *read.study;
        const Needs needs = needs_with_tables(s, static_cast<unsigned>(tbb::info::default_concurrency()));
        if (json) {
            const auto waves = waves_tried(s);
            out.push_back({{"file", file},
                           {"valid", true},
                           {"name", s.scenario.name},
                           {"plans", s.scenario.plans.size()},
                           {"replicates", s.scenario.replicates},
                           {"establishments", s.population.establishments.count()},
                           {"agent_months", needs.agent_months},
                           {"seconds", needs.seconds},
                           {"memory_bytes", needs.bytes},
                           {"disk_bytes", needs.disk_bytes},
                           {"waves", waves_json(waves)},
                           {"warnings", warnings_of(s, waves)}});
        } else {
            std::printf(
                "%s: valid. %s x %u replicates, %.1f million agent-months: about %.0f s, %llu MiB of memory, %llu MiB of disk\n",
                file.c_str(), counted(s.scenario.plans.size(), "plan").c_str(), s.scenario.replicates,
                needs.agent_months / 1e6, needs.seconds, static_cast<unsigned long long>(needs.bytes >> 20),
                static_cast<unsigned long long>(needs.disk_bytes >> 20));
            say_waves(s);
        }
    }
    if (json) std::printf("%s\n", out.dump(1).c_str());
    return all_good ? done : invalid;
}

}  // namespace

Command check_command() {
    struct Given {
        std::vector<std::string> files, settings;
        std::string population;
        bool json = false;
    };
    const auto c = std::make_shared<Given>();
    return {
        "check",
        "Report every problem of scenario files at once; estimate time, memory and disk",
        {{"files", &c->files}, {"--population", &c->population}, settings_option(c->settings), {"--json", &c->json}},
        [c](const std::string&) { return check(c->files, c->population, c->settings, c->json); }};
}

}  // namespace hubs
