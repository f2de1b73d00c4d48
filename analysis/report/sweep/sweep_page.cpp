#include "analysis/report/sweep/sweep_page.h"

#include <cmath>

#include "analysis/page/html.h"
#include "analysis/page/wording.h"
#include "analysis/report/sweep/gathered.h"

namespace hubs {
namespace {

/// Luck and evidence of one output, in words.
std::string badges(const SweepTables& t, const std::string& output) {
    const Table& o = t.of("outputs");
    std::string out;
    for (const auto* row : t.rows("outputs", {{"output", output}})) {
        const auto at = [&](const char* c) { return number((*row)[o.column(c)]); };
        out += "<li>Mean over all rows<b>" + readable(at("mean")) + "</b>" + escaped(text((*row)[o.column("unit")])) + ", from " + readable(at("lowest")) +
               " to " + readable(at("highest")) + "</li><li>Pure luck<b>" +
               (std::isfinite(at("luck_percent")) ? fixed(at("luck_percent"), 0) + " %" : std::string("not known")) + "</b>" +
               (std::isfinite(at("luck_percent")) ? "of what differs between single runs" : "one replicate a row cannot tell") + "</li>";
    }
    double assumed = 0;
    bool known = false;
    const Table& e = t.of("evidence");
    for (const auto* row : t.rows("evidence", {{"output", output}})) {
        if (!std::isfinite(number((*row)[e.column("share")]))) continue;
        known = true;
        if (number((*row)[e.column("padlocks")]) <= 1) assumed += number((*row)[e.column("share")]);
    }
    if (known) out += "<li>Rests on assumptions<b>" + fixed(assumed, 0) + " %</b>of the sensitivity is to settings with evidence 0 or 1 of 5</li>";
    return "<ul class=\"badges\">" + out + "</ul>";
}

}  // namespace

/// The first output that varies; the page speaks of it.
std::string ranked_output(const SweepFacts& f, const SweepTables& t) {
    for (const std::string& output : f.outputs)
        if (!t.rows("ranking", {{"output", output}}).empty()) return output;
    return f.outputs.front();
}

std::string readable(double value) { return fixed(value, std::fabs(value) >= 100 ? 0 : std::fabs(value) >= 10 ? 1 : 2); }

std::string sweep_headline(const SweepFacts& f, const SweepTables& t) {
    const Table& r = t.of("ranking");
    std::vector<std::string> first;
    std::size_t standing = 0, all = 0;
    bool luck = true;
    for (const auto* row : t.rows("ranking", {{"output", ranked_output(f, t)}})) {
        ++all;
        luck = text((*row)[r.column("measure")]) != pawn_measure;
        if (number((*row)[r.column("stands_out")]) < 1) continue;
        if (++standing <= 3) first.push_back("“" + setting_label(text((*row)[r.column("meaning")]), text((*row)[r.column("factor")])) + "”");
    }
    const std::string more = luck ? " more than luck does." : " more than chance would.";
    if (standing == 0) return "None of " + std::to_string(all) + " settings moves the output" + more;
    std::string named = first.front();
    for (std::size_t i = 1; i < first.size(); ++i) named += (i + 1 == first.size() ? " and " : ", ") + first[i];
    return named + (first.size() == 1 ? " drives" : " drive") + " the answer: " + std::to_string(standing) + " of " + std::to_string(all) +
           " settings move it" + more;
}

std::string sweep_page(const SweepFacts& f, const std::vector<Table>& tables) {
    const SweepTables t(tables);
    std::string out = page_start(f.name + " – hubsim sweep", f.question.empty() ? f.name : f.question,
                                 f.name + " · " + f.design + " · " + fixed(static_cast<double>(f.rows), 0) + " rows, " + fixed(static_cast<double>(f.runs), 0) +
                                     " runs · hubsim " + f.version + " · " + f.fingerprint.substr(0, 8));
    bool ranked = false;
    for (const Table& table : tables) ranked |= table.name == "ranking";
    if (ranked) out += "<p class=\"headline\">" + escaped(sweep_headline(f, t)) + "</p>" + badges(t, ranked_output(f, t));
    else out += "<p class=\"headline\">The outputs do not vary, so nothing can be said of what moves them.</p>";
    if (f.failed > 0) out += "<p><strong>" + std::to_string(f.failed) + " runs failed</strong> and are left out; their messages are in runs.csv.</p>";
    out +=
        "<p><strong>How to read this.</strong> Every row changes settings and keeps the luck. A setting that stands out moves the output, over the range it was "
        "given, more than luck or chance would. It need not be wrong, nor can it always be chosen. Indices say what matters if each setting lies anywhere in its "
        "range, apart from the others; after a calibration settings hang together, and the value of information in a run's report is the better guide to what to "
        "find out. An index below nought or above one is shown as estimated: at this number of points it cannot be told from nought or one.</p>";
    if (f.rows > most_rows_of_given_data) out += "<p>Measures of given data, curves and pairs look at 20,000 rows drawn at random.</p>";
    std::string body;
    for (std::size_t o = 0; o < f.outputs.size(); ++o)
        for (const Chart& c : sweep_charts(t, f.outputs[o], ranked && f.outputs[o] == ranked_output(f, t))) body += chart_html(c, "");
    body += "<section id=\"tables\"><h2>All figures</h2><p class=\"subtitle\">The same tables as in data/ and sweep.sqlite</p>";
    for (const Table& table : tables)
        if (table.name == "cloud") continue;
        else if (table.rows.size() <= 400) body += table_html(table, table.title, false);
        else body += "<p>" + escaped(table.title) + ": " + fixed(static_cast<double>(table.rows.size()), 0) + " rows, in data/" + table.name + ".csv.</p>";
    body +=
        "</section><section id=\"again\"><h2>To get the same numbers again</h2><pre>hubsim sweep run STUDY.json -o DIR\nhubsim sweep merge DIR</pre><p>Study " +
        escaped(f.study_id) + "; fingerprint of all runs " + escaped(f.fingerprint) +
        ". They do not depend on shards, order, threads or machine. The study is embedded in this page.</p></section>";
    return out + contents_of(body) + body + page_end(f.study_json);
}

}  // namespace hubs
