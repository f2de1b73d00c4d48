// hubsim-fuzz [MUTANTS [SEED]]: every reader of files, given so many mutants of good files. Each must be read or
// refused in words: no crash, no hang, no exception but the documented ones, and what is accepted holds. The same seed
// gives the same mutants. A mutant that fails is kept in ./fuzz-failure.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "analysis/base/folder_manifest.h"
#include "analysis/statistics/estimator/read_panel.h"
#include "analysis/statistics/estimator/read_sample.h"
#include "analysis/study/import/importer.h"
#include "sim/run/embedded.h"
#include "sim/run/messages.h"
#include "sim/run/parameter_path.h"
#include "tests/fuzz/mutate.h"
#if !defined(HUBSIM_CORE_ONLY)
#include "analysis/study/calibration/problem.h"
#include "analysis/report/save.h"
#include "analysis/study/sweep/sweep.h"
#endif

using namespace hubs;

namespace {

namespace fs = std::filesystem;

std::string file(const std::string& name) { return read_kept(std::string(HUBSIM_SOURCE) + "/" + name); }

[[noreturn]] void fail(const std::string& reader, const std::string& mutant, const std::string& why) {
    std::ofstream("fuzz-failure", std::ios::binary) << mutant;
    std::printf("%s: %s; the mutant is in ./fuzz-failure\n", reader.c_str(), why.c_str());
    std::exit(1);
}

/// A report of problems: empty if a mutant was accepted.
using Reader = std::function<std::string(const std::string& mutant)>;

std::string told(const Problems& problems, const std::string& text) {
    return problems.empty() ? "" : report_of(problems, text, "Refused.");
}

const std::string small_scenario =
    R"({"schema_version": 1, "name": "small", "question": "Which?", "start": "2018-09", "months": 24, "replicates": 3, "seed": 7,
 "population": {"areas": {"Cumbria": 12, "Lancashire": 9}}, "posterior": "middle", "switch_off": ["lapse"], "parameters": {"share_practice": {"rule": "simple"}},
 "plans": [{"name": "none"}, {"name": "some", "description": "Some.", "hub_size": 20, "peer_review": true, "priority_benchmarks": [1, 3],
 "absences": [{"establishment": 3, "month": "2018-10"}], "waves": [{"start": "2018-09", "rule": "by_area", "areas": {"Cumbria": 5}},
 {"start": "2019-09", "rule": "volunteers", "members": 4, "at_most_benchmarks": 3}]}],
 "published": [{"target": "S002", "plan": "some", "grouping": "all", "group": "all", "measure": "benchmarks_mean", "date": "2019-07", "part": 0, "percent_of": 10}]})";

const std::string reg =
    "URN,LA (name),EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),PhaseOfEducation (name),OfficialSixthForm (name),NumberOfPupils,PercentageFSM,"
    "Trusts (name),GOR (name),UrbanRural (name),Easting,Northing,OfstedRating (name)\n"
    "100001,Camden,\"St Th\xE9r\xE8se, School\",1,1,Secondary,Has a sixth form,900,21.5,,London,Urban,528000,184000,Good\n"
    "100005,Devon,Special Academy,44,3,Not applicable,Does not have a sixth form,,,Moor Trust,South West,(England/Wales) Rural village,250000,90000,\n"
    "100006,Devon,College of Devon,18,1,16 plus,Not applicable,3000,,,South West,Urban,,,Outstanding\n";

/// What an import accepts must be what a run reads.
std::string import_and_read_back(const Imported& imported) {
    if (!imported.problems.empty()) return report_of(imported.problems, "", "Refused.");
    const std::string text = population_text(imported, "mutant.csv", "");
    const Document document = parse_document("population.json", text, population_limits());
    Problems problems = document.problems;
    PopulationFile read;
    if (problems.empty()) read = read_population(document, problems);
    if (!problems.empty()) throw std::logic_error("what was imported cannot be read: " + problems.front().headline);
    return "";
}

Framework shipped_framework() {
    Problems none;
    return read_framework(parse_document("framework", std::string(embedded::framework)), none);
}

/// A folder with a manifest of two files.
std::string sealed_folder(const std::string& folder) {
    fs::create_directories(folder + "/data");
    write_whole(folder + "/data/a.csv", "a,b\n1,2\n");
    write_whole(folder + "/b.txt", "b\n");
    return manifest_text({"hubsim results 2", "small", {{"seed", "1"}, {"months", "3"}}},
                         nlohmann::ordered_json{{"fingerprint", "00"}},
                         {{"b.txt", sha256("b\n")}, {"data/a.csv", sha256("a,b\n1,2\n")}});
}

