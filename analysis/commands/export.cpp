#include <tbb/parallel_for.h>

#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/base/stop.h"
#include "analysis/base/table.h"
#include "analysis/base/version.h"
#include "analysis/base/words.h"
#include "analysis/commands/command.h"
#include "analysis/commands/progress.h"
#include "analysis/results/results_study.h"
#include "analysis/study/export/export_run.h"
#include "sim/run/names.h"
#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/simulate.h"

namespace hubs {
namespace {

constexpr double bytes_of_agent = 170, bytes_of_tie = 45, bytes_of_events = 60,
                 much = 10e9;  // of events: a school's in a month

struct ExportCommand {
    std::string study, output, at;
    std::vector<std::string> settings;
    bool agents = false, network = false, series = false, events = false, force = false;
    int replicates = 0;
};

/// "start,2019-08" as months of the run; without any, the start and the end. Throws InputError.
std::set<unsigned> months_of(const std::string& text, const Scenario& s) {
    if (text.empty()) return {0u, s.months};
    std::set<unsigned> out;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(',', from), text.size());
        const std::string one = text.substr(from, to - from);
        int year = 0, month = 0;
        const int step = read_year_month(one, year, month) ? s.calendar.step_of(year, month) + 1 : 0;
        if (one != "start" && (step < 1 || step > s.months))
            throw InputError("--at \"" + printable(one) +
                             "\" is not a month of the run; expected months as 2019-08, or start");
        out.insert(one == "start" ? 0u : static_cast<unsigned>(step));
        from = to + 1;
    }
    return out;
}

/// A warning before more is written than most disks like.
void say_size(const Study& study, const ExportWish& wish, std::uint32_t replicates) {
    const double rows = static_cast<double>(study.scenario.plans.size()) * replicates *
                        static_cast<double>(wish.months.size()) * study.population.establishments.count();
    const double school_months = static_cast<double>(study.scenario.plans.size()) * replicates * study.scenario.months *
                                 study.population.establishments.count();
    const double bytes = rows * ((wish.agents ? bytes_of_agent : 0) + (wish.network ? 3 * bytes_of_tie : 0)) +
                         (wish.events ? school_months * bytes_of_events : 0);
    if (bytes > much)
        std::fprintf(stderr, "warning: about %.0f GB will be written; fewer --at months or --replicates write less\n",
                     bytes / 1e9);
}

/// The files of an export, each opened when it is first written to.
class Files {
public:
    explicit Files(OutputFolder& folder) : folder_(folder) {}
    void add(const std::string& name, const std::string& heading, const std::string& rows) {
        auto& file = files_[name];
        if (!file) {
            file = std::make_unique<StreamedFile>(folder_.temporary(name));
            file->add(heading);
        }
        file->add(rows);
    }
    void close() {
        for (auto& [name, file] : files_) file->close();
    }

private:
    OutputFolder& folder_;
    std::map<std::string, std::unique_ptr<StreamedFile>> files_;
};

std::string columns_csv() {
    std::string out = "file,column,unit,meaning\n";
    for (const AgentColumn& c : agent_columns())
        out += "agents.csv," + std::string(c.name) + "," + csv_cell(c.unit) + "," + csv_cell(c.meaning) + "\n";
    return out;
}

void write_all(const Study& study, const ExportWish& wish, std::uint32_t replicates, OutputFolder& folder) {
    Files files(folder);
    Progress progress(replicates);
    for (std::uint32_t r = 0; r < replicates; ++r) {
        end_if_stopped();
        const Scenario own = scenario_of(study.scenario, r);
        const World start = first_world(own, study.population, study.framework, {study.scenario.seed, r});
        std::vector<ExportedRun> runs(own.plans.size());
        tbb::parallel_for(std::size_t{0}, runs.size(),
                          [&](std::size_t p) { runs[p] = export_run(study, own, start, r, p, wish); });
        for (const ExportedRun& run : runs) {
            if (wish.agents) files.add("agents.csv", agents_heading(), run.agents);
            if (wish.series) files.add("series.csv", series_heading(), run.series);
            if (wish.events) files.add("events.csv", events_heading(), run.events);
            for (std::size_t f = 0; wish.network && f < network_files().size(); ++f)
                files.add(network_files()[f].name, network_files()[f].heading, run.network[f]);
            for (const auto& [name, text] : run.graphs) folder.write(name, text);
        }
        progress.at(r + 1);
    }
    files.close();
    folder.write("columns.csv", columns_csv());
}

int export_files(const ExportCommand& c) {
    ExportWish wish{c.agents, c.network, c.series, c.events, {}};
    if (!c.agents && !c.network && !c.series && !c.events) wish.agents = wish.series = true;
    const StudyRead read = read_results_or_scenario(c.study, {}, c.settings);
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    const Study& study = *read.study;
    wish.months = months_of(c.at, study.scenario);
    const std::uint32_t replicates = c.replicates > 0
                                         ? std::min(static_cast<std::uint32_t>(c.replicates), study.scenario.replicates)
                                         : study.scenario.replicates;
    say_size(study, wish, replicates);
    FolderIdentity identity{"hubsim export 1", study.scenario.name, {}};
    for (const InputFile& i : study.inputs) identity.parts.emplace_back(i.role, sha256(i.text).substr(0, 16));
    const std::string place = c.output.empty() ? "out/" + study.scenario.name + "-export" : c.output;
    OutputFolder folder(place, identity, c.force);
    write_all(study, wish, replicates, folder);
    folder.commit({{"program", {{"name", "hubsim"}, {"version", version_text}}},
                   {"replicates", replicates},
                   {"note", study.population.names.empty()
                                ? "A synthetic population: no row is a real establishment."
                                : "Rows are simulated futures of real establishments: not for publication."}});
    std::printf("%s under %s of \"%s\" in %s\n", counted(replicates, "replicate").c_str(),
                counted(study.scenario.plans.size(), "plan").c_str(), study.scenario.name.c_str(), place.c_str());
    if (!study.population.names.empty())
        std::printf("Rows are simulated futures of real establishments: not for publication.\n");
    return done;
}

}  // namespace

Command export_command() {
    const auto c = std::make_shared<ExportCommand>();
    return {"export",
            "Write every establishment, tie, month or change of the runs as files",
            {{"study", &c->study, "scenario file, or a results folder: what was run there"},
             {"-o,--output", &c->output, "folder (default out/NAME-export)"},
             {"--agents", &c->agents, "agents.csv: a row for every establishment, replicate, plan and month asked for"},
             {"--network", &c->network, "ties.csv, hubs.csv, employer_links.csv; GraphML of the first replicate"},
             {"--series", &c->series, "series.csv: a row a month for every replicate and plan"},
             {"--events", &c->events, "events.csv: every change with its cause and source"},
             {"--at", &c->at, "months for agents and network, as 2019-08,2020-07 or start (default: start and end)"},
             {"--replicates", &c->replicates, "the first so many (default: all)", replicates_range},
             settings_option(c->settings),
             force_option(c->force)},
            [c](const std::string&) { return export_files(*c); }};
}

}  // namespace hubs
