#include "analysis/report/sweep/merge.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/base/exit_codes.h"
#include "analysis/base/version.h"
#include "analysis/results/database.h"
#include "analysis/results/tables/dictionary.h"
#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/results/manifest.h"
#include "analysis/report/sweep/gathered.h"
#include "analysis/report/sweep/next_study.h"
#include "analysis/report/sweep/sweep_page.h"
#include "analysis/study/sweep/runner.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t most_told = 5;

double number_of(const std::string& cell) {
    double out = std::nan("");
    std::from_chars(cell.data(), cell.data() + cell.size(), out);
    return out;
}

/// Every needed line of whole shards in order of runs; a partial merge passes over shards that are not whole.
template <class F>
void each_line(const SweepPlan& plan, std::size_t rows, bool partial, F&& f) {
    const std::size_t runs = rows * plan.sweep.replicates;
    for (std::uint32_t shard = 0; shard < plan.store.shards() && plan.store.first_run(shard) < runs; ++shard) {
        const auto lines = plan.store.read(shard);
        if (!lines && !partial)
            throw SweepError(incomplete,
                             plan.store.path(shard) + " was whole a moment ago and is not now. Nothing was merged.");
        for (std::size_t i = 0; lines && i < lines->size() && plan.store.first_run(shard) + i < runs; ++i)
            f((*lines)[i], cells_of((*lines)[i]));
    }
}

struct Written {
    Gathered runs;
    std::string fingerprint;
};

void remember(Gathered& runs, const std::vector<std::string>& cells) {
    const auto row = static_cast<Eigen::Index>(std::stoull(cells[1])),
               replicate = static_cast<Eigen::Index>(std::stoull(cells[2]));
    const bool ok = cells[3] == "ok";
    runs.failed += !ok;
    for (std::size_t o = 0; o < runs.outputs.size(); ++o)
        runs.outputs[o](row, replicate) = number_of(cells[4 + o]);  // a run may fail in one output and not in others
}

/// Runs and points, as CSV and into the database, in one passage.
Written write_runs(const SweepPlan& plan, std::size_t rows, bool partial, const OutputFolder& out, DatabaseWriter& db) {
    Written w;
    w.runs.outputs.assign(plan.sweep.outputs.size(),
                          Eigen::MatrixXd::Constant(static_cast<Eigen::Index>(rows),
                                                    static_cast<Eigen::Index>(plan.sweep.replicates), std::nan("")));
    StreamedFile file(out.temporary("data/runs.csv"));
    file.add(run_columns(plan.sweep) + "\n");
    std::vector<std::string> columns{"run", "row", "replicate", "status"};
    for (const SweepOutput& o : plan.sweep.outputs) columns.push_back(o.name);
    columns.push_back("message");
    db.begin_table("runs", columns);
    each_line(plan, rows, partial, [&](const std::string& line, const std::vector<std::string>& cells) {
        file.add(line + "\n");
        remember(w.runs, cells);
        std::vector<Cell> typed;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (c < 3) typed.emplace_back(static_cast<std::int64_t>(std::stoll(cells[c])));
            else if (c == 3 || c + 1 == cells.size()) typed.emplace_back(cells[c]);
            else typed.emplace_back(number_of(cells[c]));
        }
        db.row(typed);
    });
    w.fingerprint = file.close().substr(0, 32);
    StreamedFile points(out.temporary("data/points.csv"));
    std::string heading = "row";
    columns = {"row"};
    for (const Factor& f : plan.sweep.factors) {
        heading += "," + csv_cell(f.path);
        columns.push_back(f.path);
    }
    points.add(heading + "\n");
    db.begin_table("points", columns);
    for (std::size_t row = 0; row < rows; ++row) {
        std::string line = std::to_string(row);
        std::vector<Cell> typed{static_cast<std::int64_t>(row)};
        for (const double v : row_values(plan.sweep, plan.design, row)) {
            line += "," + exact(v);
            typed.emplace_back(v);
        }
        points.add(line + "\n");
        db.row(typed);
    }
    points.close();
    return w;
}

std::string design_in_words(DesignKind kind) {
    static const char* const words[] = {
        "full grid",        "fractional grid", "Latin hypercube",        "Sobol' sequence",
        "Morris screening", "Sobol' indices",  "draws of the posterior", "table of points"};
    return words[static_cast<std::size_t>(kind)];
}