struct Named {
    std::string name;
    std::vector<std::string> seeds;
    Reader read;
};

std::vector<Named> readers(const std::string& folder) {
    const Framework framework = shipped_framework();
    const std::string table = file("tests/sweep/schools.csv"), short_table = table.substr(0, table.find('\n', 900) + 1);
    const std::string population =
        population_text(import_plain_table(recognise_csv(short_table), "schools.csv"), "schools.csv", "");
    const std::string sample = file("tests/estimator/reference/synthetic_schools600.csv");
    const std::string draws(embedded::posterior), manifest = sealed_folder(folder + "/sealed");
    std::vector<Named> out;
    out.push_back({"scenario", {small_scenario}, [](const std::string& m) {
                       return read_study_text("scenario.json", m, {}).report;
                   }});
    out.push_back({"population", {population}, [framework](const std::string& m) {
                       const Document d = parse_document("population.json", m, population_limits());
                       Problems problems = d.problems;
                       PopulationFile read;
                       if (problems.empty()) read = read_population(d, problems);
                       if (problems.empty()) make_population(std::move(read.input), framework);
                       return told(problems, m);
                   }});
    out.push_back({"framework", {std::string(embedded::framework)}, [](const std::string& m) {
                       const Document d = parse_document("framework.json", m);
                       Problems problems = d.problems;
                       if (problems.empty()) read_framework(d, problems);
                       return told(problems, m);
                   }});
    out.push_back({"posterior", {draws.substr(0, draws.find('\n', 3000) + 1)}, [](const std::string& m) {
                       Scenario s;
                       Problems problems;
                       read_draws(m, "draws.csv", s, problems);
                       return told(problems, m);
                   }});
    out.push_back({"plain table", {short_table}, [](const std::string& m) {
                       return import_and_read_back(import_plain_table(recognise_csv(m), "schools.csv"));
                   }});
    out.push_back({"register", {reg}, [](const std::string& m) {
                       return import_and_read_back(import_register(recognise_csv(m), "register.csv"));
                   }});
    out.push_back(
        {"memberships",
         {"urn,hub,joined,left\n500001,North,2018-09,\n500002,\"North, upper\",2018-09,2019-01\n500003,South,2019-09,\n"},
         [short_table](const std::string& m) {
             Imported imported = import_plain_table(recognise_csv(short_table), "schools.csv");
             add_memberships(recognise_csv(m), "hubs.csv", imported);
             return import_and_read_back(imported);
         }});
    out.push_back(
        {"sample", {sample.substr(0, sample.find('\n', 3000) + 1)}, [](const std::string& m) {
             SampleColumns columns;
             columns.outcome = "end", columns.treated = "hub", columns.before = "base", columns.clusters = "lep";
             columns.covariates = {"fsm", "pupils"}, columns.exact = {"urban"}, columns.weights = "ofsted";
             return told(read_sample(recognise_csv(m), "sample.csv", columns).problems, m);
         }});
    out.push_back({"links",
                   {"URN,LinkURN,LinkName,LinkType\n500001,500002,Oak,Successor\n500003,500001,Ash,Predecessor\n500002,500001,Elm,Successor\n"},
                   [short_table](const std::string& m) {
                       Imported imported = import_plain_table(recognise_csv(short_table), "schools.csv");
                       const Successors successors = read_links(recognise_csv(m), "links.csv", imported.problems);
                       add_memberships(recognise_csv("urn,hub,joined,left\n500003,North,2018-09,\n"), "hubs.csv", imported, successors);
                       return import_and_read_back(imported);
                   }});
    out.push_back({"panel",
                   {"u,t,j,y,x,a\na,2018,2019,1,2,N\na,2019,2019,2,2,N\nb,2018,,1,3,S\nb,2019,,1.5,3,S\nc,2018,2019,0,1,N\nc,2019,2019,2,1,N\n"
                    "d,2018,,3,2,S\nd,2019,,3,2,S\n"},
                   [](const std::string& m) {
                       return told(read_panel(recognise_csv(m), "panel.csv", {"y", "u", "t", "j", "a", {"x"}, {}}).problems, m);
                   }});
    out.push_back({"manifest", {manifest}, [folder](const std::string& m) {
                       write_synced(folder + "/sealed/manifest.json", m);
                       std::string why;
                       const auto read = read_folder_manifest(folder + "/sealed", why);
                       if (!read) return why;
                       const FolderState state = state_of(folder + "/sealed", *read);
                       return read->own_seal_holds && state.as_written() ? std::string() : "altered";
                   }});
#if !defined(HUBSIM_CORE_ONLY)
    const auto calibration = std::string(embedded::calibration), targets = std::string(embedded::targets);
    const StudyRead for_calibration = read_study_text("s.json", file("scenarios/history-2018-2025.json"), {});
    if (!for_calibration.study) fail("calibration", "", for_calibration.report);
    const auto study = std::make_shared<Study>(*for_calibration.study);
    out.push_back({"calibration", {calibration}, [study, targets](const std::string& m) {
                       return read_calibration("calibration.json", m, "targets.json", targets, *study).report;
                   }});
    out.push_back({"targets", {targets}, [study, calibration](const std::string& m) {
                       return read_calibration("calibration.json", calibration, "targets.json", m, *study).report;
                   }});
    out.push_back(
        {"facts", {json_of(facts_of(*study, "00", "hubsim run")).dump(1)}, [folder](const std::string& m) -> std::string {
             fs::create_directories(folder + "/inputs");
             write_synced(folder + "/inputs/facts.json", m);
             try {
                 read_facts(folder);
             } catch (const InputError& e) {
                 return e.what();
             }
             return "";
         }});
    fs::create_directories(folder + "/sweep");
    write_whole(folder + "/sweep/small.json", small_scenario);
    const std::string sweep =
        R"({"schema_version": 1, "name": "small", "scenario": "small.json", "replicates": 2, "shards": 3,
 "outputs": [{"name": "gain", "plan": "some", "against": "none", "measure": "benchmarks_mean"}], "design": {"kind": "latin_hypercube", "points": 16, "seed": 3},
 "factors": ["share_practice.host_exposures", {"path": "plans/some/hub_size", "low": 10, "high": 30}, {"path": "lapse.per_year", "values": [0.01, 0.02]}]})";
    out.push_back({"sweep", {sweep}, [folder](const std::string& m) {
                       write_synced(folder + "/sweep/study.json", m);
                       const SweepRead read = read_sweep(folder + "/sweep/study.json");
                       return read.sweep ? "" : read.report;
                   }});
