#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "analysis/commands/commands.h"
#include "analysis/estimator/battery.h"
#include "analysis/estimator/read_sample.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

using json = nlohmann::ordered_json;

json number(double x) { return std::isfinite(x) ? json(x) : json(nullptr); }

json balance_json(const std::vector<Balance>& rows) {
    json out = json::array();
    for (const Balance& b : rows)
        out.push_back({{"covariate", b.covariate}, {"before", number(b.before)}, {"after", number(b.after)}});
    return out;
}

json as_json(const Battery& b, const ReadSample& read) {
    json empty = json::object();
    for (const auto& [column, rows] : read.empty) empty[column] = rows;
    json out{{"rows_read", read.rows},  {"rows_with_empty_cells", empty}, {"treated", b.treated},
             {"controls", b.controls},  {"clusters", b.clusters},         {"overlap", number(b.overlap)},
             {"balance", json::array()}};
    for (const Balance& r : b.raw)
        out["balance"].push_back({{"covariate", r.covariate}, {"standardised_difference", number(r.before)}});
    for (const Answer& a : b.answers) {
        json row{{"id", a.id}, {"name", a.name}, {"method", a.method}};
        if (a.refused()) row["refused"] = a.refusal;
        else
            row.update({{"estimate", number(a.value)},
                        {"standard_error", number(a.error)},
                        {"low_95", number(a.low)},
                        {"high_95", number(a.high)},
                        {"degrees_of_freedom", number(a.df)},
                        {"r_squared", number(a.r_squared)},
                        {"treated_used", a.targets},
                        {"pairs", a.pairs},
                        {"outside_caliper", a.dropped},
                        {"balance", balance_json(a.balance)}});
        out["estimates"].push_back(std::move(row));
    }
    return out;
}

void print(const Battery& b, const ReadSample& read) {
    std::printf("%s read; %zu treated and %s used", counted(read.rows, "row").c_str(), b.treated,
                counted(b.controls, "control").c_str());
    if (b.clusters > 0) std::printf(" in %zu clusters", b.clusters);
    std::printf("\n");
    for (const auto& [column, rows] : read.empty) std::printf("  left out  %6zu  %s is empty\n", rows, column.c_str());
    std::printf("\n%-44s %9s %9s   %-20s %s\n", "estimator", "estimate", "error", "95 % interval", "pairs");
    for (const Answer& a : b.answers) {
        if (a.refused()) {
            std::printf("%-44s refused: %s\n", a.name.c_str(), a.refusal.c_str());
            continue;
        }
        char interval[64];
        std::snprintf(interval, sizeof interval, "%.3f to %.3f", a.low, a.high);
        std::printf("%-44s %9.4f %9.4f   %-20s", a.name.c_str(), a.value, a.error, interval);
        if (a.pairs > 0) std::printf(" %zu", a.pairs);
        if (a.dropped > 0) std::printf(", %zu treated outside the caliper", a.dropped);
        std::printf("\n");
    }
    std::printf("\n%-30s %s\n", "balance", "standardised difference: before, after matching on all covariates");
    const Answer* matched = b.find("nearest_neighbour");
    for (std::size_t k = 0; k < b.raw.size(); ++k) {
        std::printf("%-30s %9.3f", b.raw[k].covariate.c_str(), b.raw[k].before);
        if (matched != nullptr && k < matched->balance.size()) std::printf(" %9.3f", matched->balance[k].after);
        std::printf("\n");
    }
    if (std::isfinite(b.overlap))
        std::printf("overlap: %.0f %% of the treated lie inside the range of the controls' scores\n", 100 * b.overlap);
}

}  // namespace

int estimate(const EstimateCommand& c) {
    const CsvText table = read_csv_file(c.file);
    for (const std::string& note : table.notes) std::fprintf(stderr, "read as: %s\n", note.c_str());
    ReadSample read = read_sample(table, c.file, {c.outcome, c.treated, c.before, c.clusters, c.covariates});
    if (!read.problems.empty()) {
        std::fputs(report_of(read.problems, "", "Nothing was estimated.").c_str(), stderr);
        return invalid;
    }
    BatteryOptions options;
    options.matches = c.matches;
    options.caliper = c.caliper;
    const Battery battery = run_battery(read.sample, options);
    if (c.json) std::printf("%s\n", as_json(battery, read).dump(2).c_str());
    else print(battery, read);
    return done;
}

}  // namespace hubs
