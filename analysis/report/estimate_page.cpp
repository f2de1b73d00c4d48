#include "analysis/report/estimate_page.h"

#include <algorithm>
#include <cmath>

#include "analysis/base/words.h"
#include "analysis/page/chart_parts.h"
#include "analysis/page/html.h"
#include "analysis/page/wording.h"

namespace hubs {
namespace {

using chart::Json;

std::string statement(const Battery& b) {
    const Answer* a = b.first();
    if (a == nullptr) return "No estimator could answer.";
    const std::string size = decimal(std::fabs(a->value), 2), range = " (95 % interval " + decimal(a->low, 2) + " to " +
                                                                      decimal(a->high, 2) + ", " + a->name + ").";
    if (a->low > 0) return "The treated end " + size + " higher than rows like them that were not treated" + range;
    if (a->high < 0) return "The treated end " + size + " lower than rows like them that were not treated" + range;
    return "The treated cannot be told from rows like them that were not treated: " + decimal(a->value, 2, true) +
           range;
}

Table answers_table(const Battery& b) {
    Table out{"estimates",
              "All estimators",
              {{"estimator", "Estimator", "", 0},
               {"effect_on", "Effect on", "", 0},
               {"estimate", "Estimate", "", 3},
               {"error", "Standard error", "", 3},
               {"low", "95 % from", "", 3},
               {"high", "to", "", 3},
               {"errors", "Kind of error", "", 0},
               {"notes", "What to know", "", 0}},
              {}};
    for (const Answer& a : b.answers) {
        std::string notes = a.refused() ? "Refused: " + a.refusal : "";
        for (const std::string& note : a.notes) notes += (notes.empty() ? "" : "; ") + note;
        if (a.refused())
            out.rows.push_back(
                {a.name, a.estimand, std::string(), std::string(), std::string(), std::string(), std::string(), notes});
        else out.rows.push_back({a.name, a.estimand, a.value, a.error, a.low, a.high, a.errors, notes});
    }
    return out;
}

Chart answers_chart(const Battery& b) {
    Chart c;
    c.id = "estimates";
    c.subtitle = "Difference in the outcome, with 95 % intervals";
    c.table = answers_table(b);
    Json data = Json::array(), order = Json::array();
    double least = 0, most = 0;
    std::size_t positive = 0, negative = 0, all = 0;
    for (const Answer& a : b.answers) {
        if (a.refused() || a.id == "nearest_neighbour_single") continue;
        least = all == 0 ? a.value : std::min(least, a.value);
        most = all == 0 ? a.value : std::max(most, a.value);
        ++all;
        positive += a.low > 0;
        negative += a.high < 0;
        order.push_back(a.name);
        data.push_back({{"estimator", a.name}, {"value", a.value}, {"low", a.low}, {"high", a.high}});
    }
    c.title = all == 0 ? "No estimator could answer"
                       : "Estimators find " + decimal(least, 2) + " to " + decimal(most, 2) + "; " +
                             (positive == all ? "all intervals lie above nought"
                              : negative == all
                                  ? "all intervals lie below nought"
                                  : std::to_string(all - positive - negative) + " of " + counted(all, "interval") +
                                        (all - positive - negative == 1 ? " holds nought" : " hold nought"));
    Json spec = chart::base(c.title);
    spec["width"] = "container";
    spec["data"] = {{"values", data}};
    const Json y{{"field", "estimator"},
                 {"type", "nominal"},
                 {"sort", order},
                 {"title", nullptr},
                 {"axis", {{"labelLimit", 260}}}};
    Json low = chart::axis("low", "Difference in the outcome");
    spec["layer"] = {
        {{"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}}}, {"encoding", {{"x", {{"datum", 0}}}}}},
        {{"mark", {{"type", "rule"}, {"strokeWidth", 5}, {"color", chart::colours[0]}, {"opacity", 0.45}}},
         {"encoding", {{"y", y}, {"x", low}, {"x2", {{"field", "high"}}}}}},
        {{"mark", {{"type", "point"}, {"filled", true}, {"size", 70}, {"color", chart::colours[0]}, {"opacity", 1}}},
         {"encoding", {{"y", y}, {"x", chart::axis("value", "Difference in the outcome")}}}}};
    c.spec = spec.dump();
    return c;
}

/// Love plot: how far apart the arms are in each covariate, before and after.
Chart balance_chart(const Battery& b) {
    Chart c;
    c.id = "balance";
    c.subtitle =
        "Standardised difference, treated less controls, in standard deviations of the treated; the lines mark 0.1";
    c.table = {
        "balance", "Balance before and after", {{"covariate", "Covariate", "", 0}, {"before", "Before", "", 3}}, {}};
    std::vector<std::pair<std::string, const Answer*>> ways;
    for (const auto& [id, name] : {std::pair("nearest_neighbour", "Matched on all"),
                                   std::pair("propensity", "Matched on the score"), std::pair("weighting", "Weighted")})
        if (const Answer* a = b.find(id); a != nullptr && !a->refused()) ways.emplace_back(name, a);
    Json data = Json::array(), order = Json::array(), domain{"Before"}, shapes{"circle"};
    std::vector<std::string> names{"Before"};
    std::size_t bad_before = 0, bad_after = 0;
    const char* const marks[] = {"square", "triangle-up", "diamond"};
    for (std::size_t w = 0; w < ways.size(); ++w) {
        c.table.columns.push_back({"after_" + std::to_string(w + 1), ways[w].first, "", 3});
        domain.push_back(ways[w].first);
        names.push_back(ways[w].first);
        shapes.push_back(marks[w]);
    }
    for (std::size_t k = 0; k < b.raw.size(); ++k) {
        const std::string& name = b.raw[k].covariate;
        order.push_back(name);
        bad_before += std::fabs(b.raw[k].before) > 0.1;
        data.push_back({{"covariate", name}, {"way", "Before"}, {"difference", b.raw[k].before}});
        std::vector<Cell> row{name, b.raw[k].before};
        for (std::size_t w = 0; w < ways.size(); ++w) {
            const double after = ways[w].second->balance[k].after;
            bad_after += w == 0 && std::fabs(after) > 0.1;
            data.push_back({{"covariate", name}, {"way", ways[w].first}, {"difference", after}});
            row.push_back(after);
        }
        c.table.rows.push_back(std::move(row));
    }
    c.title = std::to_string(bad_before) + " of " + counted(b.raw.size(), "covariate") +
              " differed by more than 0.1 before" +
              (ways.empty() ? ""
                            : ", " + std::to_string(bad_after) + " when " +
                                  (ways[0].second->id == "weighting" ? "weighted" : "matched"));
    Json spec = chart::base(c.title);
    spec["width"] = "container";
    spec["data"] = {{"values", data}};
    const Json rule{{"type", "rule"}, {"strokeDash", {2, 3}}};
    Json way{{"field", "way"},
             {"type", "nominal"},
             {"title", nullptr},
             {"scale", {{"domain", domain}, {"range", chart::cycle(chart::colours, names.size())}}}};
    Json shape{
        {"field", "way"}, {"type", "nominal"}, {"title", nullptr}, {"scale", {{"domain", domain}, {"range", shapes}}}};
    spec["layer"] = {{{"mark", {{"type", "rule"}}}, {"encoding", {{"x", {{"datum", 0}}}}}},
                     {{"mark", rule}, {"encoding", {{"x", {{"datum", 0.1}}}}}},
                     {{"mark", rule}, {"encoding", {{"x", {{"datum", -0.1}}}}}},
                     {{"mark", {{"type", "point"}, {"filled", true}, {"size", 70}, {"opacity", 1}}},
                      {"encoding",
                       {{"y",
                         {{"field", "covariate"},
                          {"type", "nominal"},
                          {"sort", order},
                          {"title", nullptr},
                          {"axis", {{"labelLimit", 220}}}}},
                        {"x", chart::axis("difference", "Standardised difference")},
                        {"color", way},
                        {"shape", shape}}}}};
    c.spec = spec.dump();
    return c;
}

/// Where the scores of both arms lie, in twenty classes.
Chart overlap_chart(const Battery& b, const Sample& sample) {
    constexpr std::size_t classes = 20;
    Chart c;
    c.id = "overlap";
    c.title = decimal(100 * b.overlap, 0) + " % of " + aimed_in_words(b.estimand) +
              " lie inside the range of the other arm's scores";
    c.subtitle = "Rows by propensity score: the chance of being treated, as the covariates tell it";
    c.table = {"overlap",
               "Rows by propensity score",
               {{"from", "Score from", "", 2},
                {"to", "to", "", 2},
                {"treated", "Treated", "rows", 0},
                {"controls", "Controls", "rows", 0}},
               {}};
    std::array<std::array<std::int64_t, 2>, classes> count{};
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const auto at = static_cast<std::size_t>(b.score[static_cast<Eigen::Index>(i)] * classes);
        ++count[std::min(at, classes - 1)][sample.treated[i]];
    }
    Json data = Json::array();
    for (std::size_t k = 0; k < classes; ++k) {
        const double from = static_cast<double>(k) / classes, to = static_cast<double>(k + 1) / classes;
        c.table.rows.push_back({from, to, count[k][1], count[k][0]});
        data.push_back({{"from", from}, {"to", to}, {"rows", count[k][1]}, {"arm", "Treated"}});
        data.push_back({{"from", from}, {"to", to}, {"rows", -count[k][0]}, {"arm", "Controls"}});
    }
    Json spec = chart::base(c.title);
    spec["width"] = "container";
    spec["data"] = {{"values", data}};
    spec["mark"] = {{"type", "bar"}, {"opacity", 1}};
    spec["encoding"] = {
        {"x",
         {{"field", "from"},
          {"type", "quantitative"},
          {"title", "Propensity score"},
          {"bin", {{"binned", true}, {"step", 0.05}}}}},
        {"x2", {{"field", "to"}}},
        {"y",
         {{"field", "rows"},
          {"type", "quantitative"},
          {"title", "Rows: treated up, controls down"},
          {"axis", {{"labelExpr", "abs(datum.value)"}}}}},
        {"color",
         {{"field", "arm"},
          {"type", "nominal"},
          {"title", nullptr},
          {"scale", {{"domain", {"Treated", "Controls"}}, {"range", {chart::colours[0], chart::colours[1]}}}}}}};
    c.spec = spec.dump();
    return c;
}

std::string list_html(const std::vector<std::string>& items) {
    std::string out = "<ul>";
    for (const std::string& item : items) out += "<li>" + escaped(item) + "</li>";
    return out + "</ul>";
}

}  // namespace

std::string estimate_page(const Battery& b, const ReadSample& read, const std::string& file) {
    const std::string name = file.substr(file.find_last_of('/') + 1);
    std::string out =
        page_start(name + " – hubsim estimate", "What the treated gained in " + name,
                   counted(read.rows, "row") + " read, " + std::to_string(b.treated) + " treated and " +
                       counted(b.controls, "control") + " used" +
                       (b.clusters > 0 ? " in " + counted(b.clusters, "cluster") : "") + " · hubsim " HUBSIM_VERSION,
                   false);
    out += "<p class=\"headline\">" + escaped(statement(b)) + "</p>";
    if (!b.warnings.empty()) out += "<p><strong>Read with care:</strong></p>" + list_html(b.warnings);
    std::vector<std::string> how = read.notes;
    for (const auto& [what, rows] : read.empty) how.push_back(counted(rows, "row") + " left out: " + what);
    how.insert(how.end(), b.left_out.begin(), b.left_out.end());
    std::string body = chart_html(answers_chart(b), "");
    if (!b.raw.empty()) body += chart_html(balance_chart(b), "");
    if (b.score.size() > 0) body += chart_html(overlap_chart(b, read.sample), "");
    if (!how.empty()) body += "<section id=\"read\"><h2>How the table was read</h2>" + list_html(how) + "</section>";
    return out + contents_of(body) + body + page_end("{}", "Made from a table of your own: nothing left this machine.");
}

}  // namespace hubs
