#include "analysis/report/save.h"

#include <tbb/parallel_invoke.h>

#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "analysis/base/stop.h"
#include "analysis/base/version.h"
#include "analysis/results/choice_sheet.h"
#include "analysis/results/database.h"
#include "analysis/results/manifest.h"
#include "analysis/results/sentences.h"
#include "analysis/results/opendata/open_data.h"
#include "analysis/results/tables.h"

namespace hubs {

using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> notes(const Study& study, const std::string& fingerprint) {
    return {
        study.scenario.question,
        "Simulated by hubsim " + std::string(version_text) + "; fingerprint " + fingerprint + ".",
        "One table a sheet; column headings are in row 3. An empty cell is not known or does not apply. Of attainment and "
        "differences only some rows are here, and tables of more than 200,000 rows stand in data/ alone.",
        study.scenario.draws.count() > 0
            ? "Attainment is true unless a column says reported. Ranges hold luck and the uncertainty of parameters that are drawn."
            : "Attainment is true unless a column says reported. Ranges hold luck only: parameters are defaults.",
        study.population_note,
        "Figures from public sector information under the Open Government Licence v3.0."};
}

void write_pages(const FileSink& to, const ReportFacts& facts, const Results& results) {
    end_if_stopped();
    const Report report = report_of(facts, results);
    for (const Chart& c : report.charts) to.write("charts/" + c.id + ".vl.json", Json::parse(c.spec).dump(1) + "\n");
    to.write("report.json", report.json);
    to.write("report.html", report.html);
}

}  // namespace

FileSink sink_of(OutputFolder& folder) {
    return {[&](const std::string& name, const std::string& text) { folder.write(name, text); },
            [&](const std::string& name) { return folder.temporary(name); }};
}

void write_tables(const FileSink& to, const Study& study, const Results& results, const ReportFacts& facts) {
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        end_if_stopped();
        to.write("data/" + std::string(T::name) + ".csv", csv_text(results.table<T>()));
    });
    for (const InputFile& i : study.inputs) to.write(kept_input(i.role), i.text);
    to.write("inputs/facts.json", json_of(facts).dump(1) + "\n");
}

void write_derived(const FileSink& to, const Study& study, const Results& results, const ReportFacts& facts) {
    const std::vector<Table> tables = all_tables(results);
    tbb::parallel_invoke(
        [&] {
            for (const auto& [name, text] : open_data(results, facts.plans)) to.write("ees/" + name, text);
        },
        [&] { write_database(to.temporary("study.sqlite"), tables); },
        [&] {
            write_workbook(to.temporary("excel/study.xlsx"), study.scenario.name, notes(study, facts.fingerprint),
                           {facts, results.of<ByYear>(), worth_to_begin_with(Page(facts, results))},
                           sheets_of(results));
        },
        [&] { write_pages(to, facts, results); });
}

SavedRun save_study(OutputFolder& folder, const Finished& finished, const std::string& command, bool live) {
    const std::string fingerprint = finished.ensemble.fingerprint().text();
    const Results results = as_kept(Results(finished));
    ReportFacts facts = facts_of(finished.study, fingerprint, command);
    facts.live = live;
    const FileSink to = sink_of(folder);
    write_tables(to, finished.study, results, facts);
    write_derived(to, finished.study, results, facts);
    end_if_stopped();
    folder.commit(description_of(finished.study, fingerprint));
    return {choice_sentence(Page(facts, results)), shortfalls(results.of<Waves>())};
}

SavedStudy read_results(const std::string& results) {
    const ResultsManifest manifest = read_results_manifest(results);
    if (manifest.version != version_text)
        throw InputError(results + ": made by hubsim " + manifest.version + ", this is " + version_text +
                         "; run the study again, or use that version");
    const FolderState state = state_of(results, manifest.folder);
    if (!manifest.folder.own_seal_holds)
        throw InputError(results + "/manifest.json: altered since it was written: its seal does not hold");
    for (const std::string& name : state.missing) throw InputError(results + "/" + name + ": missing");
    for (const std::string& name : state.altered)
        throw InputError(results + "/" + name + ": altered since it was written: its seal does not hold");
    ReportFacts facts = read_facts(results);
    return {facts, read_tables(results, facts)};
}

void rebuild_report(const std::string& results, const std::string& place, bool force) {
    const SavedStudy saved = read_results(results);
    OutputFolder folder(
        place,
        {"hubsim report 1", saved.facts.name, {{"version", version_text}, {"fingerprint", saved.facts.fingerprint}}},
        force);
    write_pages(sink_of(folder), saved.facts, saved.results);
    folder.commit(Json::object());
}

}  // namespace hubs
