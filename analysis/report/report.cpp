#include "analysis/report/report.h"

#include <cmath>
#include <cstdlib>

#include "analysis/report/chart_parts.h"
#include "analysis/report/html.h"
#include "analysis/report/sections.h"
#include "analysis/report/words.h"
#include "analysis/results/calibration_basis.h"

namespace hubs {
namespace {

const std::vector<Cell>* best_row(const StudyTables& t, const ReportFacts& f) {
    const Table& h = t.of("headline");
    const std::vector<Cell>* best = nullptr;
    for (std::size_t p = 1; p < f.plans.size(); ++p)
        for (const auto* row : t.rows("headline", {{"plan", f.plans[p]}}))
            if (best == nullptr || number((*row)[h.column("difference")]) > number((*best)[h.column("difference")]))
                best = row;
    return best;
}

/// Whether parameters are drawn from the shipped calibration.
bool calibrated(const StudyTables& t) { return !t.of("fit").rows.empty(); }

std::string badges(const ReportFacts& f, const StudyTables& t) {
    const auto* best = best_row(t, f);
    if (best == nullptr) return "";
    const Table& h = t.of("headline");
    const auto at = [&](const char* c) { return number((*best)[h.column(c)]); };
    const double per = at("gbp_per_benchmark_year");
    const double assumed = section::assumed_percent(t);
    const std::string rests = assumed < 0 ? "Much of it still rests on assumptions."
                                          : fixed(assumed, 0) + " % of what could move it rests on assumptions.";
    return "<ul class=\"badges\"><li>Impact<b>" + fixed(at("difference"), 2) +
           " benchmarks</b>more per establishment than “" + escaped(f.plans.front()) + "”</li><li>Cost<b>" +
           pounds(at("extra_cost_gbp")) + "</b>more, present value" +
           (std::isfinite(per) ? ": " + pounds(per) + " for each extra benchmark held for a year" : "") +
           "</li><li>Evidence<b class=\"locks\" role=\"img\" aria-label=\"" +
           std::string(is_calibrated(t.of("calibration_basis")) ? "2 of 5 padlocks\">●●○○○</b>"
                                                                : "1 of 5 padlocks\">●○○○○</b>") +
           escaped(calibration_sentence(t.of("calibration_basis"))) + " " +
           (calibrated(t) ? rests : "The range holds luck only.") + "</li></ul>";
}

std::string caveats(const StudyTables& t) {
    return "<p><strong>Three cautions.</strong> Attainment is what schools say of themselves; the model keeps what is true and what is reported apart. " +
           std::string(
               calibrated(t)
                   ? "Parameters are drawn from a calibration to 2018 to 2023, and the range holds luck and parameters; what the model leaves out is not in it. "
                   : "Parameters are defaults from evidence or assumption, so the range shown holds luck alone and is too narrow. ") +
           "Which part of a hub does the work cannot be told from any published figure.</p>" +
           section::waves_caution(t);
}

/// Luck and parameters kept apart.
std::string uncertainty(const StudyTables& t) {
    return "<section id=\"basis\"><h2>How far this run is calibrated</h2><p class=\"subtitle\">" +
           escaped(calibration_sentence(t.of("calibration_basis"))) + "</p>" +
           table_html(t.of("calibration_basis"), "What the calibration was made with, beside this run") +
           "</section><section id=\"uncertainty\"><h2>Where the uncertainty comes from</h2><p class=\"subtitle\">Spread of each plan's difference from the reference, at the end of the run</p>" +
           table_html(t.of("uncertainty"), "Luck and parameters apart") +
           "<p>Two runs in turn share a draw of parameters: what still differs between them is luck. What the model leaves out is in neither.</p>" +
           (t.of("structure").rows.empty()
                ? ""
                : table_html(t.of("structure"),
                             "The form of the model: the same runs under other rules for how practice is shared")) +
           "</section>";
}

/// The page of fit: misses first, then everything, then what the data tell.
std::string fit_page(const StudyTables& t) {
    if (!calibrated(t)) return "";
    const Chart c = chart::fit(t);
    Table missed = c.table;
    missed.rows.clear();
    const Table& all = t.of("fit");
    for (std::size_t r = 0; r < all.rows.size(); ++r)
        if (!chart::fits(all, all.rows[r])) missed.rows.push_back(c.table.rows[r]);
    std::string out =
        chart_html(c, missed.rows.empty() ? "<p>No figure is missed.</p>"
                                          : table_html(missed, "Missed: " + std::to_string(missed.rows.size())));
    out = out.substr(0, out.rfind("</section>"));
    std::string unknown;
    const Table& parameters = t.of("identified");
    for (const auto& row : parameters.rows)
        if (number(row[parameters.column("identified")]) < 1)
            unknown += (unknown.empty() ? "" : ", ") + escaped(text(row[0]));
    return out +
           "<p>Not identified by these figures, so as uncertain as before: " + (unknown.empty() ? "none" : unknown) +
           ".</p>" + table_html(parameters, "What the figures tell about each parameter", false) + "</section>";
}

/// The headline with plans as columns, which fits a page.
Table options_table(const StudyTables& t) {
    const Table& h = t.of("headline");
    Table out{"options", "Plans compared", {{"measure", "At the end of the run", "", 0}}, {}};
    for (const auto& row : h.rows) out.columns.push_back({"plan", text(row[0]), "", as_written});
    for (std::size_t c = 1; c < h.columns.size(); ++c) {
        const TableColumn& column = h.columns[c];
        std::vector<Cell> line{column.label + (column.unit.empty() || column.unit.rfind("benchmarks", 0) == 0
                                                   ? ""
                                                   : " (" + column.unit + ")")};
        for (const auto& row : h.rows) {
            const bool money = column.name.find("gbp") != std::string::npos;
            line.emplace_back(text(row[c]).empty() ? "–"
                              : money              ? pounds(number(row[c]))
                                                   : fixed(number(row[c]), column.decimals));
        }
        out.rows.push_back(std::move(line));
    }
    return out;
}

std::string young_people(const StudyTables& t) {
    return "<section id=\"young-people\"><h2>Pupils reached, and what that may mean for them</h2><p class=\"subtitle\">Pupils of establishments that truly achieve benchmarks 5 or 6, at the end of the run</p>" +
           table_html(t.of("readiness"), "Pupils reached and career readiness") +
           "<p>Evidence: 396 pupils of 14 hub schools who answered the Future Skills questionnaire before and after a term of activities, with no comparison group (S137). "
           "The shares are applied to pupils reached; they are not an effect of hubs. Padlocks: 1 of 5.</p></section>";
}

/// Groups too small to be published, by name.
std::string not_shown(const StudyTables& t) {
    std::string out;
    for (const auto& row : t.of("suppressed").rows)
        out += (out.empty() ? "" : "; ") + escaped(text(row[0])) + " “" + escaped(text(row[1])) + "”";
    return out.empty()
               ? ""
               : "Groups of fewer than five establishments are not shown, since a figure would speak of single schools: " +
                     out + ". ";
}

/// What is said below a chart and its table.
std::string after_chart(const std::string& id, const StudyTables& t) {
    if (id == "groups") return section::who_gains(t);
    if (id == "value") return section::value_for_money(t);
    if (id == "assumptions-that-matter") return section::what_would_change(t);
    return "";
}

}  // namespace

std::string headline_sentence(const ReportFacts& f, const StudyTables& t) {
    const auto* best = best_row(t, f);
    const Table& h = t.of("headline");
    if (best == nullptr) {
        const double level =
            number(t.rows("headline", {{"plan", f.plans.front()}}).front()->at(h.column("benchmarks_mean")));
        return "“" + f.plans.front() + "” leads to " + fixed(level, 2) + " benchmarks per establishment by " +
               month_in_words(f.last_month) + ".";
    }
    const auto at = [&](const char* c) { return number((*best)[h.column(c)]); };
    const double diff = at("difference");
    if (diff == 0)
        return "“" + text((*best)[0]) + "” makes no difference: as many benchmarks as “" + f.plans.front() +
               "” in every run.";
    return "“" + text((*best)[0]) + "” " + (diff >= 0 ? "adds " : "loses ") + fixed(std::fabs(diff), 2) +
           " benchmarks per establishment " + (diff >= 0 ? "over" : "against") + " “" + f.plans.front() + "” by " +
           month_in_words(f.last_month) + section::range_of_runs(at("difference_p10"), at("difference_p90"), t) +
           "; it is ahead in " + section::of_runs(at("ahead_percent"), t) + " paired runs.";
}

std::string report_html(const ReportFacts& f, const std::vector<Table>& tables) {
    const StudyTables t(tables);
    const auto charts = charts_of(t, f.plans, f.place);
    std::string out = page_start(f.name + " – hubsim report", f.question.empty() ? f.name : f.question,
                                 f.name + " · " + fixed(f.establishments, 0) + " establishments, " + f.place + " · " +
                                     std::to_string(f.plans.size()) + (f.plans.size() == 1 ? " plan" : " plans") +
                                     " × " + std::to_string(f.replicates) + " runs · " + f.date + " · hubsim " +
                                     f.version + " · " + f.fingerprint.substr(0, 8)) +
                      "<p class=\"headline\">" + escaped(headline_sentence(f, t)) + "</p>";
    out += section::answer(f, t) + badges(f, t) + caveats(t);
    std::string body =
        "<section id=\"options\"><h2>The options side by side</h2><p class=\"subtitle\">At the end of the run, " +
        escaped(f.place) + ". Same horizon, same price base (" + escaped(f.price_base) + "), same luck</p>" +
        table_html(options_table(t), "Plans compared; the first is the reference") + "</section>";
    for (const Chart& c : charts) body += c.id == "fit" ? "" : chart_html(c, "", after_chart(c.id, t));
    body += section::would_we_know(t) + young_people(t);
    if (!t.of("published").rows.empty())
        body +=
            "<section id=\"published\"><h2>What was published, beside what the model predicts</h2><p class=\"subtitle\">Furthest apart first</p>" +
            table_html(t.of("published"), "Published and predicted") + "</section>";
    body += fit_page(t) + uncertainty(t) + section::plan_differences(f, t) + section::waves(t) +
            section::assumptions(t) + section::logs(t);
    body += "<section id=\"limits\"><h2>What this cannot say</h2><p>" + escaped(f.population_note) +
            " Nothing here speaks of pupils' later lives. Meetings more often than six a year, and anything beyond "
            "what hubs have done, is extrapolation. " +
            not_shown(t) +
            "Not a product of the Department for Education or The Careers &amp; Enterprise Company.</p></section>" +
            section::reproducibility(f) + section::model_summary() + section::assurance();
    return out + contents_of(body) + body + page_end(f.scenario_json);
}

}  // namespace hubs
