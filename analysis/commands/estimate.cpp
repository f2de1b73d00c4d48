#include <algorithm>
#include <cstdio>
#include <memory>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/base/output_place.h"
#include "analysis/commands/command.h"
#include "analysis/commands/estimate.h"
#include "analysis/commands/estimate_output.h"
#include "analysis/statistics/estimator/sample_columns.h"
#include "analysis/report/estimate_page.h"
#include "analysis/report/waves_page.h"
#include "sim/run/messages.h"
#include "sim/run/reader.h"

namespace hubs {
namespace {

/// "fsm=5,pupils=200": a covariate and the widest difference in its units.
std::vector<std::pair<std::string, double>> calipers_of(const EstimateCommand& c,
                                                        const std::vector<std::string>& covariates,
                                                        Problems& problems) {
    std::vector<std::pair<std::string, double>> out;
    for (const std::string& one : name_list(c.calipers)) {
        const auto sign = one.rfind('=');
        const std::string name = one.substr(0, sign);
        const auto width = sign == std::string::npos ? std::nullopt : as_number(one.substr(sign + 1));
        const bool start = !c.columns.before.empty() && name == c.columns.before;
        const bool known = start || std::find(covariates.begin(), covariates.end(), name) != covariates.end();
        if (known && width && *width > 0) {
            out.emplace_back(name, *width);
            continue;
        }
        Problem p;
        p.file = "--calipers";
        p.headline = '"' + one + '"';
        p.path = name;
        p.expected = "a covariate, =, and the widest difference in its units, as fsm=5";
        if (const std::string near = nearest_word(name, covariates); !known && !near.empty())
            p.expected += "; did you mean \"" + near + "\"?";
        problems.push_back(p);
    }
    return out;
}

/// A file made earlier by the same option is replaced.
std::optional<OutputFile> output(const std::string& place, const EstimateCommand& c,
                                 const std::function<bool(const std::string&)>& is_ours) {
    if (place.empty()) return std::nullopt;
    return std::optional<OutputFile>(std::in_place, place, is_ours, std::vector<std::string>{c.file}, c.force);
}
std::function<bool(const std::string&)> begins(const std::string& with) {
    return [with](const std::string& text) { return text.starts_with(with); };
}

/// A refusal of the whole sample also says what was left out of it.
Battery answers_on(const ReadSample& read, const BatteryOptions& options) {
    try {
        return run_battery(read.sample, options);
    } catch (const EstimationError& e) {
        std::string what = e.what();
        for (const auto& [why, rows] : read.empty) what += "\n  left out  " + counted(rows, "row") + ": " + why;
        throw EstimationError(what);
    }
}

}  // namespace

int estimate(const EstimateCommand& c) {
    const auto pairs = output(c.pairs, c, begins("estimator,row,match,weight\n")),
               weights = output(c.weights_out, c, begins("row,treated,score")),
               page = output(c.report, c, is_estimate_page);
    const CsvText table = read_csv_file(c.file);
    for (const std::string& note : table.notes) std::fprintf(stderr, "read as: %s\n", note.c_str());
    SampleColumns columns = c.columns;
    columns.covariates = name_list(c.covariates);
    columns.exact = name_list(c.exact);
    columns.missing = name_list(c.missing);
    ReadSample read = read_sample(table, c.file, columns);
    BatteryOptions options = c.options;
    options.keep_rows = pairs || weights;
    for (std::size_t e = 0; e < estimand_words.size(); ++e)
        if (c.estimand == estimand_words[e]) options.estimand = static_cast<Estimand>(e);
    if (read.problems.empty()) options.calipers = calipers_of(c, read.sample.names, read.problems);
    if (!read.problems.empty()) {
        std::fputs(report_of(read.problems, "", "Nothing was estimated.").c_str(), stderr);
        return invalid;
    }
    const Battery battery = answers_on(read, options);
    if (c.json) std::printf("%s\n", estimate_json(battery, read).dump(2).c_str());
    else std::fputs(estimate_text(battery, read).c_str(), stdout);
    if (battery.separated && !c.options.drop_separating && !c.json)
        std::printf("--drop-separating leaves out of the score what tells the arms apart, and keeps the rest.\n");
    if (pairs) pairs->write(pairs_csv(battery, read));
    if (weights) weights->write(weights_csv(battery, read));
    if (page) page->write(estimate_page(battery, read, c.file));
    return done;
}

Command estimate_command() {
    const auto c = std::make_shared<EstimateCommand>();
    return {"estimate",
            "The evaluation's estimators on a table of your own",
            {{"file", &c->file, "CSV, one row for each school"},
             needed({"--outcome", &c->columns.outcome, "column: benchmarks at the end"}),
             needed({"--treated", &c->columns.treated, "column: 1 or yes in a hub, 0 or no not"}),
             {"--treated-is", &c->columns.arms.treated, "the value of --treated that means treated"},
             {"--control-is", &c->columns.arms.control, "the value that means not treated, if there are others"},
             {"--before", &c->columns.before, "column: benchmarks at the start"},
             {"--covariates", &c->covariates, "columns, with commas between; a name with a comma in double quotes"},
             {"--clusters", &c->columns.clusters, "column: hub or area, for errors by cluster"},
             {"--weights", &c->columns.weights, "column: weights of sampling or non-response"},
             {"--exact", &c->exact, "columns that must agree for rows to be matched"},
             {"--calipers", &c->calipers, "widest differences of matched rows, as fsm=5,pupils=200"},
             {"--missing", &c->missing, "codes for missing values, beside NA, c, z and the like"},
             {"--estimand", &c->estimand, "effect on the treated, all or controls", OneOf{"att", "ate", "atc"}},
             with_default({"--matches", &c->options.matches,
                           "to one on the propensity score; a row with fewer inside the caliper is left out",
                           WholeRange{1, 50}}),
             with_default({"--caliper", &c->options.caliper, "in standard deviations of the score; 0: none",
                           NumberRange{0, 10}}),
             {"--drop-separating", &c->options.drop_separating,
              "leave out of the score the columns that tell the arms apart"},
             {"--id", &c->columns.id, "column: names rows in the files written; else their line"},
             {"--pairs", &c->pairs, "CSV to write: who was matched with whom"},
             {"--weights-out", &c->weights_out, "CSV to write: score and weights of each row"},
             {"--report", &c->report, "page to write: answers, balance and overlap as pictures"},
             {"--json", &c->json, "full precision and balance"},
             force_option(c->force)},
            [c](const std::string&) { return estimate(*c); }};
}

}  // namespace hubs
