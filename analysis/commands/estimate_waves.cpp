#include "analysis/commands/estimate_waves.h"

#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/base/output_place.h"
#include "analysis/commands/command.h"
#include "analysis/statistics/estimator/sample_columns.h"
#include "analysis/report/waves_page.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

using json = nlohmann::ordered_json;

json number(double x) { return std::isfinite(x) ? json(x) : json(nullptr); }

json effect_json(const WaveEffect& e) {
    json out{{"estimate", number(e.value)},
             {"standard_error", number(e.error)},
             {"low_95", number(e.low)},
             {"high_95", number(e.high)}};
    if (std::isfinite(e.band_low)) out.update({{"band_low_95", e.band_low}, {"band_high_95", e.band_high}});
    out["treated"] = e.treated;
    if (e.controls > 0) out["controls"] = e.controls;
    return out;
}

json as_json(const WaveEstimates& w, const ReadPanel& read) {
    json left_out = json::object();
    for (const auto& [what, rows] : read.left_out) left_out[what] = rows;
    json out{{"rows_read", read.rows},
             {"rows_left_out", left_out},
             {"read_as", read.notes},
             {"units", read.panel.units()},
             {"always_members", w.always_members},
             {"never_members", w.never_members},
             {"joiners", w.joiners},
             {"even_times", w.even_times},
             {"clusters", w.clusters},
             {"overall", effect_json(w.overall)},
             {"critical_value_of_bands", w.critical},
             {"event_study", json::array()},
             {"group_time", json::array()}};
    for (const EventTime& e : w.by_event) {
        json row{{"since_joining", e.since}};
        row.update(effect_json(e.effect));
        out["event_study"].push_back(std::move(row));
    }
    for (const GroupTime& g : w.by_group) {
        json row{{"joined", g.joined}, {"time", g.time}, {"before_joining", g.before}};
        if (g.refusal.empty()) row.update(effect_json(g.effect));
        else row["refused"] = g.refusal;
        out["group_time"].push_back(std::move(row));
    }
    return out;
}

void print_effect(const WaveEffect& e) {
    std::printf("%9s %9s   %-20s", decimal(e.value, 4).c_str(), decimal(e.error, 4).c_str(),
                (decimal(e.low, 3) + " to " + decimal(e.high, 3)).c_str());
}

void print(const WaveEstimates& w, const ReadPanel& read) {
    std::printf("%s read: %s at %s, in %s\n", counted(read.rows, "row").c_str(),
                counted(read.panel.units(), "unit").c_str(), counted(read.panel.times.size(), "time").c_str(),
                counted(w.clusters, "cluster").c_str());
    for (const auto& [what, rows] : read.left_out) std::printf("  left out  %6zu  %s\n", rows, what.c_str());
    for (const std::string& note : read.notes) std::printf("  read as   %s\n", note.c_str());
    if (w.always_members > 0)
        std::printf("  left out  %s that had joined by the first time: nothing is known of before\n",
                    counted(w.always_members, "unit").c_str());
    std::printf("%s had not joined by the last time\n\n%-34s %9s %9s   %s\n", counted(w.never_members, "unit").c_str(),
                "effect on those who joined", "estimate", "error", "95 % interval");
    std::printf("%-34s ", "since joining, averaged");
    print_effect(w.overall);
    std::printf(" %zu of %s", w.overall.treated, (std::to_string(w.joiners) + " that joined").c_str());
    std::printf("\n\n%-34s %9s %9s   %-20s %s\n", "time since joining", "estimate", "error", "95 % interval",
                "band for all at once");
    for (const EventTime& e : w.by_event) {
        std::printf("%-34s ", (std::to_string(e.since) + (e.since < 0 ? " (before: should be zero)" : "")).c_str());
        print_effect(e.effect);
        std::printf(" %s to %s\n", decimal(e.effect.band_low, 3).c_str(), decimal(e.effect.band_high, 3).c_str());
    }
    std::printf("\n%-8s %-8s %9s %9s   %-20s units\n", "joined", "time", "estimate", "error", "95 % interval");
    for (const GroupTime& g : w.by_group) {
        std::printf("%-8d %-8d ", g.joined, g.time);
        if (!g.refusal.empty()) {
            std::printf("refused: %s\n", g.refusal.c_str());
            continue;
        }
        print_effect(g.effect);
        std::printf(" %zu treated, %zu controls%s\n", g.effect.treated, g.effect.controls,
                    g.before ? ", before joining" : "");
    }
    if (w.largest_before > w.critical)
        std::printf(
            "\nwarning: before joining, those who joined already moved apart from the others by %s errors: effects may be trends.\n",
            decimal(w.largest_before, 1).c_str());
    if (!w.even_times)
        std::printf(
            "\nwarning: times are not evenly spaced; effects are by time since joining, and before joining from one time to the next.\n");
    if (w.overall.treated < w.joiners)
        std::printf("\nwarning: %s joined when nobody was left to compare them with: the average is not about them.\n",
                    counted(w.joiners - w.overall.treated, "unit").c_str());
    if (w.clusters < 20)
        std::printf("warning: only %zu clusters: errors by cluster are rough below 20 or so.\n", w.clusters);
}

}  // namespace

int estimate_waves(const EstimateWavesCommand& c) {
    std::optional<OutputFile> page;
    if (!c.report.empty()) page.emplace(c.report, is_estimate_page, std::vector<std::string>{c.file}, c.force);
    const CsvText table = read_csv_file(c.file);
    for (const std::string& note : table.notes) std::fprintf(stderr, "read as: %s\n", note.c_str());
    PanelColumns columns = c.columns;
    columns.covariates = name_list(c.covariates);
    columns.missing = name_list(c.missing);
    const ReadPanel read = read_panel(table, c.file, columns);
    if (!read.problems.empty()) {
        std::fputs(report_of(read.problems, "", "Nothing was estimated.").c_str(), stderr);
        return invalid;
    }
    const WaveEstimates waves = estimate_waves(read.panel, c.options);
    if (c.json) std::printf("%s\n", as_json(waves, read).dump(2).c_str());
    else print(waves, read);
    if (page) page->write(waves_page(waves, read, c.file));
    return done;
}

Command estimate_waves_command() {
    const auto c = std::make_shared<EstimateWavesCommand>();
    return {
        "estimate-waves",
        "Effects where units join at different times: event study on a table of your own",
        {{"file", &c->file, "CSV, one row for each school and year"},
         needed({"--outcome", &c->columns.outcome, "column: benchmarks"}),
         needed({"--unit", &c->columns.unit, "column: the school"}),
         needed({"--time", &c->columns.time, "column: the year, a whole number"}),
         needed({"--joined", &c->columns.joined, "column: the first year as a member; nothing, 0 or never if none"}),
         {"--covariates", &c->covariates, "columns, with commas between; as first seen of each school"},
         {"--clusters", &c->columns.clusters, "column: hub or area, for errors by cluster; default: the school"},
         {"--missing", &c->missing, "codes for missing values, beside NA, c, z and the like"},
         with_default({"--draws", &c->options.draws, "of the bootstrap behind the bands", WholeRange{99, 100000}}),
         with_default({"--seed", &c->options.seed, "of the bootstrap", seed_range}),
         {"--report", &c->report, "page to write: the event study as a picture"},
         {"--json", &c->json, "full precision"},
         force_option(c->force)},
        [c](const std::string&) { return estimate_waves(*c); }};
}

}  // namespace hubs