void write_tables(const SweepPlan& plan, OutputFolder& out, DatabaseWriter& db, const Written& w) {
    std::vector<Table> tables = sensitivity_tables(plan, w.runs);
    std::vector<Dictionary::Row> columns;
    Dictionary::add(Dictionary::name, columns_of<Dictionary>(""), columns);
    for (const Table& t : tables) Dictionary::add(t.name, t.columns, columns);
    SweepFacts facts{plan.sweep.name,
                     plan.sweep.question,
                     design_in_words(plan.sweep.request.kind),
                     w.fingerprint,
                     version_text,
                     plan.sweep.inputs.front().text,
                     plan.study_id,
                     w.runs.rows(),
                     w.runs.rows() * plan.sweep.replicates,
                     w.runs.failed,
                     {}};
    for (const SweepOutput& o : plan.sweep.outputs) facts.outputs.push_back(o.name);
    const std::string page = sweep_page(facts, tables);
    tables.push_back(table_of<Dictionary>(columns, ""));
    for (const Table& t : tables) {
        out.write("data/" + t.name + ".csv", csv_text(t));
        db.add(t);
    }
    out.write("report.html", page);
    if (const std::string next = next_study(plan, tables); !next.empty()) out.write("next.json", next);
}

}  // namespace

Inventory take_inventory(const SweepPlan& plan) {
    Inventory out;
    Precision precision(plan);
    const auto enough = precision.enough();
    out.rows = enough.value_or(plan.design.rows());
    for (std::uint32_t shard = 0; shard < plan.store.shards() && plan.store.first_row(shard) < out.rows; ++shard) {
        std::string why;
        auto lines = plan.store.read(shard, &why);
        if (!lines) {
            out.missing.push_back(shard);
            if (why != "missing") out.damaged.push_back(plan.store.path(shard) + ": " + why);
            continue;
        }
        lines->resize(std::min(
            lines->size(),
            out.rows * plan.sweep.replicates - plan.store.first_run(shard)));  // the last may hold more than suffices
        for (const std::string& line : *lines)
            if (is_failed(line)) {
                if (++out.failed > most_told) continue;
                const auto cells = cells_of(line);
                out.failures.push_back("run " + cells[0] + ": " + cells.back() + "\n    hubsim sweep replay " +
                                       plan.folder + " --run " + cells[0]);
            }
    }
    return out;
}

std::string merged_folder(const SweepPlan& plan, bool partial) {
    return plan.folder + (partial ? "/merged-partial" : "/merged");
}

std::string merge(const SweepPlan& plan, bool partial) {
    const Inventory there = take_inventory(plan);
    if (!partial && !there.missing.empty())
        throw SweepError(incomplete, std::to_string(there.missing.size()) + " of " +
                                         std::to_string(plan.store.shards()) + " shards are missing: " +
                                         ranges_of(there.missing) + "\nNothing was merged. hubsim sweep run " +
                                         plan.folder + " makes them; --partial merges what is there.");
    const double runs = static_cast<double>(there.rows * plan.sweep.replicates);
    if (!partial && static_cast<double>(there.failed) > plan.sweep.allowed_failures * runs) {
        std::string told;
        for (const std::string& f : there.failures) told += "  " + f + "\n";
        throw SweepError(incomplete, std::to_string(there.failed) + " runs failed; the study allows " +
                                         exact(plan.sweep.allowed_failures * 100) + " %\n" + told +
                                         "Nothing was merged. --partial merges the runs alone.");
    }
    const std::string format = partial ? "hubsim sweep results 2 PARTIAL" : "hubsim sweep results 2";
    OutputFolder out(merged_folder(plan, partial),
                     {format, plan.sweep.name, {{"version", version_text}, {"study", plan.study_id}}}, true);
    Written w;
    {
        DatabaseWriter db(out.temporary("sweep.sqlite"));
        w = write_runs(plan, there.rows, partial, out, db);
        if (!partial) write_tables(plan, out, db, w);
        db.commit();
    }
    Json more;
    more["rows"] = there.rows;
    more["replicates"] = plan.sweep.replicates;
    more["failed_runs"] = w.runs.failed;
    if (partial) more["missing_shards"] = ranges_of(there.missing);
    more["fingerprint"] = w.fingerprint;
    for (const InputFile& i : plan.sweep.inputs)
        more["inputs"].push_back({{"role", i.role}, {"sha256", sha256(i.text)}});
    out.commit(more);
    plan.store.sweep_up();
    return w.fingerprint;
}

}  // namespace hubs
