#include "analysis/report/save.h"

#include <tbb/parallel_invoke.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "analysis/base/stop.h"
#include "analysis/opendata/open_data.h"
#include "analysis/results/areas_table.h"
#include "analysis/results/database.h"
#include "analysis/results/decision_tables.h"
#include "analysis/results/describe.h"
#include "analysis/results/evaluation_tables.h"
#include "analysis/results/manifest.h"
#include "analysis/results/published.h"
#include "analysis/results/tables.h"
#include "analysis/results/calibration_basis.h"
#include "analysis/results/uncertainty.h"
#include "analysis/results/waves_table.h"

namespace hubs {

using Json = nlohmann::ordered_json;

std::vector<Table> all_tables(const Study& study, const Ensemble& ensemble) {
    std::vector<Table> tables = tables_of(study, ensemble);
    Table published = published_table(study.published, StudyTables(tables));
    tables.push_back(std::move(published));
    tables.push_back(uncertainty_table(study, StudyTables(tables).of("replicates")));
    tables.push_back(structure_table(study, ensemble, StudyTables(tables).of("replicates")));
    const StudyTables done(tables);
    const std::vector<Table> decision = decision_tables(study, ensemble, done.of("replicates"), done.of("differences"));
    tables.insert(tables.end(), decision.begin(), decision.end());
    tables.push_back(satisficing_table(study, ensemble));
    for (Table& t : evaluation_tables(study, ensemble)) tables.push_back(std::move(t));
    tables.push_back(waves_table(study, ensemble.seen));
    tables.push_back(areas_table(study.population));
    tables.push_back(inputs_table(study));
    tables.push_back(calibration_basis_table(study));
    tables.push_back(fit_page_table(study));
    tables.push_back(identified_page_table(study));
    tables.push_back(assumptions_table(study.scenario));
    tables.push_back(dictionary_table(tables));
    return tables;
}

namespace {

std::string today() {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    std::time_t now = epoch != nullptr ? static_cast<std::time_t>(std::atoll(epoch)) : std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[16];
    std::strftime(buffer, sizeof buffer, "%Y-%m-%d", &parts);
    return buffer;
}

}  // namespace

Json facts_json(const Study& study, const std::string& fingerprint, const std::string& command) {
    Json f;
    const Scenario& s = study.scenario;
    f["name"] = s.name;
    f["question"] = s.question;
    f["place"] = study.population.names.empty() ? "a synthetic England" : study.population.name;
    f["note"] = study.population_note;
    f["date"] = today();
    f["version"] = version_text;
    f["fingerprint"] = fingerprint;
    f["command"] = command;
    f["price_base"] = s.price_base;
    f["last_month"] = month_name(s.calendar, s.months);
    f["replicates"] = s.replicates;
    f["establishments"] = study.population.establishments.count();
    for (const Plan& p : s.plans) f["plans"].push_back({{"name", p.name}, {"description", p.description}});
    for (const InputFile& i : study.inputs)
        if (i.role == "scenario") f["scenario"] = i.text;
    return f;
}

ReportFacts facts_from(const Json& f) {
    ReportFacts out;
    out.name = f.at("name");
    out.question = f.at("question");
    out.place = f.at("place");
    out.population_note = f.at("note");
    out.date = f.at("date");
    out.version = f.at("version");
    out.fingerprint = f.at("fingerprint");
    out.command = f.at("command");
    out.price_base = f.at("price_base");
    out.last_month = f.at("last_month");
    out.replicates = f.at("replicates");
    out.establishments = f.at("establishments");
    out.scenario_json = f.at("scenario");
    for (const auto& p : f.at("plans")) {
        out.plans.push_back(p.at("name"));
        out.plan_descriptions.push_back(p.at("description"));
    }
    return out;
}

namespace {

/// The tables short enough to be read as sheets.
std::vector<const Table*> sheets_of(const std::vector<Table>& tables) {
    std::vector<const Table*> out;
    for (const Table& t : tables)
        if (t.name != "attainment" && t.name != "differences" && t.name != "activity" && t.name != "replicates")
            out.push_back(&t);
    return out;
}

std::vector<std::string> notes(const Study& study, const std::string& fingerprint) {
    return {
        study.scenario.question,
        "Simulated by hubsim " + std::string(version_text) + "; fingerprint " + fingerprint + ".",
        "One table a sheet; column headings are in row 3. An empty cell is not known or does not apply.",
        study.scenario.draws.count() > 0
            ? "Attainment is true unless a column says reported. Ranges hold luck and the uncertainty of calibrated parameters."
            : "Attainment is true unless a column says reported. Ranges hold luck only: parameters are defaults.",
        study.population_note,
        "Figures from public sector information under the Open Government Licence v3.0."};
}

void write_pages(const FileSink& to, const ReportFacts& facts, const std::vector<Table>& tables) {
    for (const Chart& c : charts_of(StudyTables(tables), facts.plans, facts.place)) {
        end_if_stopped();
        to.write("charts/" + c.id + ".vl.json", Json::parse(c.spec).dump(1) + "\n");
    }
    end_if_stopped();
    to.write("report.html", report_html(facts, tables));
}

/// Tables with nothing but text, as a report is made from: so that a rebuilt one has the same bytes.
std::vector<Table> as_text(const std::vector<Table>& tables) {
    std::vector<Table> out;
    for (const Table& t : tables) {
        out.push_back({t.name, t.name, t.columns, {}});
        for (const auto& row : t.rows) {
            std::vector<Cell> cells;
            for (const Cell& cell : row) cells.emplace_back(cell_text(cell));
            out.back().rows.push_back(std::move(cells));
        }
    }
    return out;
}

}  // namespace

std::vector<Table> as_kept(std::vector<Table> tables) {
    for (Table& t : tables)
        for (auto& row : t.rows)
            for (Cell& cell : row)
                if (auto* value = std::get_if<double>(&cell); value != nullptr && !std::isnan(*value))
                    *value = std::strtod(cell_text(cell).c_str(), nullptr);
    return tables;
}

FileSink sink_of(OutputFolder& folder) {
    return {[&](const std::string& name, const std::string& text) { folder.write(name, text); },
            [&](const std::string& name) { return folder.temporary(name); }};
}

void write_tables(const FileSink& to, const Study& study, const std::vector<Table>& tables, const Json& facts) {
    for (const Table& t : tables) {
        end_if_stopped();
        to.write("data/" + t.name + ".csv", csv_text(t));
    }
    for (const InputFile& i : study.inputs) to.write(kept_input(i.role), i.text);
    to.write("inputs/facts.json", facts.dump(1) + "\n");
}

void write_derived(const FileSink& to, const Study& study, const std::vector<Table>& tables, const Json& facts) {
    const ReportFacts report = facts_from(facts);
    tbb::parallel_invoke(
        [&] {
            for (const auto& [name, text] : open_data(study, tables)) to.write("ees/" + name, text);
        },
        [&] { write_database(to.temporary("study.sqlite"), tables); },
        [&] {
            write_workbook(to.temporary("excel/study.xlsx"), study.scenario.name, notes(study, report.fingerprint),
                           sheets_of(tables));
        },
        [&] { write_pages(to, report, as_text(tables)); });
}

SavedRun save_study(OutputFolder& folder, const Study& study, const Ensemble& ensemble, const std::string& command) {
    const std::string fingerprint = ensemble.fingerprint().text();
    const std::vector<Table> tables = as_kept(all_tables(study, ensemble));
    const Json facts = facts_json(study, fingerprint, command);
    const FileSink to = sink_of(folder);
    write_tables(to, study, tables, facts);
    write_derived(to, study, tables, facts);
    end_if_stopped();
    folder.commit(description_of(study, fingerprint));
    const StudyTables t(tables);
    return {headline_sentence(facts_from(facts), t), shortfalls(t.of("waves"))};
}

Json read_facts(const std::string& results) {
    const std::string path = results + "/inputs/facts.json";
    const Document document = read_document(path);  // guarded: deep nesting never reaches the library
    if (!document.problems.empty()) throw InputError(path + ": " + document.problems.front().headline);
    try {
        Json facts = Json::parse(document.text);
        facts_from(facts);
        return facts;
    } catch (const nlohmann::json::exception&) {
        throw InputError(path + ": not the facts of a report");
    }
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
    SavedStudy out;
    out.facts = facts_from(read_facts(results));
    const auto dictionary = read_csv(read_input(results + "/data/dictionary.csv"));
    for (const SealedFile& file : manifest.folder.files) {
        if (!file.name.starts_with("data/")) continue;
        const auto rows = read_csv(read_input(results + "/" + file.name));
        Table t;
        t.name = file.name.substr(5, file.name.size() - 9);
        t.title = t.name;
        for (const std::string& column : rows.front()) {
            TableColumn c{column, column, "", 2};
            for (const auto& d : dictionary)
                if (d[0] == file.name && d[1] == column) c = {column, d[2], d[3], std::stoi(d[4])};
            t.columns.push_back(c);
        }
        for (std::size_t r = 1; r < rows.size(); ++r) t.rows.emplace_back(rows[r].begin(), rows[r].end());
        out.tables.push_back(std::move(t));
    }
    return out;
}

void rebuild_report(const std::string& results, const std::string& place, bool force) {
    const SavedStudy saved = read_results(results);
    OutputFolder folder(
        place,
        {"hubsim report 1", saved.facts.name, {{"version", version_text}, {"fingerprint", saved.facts.fingerprint}}},
        force);
    write_pages(sink_of(folder), saved.facts, saved.tables);
    folder.commit(Json::object());
}

}  // namespace hubs
