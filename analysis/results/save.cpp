#include "analysis/results/save.h"

#include <tbb/parallel_invoke.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/opendata/open_data.h"
#include "analysis/report/published.h"
#include "analysis/report/report.h"
#include "analysis/results/areas_table.h"
#include "analysis/results/database.h"
#include "analysis/results/decision_tables.h"
#include "analysis/results/describe.h"
#include "analysis/results/evaluation_tables.h"
#include "analysis/results/folder.h"
#include "analysis/results/manifest.h"
#include "analysis/results/tables.h"
#include "analysis/results/uncertainty.h"

namespace hubs {
namespace {

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
    tables.push_back(areas_table(study.population));
    tables.push_back(inputs_table(study));
    tables.push_back(fit_page_table(study));
    tables.push_back(identified_page_table(study));
    tables.push_back(assumptions_table(study.scenario));
    tables.push_back(dictionary_table(tables));
    return tables;
}

std::string today() {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    std::time_t now = epoch != nullptr ? static_cast<std::time_t>(std::atoll(epoch)) : std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[16];
    std::strftime(buffer, sizeof buffer, "%Y-%m-%d", &parts);
    return buffer;
}

/// What the report needs besides tables, kept in the folder so that it can be rebuilt.
nlohmann::ordered_json facts_json(const Study& study, const std::string& fingerprint, const std::string& command) {
    nlohmann::ordered_json f;
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

ReportFacts facts_from(const nlohmann::ordered_json& f) {
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

void write_pages(ResultsFolder& folder, const ReportFacts& facts, const std::vector<Table>& tables) {
    for (const Chart& c : charts_of(StudyTables(tables), facts.plans, facts.place))
        folder.write("charts/" + c.id + ".vl.json", nlohmann::ordered_json::parse(c.spec).dump(1) + "\n");
    folder.write("report.html", report_html(facts, tables));
}

/// Tables as they are read back from files, so that a rebuilt report has the same bytes.
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

std::vector<std::string> notes(const Study& study, const std::string& fingerprint) {
    return {study.scenario.question,
            "Simulated by hubsim " + std::string(version_text) + "; fingerprint " + fingerprint + ".",
            "One table a sheet; column headings are in row 3. An empty cell is not known or does not apply.",
            study.scenario.draws.count() > 0
                ? "Attainment is true unless a column says reported. Ranges hold luck and the uncertainty of calibrated parameters."
                : "Attainment is true unless a column says reported. Ranges hold luck only: parameters are defaults.",
            study.population_note,
            "Figures from public sector information under the Open Government Licence v3.0."};
}

void write_data(ResultsFolder& folder, const Study& study, const std::vector<Table>& tables, const nlohmann::ordered_json& facts,
                const std::string& fingerprint) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const Table& t : tables) {
        const std::string csv = csv_text(t);
        folder.write("data/" + t.name + ".csv", csv);
        files.emplace_back("data/" + t.name + ".csv", sha256(csv));
    }
    for (const InputFile& i : study.inputs) folder.write("inputs/" + i.role + (i.role == "posterior" ? ".csv" : ".json"), i.text);
    folder.write("inputs/facts.json", facts.dump(1) + "\n");
    folder.write("manifest.json", manifest_text(study, fingerprint, files));
    for (const auto& [name, text] : open_data(study, tables)) folder.write("ees/" + name, text);
}

/// The tables short enough to be read as sheets.
std::vector<const Table*> sheets_of(const std::vector<Table>& tables) {
    std::vector<const Table*> out;
    for (const Table& t : tables)
        if (t.name != "attainment" && t.name != "differences" && t.name != "activity" && t.name != "replicates") out.push_back(&t);
    return out;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> data_files(const Study& study, const Ensemble& ensemble) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const Table& t : all_tables(study, ensemble)) out.emplace_back("data/" + t.name + ".csv", csv_text(t));
    return out;
}

std::string save_study(const Study& study, const Ensemble& ensemble, const std::string& path, const std::string& command) {
    const std::string fingerprint = ensemble.fingerprint().text();
    const std::vector<Table> tables = all_tables(study, ensemble);
    const auto facts = facts_json(study, fingerprint, command);
    const ReportFacts report = facts_from(facts);
    ResultsFolder folder(path);
    tbb::parallel_invoke([&] { write_data(folder, study, tables, facts, fingerprint); }, [&] { write_database(folder.temporary("study.sqlite"), tables); },
                         [&] { write_workbook(folder.temporary("excel/study.xlsx"), study.scenario.name, notes(study, fingerprint), sheets_of(tables)); },
                         [&] { write_pages(folder, report, as_text(tables)); });
    folder.commit();
    return headline_sentence(report, StudyTables(tables));
}

SavedStudy read_results(const std::string& results) {
    const Manifest manifest = read_manifest(read_text(results + "/manifest.json"), results + "/manifest.json");
    if (manifest.version != version_text)
        throw std::runtime_error(results + ": made by hubsim " + manifest.version + ", this is " + version_text + "; run the study again, or use that version");
    SavedStudy out;
    out.facts = facts_from(nlohmann::ordered_json::parse(read_text(results + "/inputs/facts.json")));
    const auto dictionary = read_csv(read_text(results + "/data/dictionary.csv"));
    for (const auto& [name, hash] : manifest.files) {
        const std::string bytes = read_text(results + "/" + name);
        if (sha256(bytes) != hash)
            throw std::runtime_error(results + "/" + name + ": altered since it was written (checksum " + sha256(bytes).substr(0, 12) + ", expected " +
                                     hash.substr(0, 12) + ")");
        const auto rows = read_csv(bytes);
        Table t;
        t.name = name.substr(5, name.size() - 9);
        t.title = t.name;
        for (const std::string& column : rows.front()) {
            TableColumn c{column, column, "", 2};
            for (const auto& d : dictionary)
                if (d[0] == name && d[1] == column) c = {column, d[2], d[3], std::stoi(d[4])};
            t.columns.push_back(c);
        }
        for (std::size_t r = 1; r < rows.size(); ++r) t.rows.emplace_back(rows[r].begin(), rows[r].end());
        out.tables.push_back(std::move(t));
    }
    return out;
}

void rebuild_report(const std::string& results, const std::string& to) {
    const SavedStudy saved = read_results(results);
    ResultsFolder folder(to);
    write_pages(folder, saved.facts, saved.tables);
    folder.commit();
}

}  // namespace hubs