#endif
    return out;
}

std::string raw_words_in(const std::string& text) {
    for (const char* word :
         {"json.exception", "basic_string", "std::", "stod", "stoi", "vector::", "MiB free", "bad_alloc"})
        if (text.find(word) != std::string::npos) return word;
    return "";
}

std::string current_reader, current_mutant;
extern "C" void too_slow(int) {
    std::ofstream("fuzz-failure", std::ios::binary) << current_mutant;
    std::_Exit(1);
}

}  // namespace

int main(int argc, char** argv) {
    const unsigned wanted = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 300;
    const auto seed = argc > 2 ? static_cast<std::uint32_t>(std::atoi(argv[2])) : 1u;
    const std::string folder = (fs::temp_directory_path() / ("hubsim-fuzz-" + std::to_string(getpid()))).string();
    std::signal(SIGALRM, too_slow);
    for (const Named& reader : readers(folder)) {
        fuzz::Luck luck(seed);
        unsigned refused = 0;
        for (const std::string& good : reader.seeds)
            if (const std::string report = reader.read(good); !report.empty())
                fail(reader.name, good, "a good file is refused: " + report);
        for (unsigned n = 0; n < wanted; ++n) {
            current_reader = reader.name;
            current_mutant = fuzz::mutant_of(reader.seeds[n % reader.seeds.size()], luck);
            alarm(60);
            std::string report;
            try {
                report = reader.read(current_mutant);
            } catch (const std::exception& e) {
                fail(reader.name, current_mutant, std::string("threw ") + e.what());
            }
            if (const std::string raw = raw_words_in(report); !raw.empty())
                fail(reader.name, current_mutant, "says \"" + raw + "\"");
            if (report.size() > 200000)
                fail(reader.name, current_mutant, "says " + std::to_string(report.size()) + " bytes");
            refused += !report.empty();
        }
        alarm(0);
        std::printf("%-12s %6u mutants: %6u refused in words, %6u accepted\n", reader.name.c_str(), wanted, refused,
                    wanted - refused);
        std::fflush(stdout);
    }
    fs::remove_all(folder);
    return 0;
}
