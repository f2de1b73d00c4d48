#include "analysis/report/waves_page.h"

#include <cmath>

#include "analysis/base/words.h"
#include "analysis/page/chart_parts.h"
#include "analysis/page/html.h"
#include "analysis/page/wording.h"

namespace hubs {
namespace {

using chart::Json;

std::string interval_text(const WaveEffect& e) { return decimal(e.low, 2) + " to " + decimal(e.high, 2); }

std::string statement(const WaveEstimates& w) {
    const std::string range = " (95 % interval " + interval_text(w.overall) + ").";
    const std::string since = ", on average since joining, than they would have been outside" + range;
    if (w.overall.low > 0) return "Those who joined stand " + decimal(w.overall.value, 2) + " higher" + since;
    if (w.overall.high < 0) return "Those who joined stand " + decimal(-w.overall.value, 2) + " lower" + since;
    return "Those who joined cannot be told from what they would have been outside: " +
           decimal(w.overall.value, 2, true) + range;
}

std::string event_title(const WaveEstimates& w) {
    const EventTime *first = nullptr, *last = nullptr;
    std::size_t before = 0, outside = 0;
    for (const EventTime& e : w.by_event) {
        if (e.since < 0) {
            ++before;
            outside += e.effect.band_low > 0 || e.effect.band_high < 0;
            continue;
        }
        if (first == nullptr) first = &e;
        last = &e;
    }
    std::string out;
    if (first != nullptr)
        out = first == last ? "The effect is " + decimal(first->effect.value, 2) + " in the period of joining"
                            : "The effect goes from " + decimal(first->effect.value, 2) +
                                  " in the period of joining to " + decimal(last->effect.value, 2) + " after " +
                                  counted(static_cast<std::size_t>(last->since), "period");
    if (before == 0) return out + "; no time before joining can be checked";
    return out + (outside == 0 ? "; before joining nothing stands out"
                               : "; before joining " + counted(outside, "period") + " of " + std::to_string(before) +
                                     (outside == 1 ? " already differs" : " already differ"));
}

Chart event_chart(const WaveEstimates& w) {
    Chart c;
    c.id = "events";
    c.title = event_title(w);
    c.subtitle =
        "Effect on those who joined, by time since joining; bars: 95 % intervals, shade: 95 % for all periods at once";
    c.table = {"event_study",
               "Effects by time since joining",
               {{"since", "Time since joining", "", 0},
                {"effect", "Effect", "", 3},
                {"error", "Standard error", "", 3},
                {"low", "95 % from", "", 3},
                {"high", "to", "", 3},
                {"band_low", "All at once from", "", 3},
                {"band_high", "to", "", 3},
                {"treated", "Units that joined", "", 0}},
               {}};
    Json data = Json::array();
    for (const EventTime& e : w.by_event) {
        const WaveEffect& f = e.effect;
        c.table.rows.push_back({std::int64_t{e.since}, f.value, f.error, f.low, f.high, f.band_low, f.band_high,
                                static_cast<std::int64_t>(f.treated)});
        data.push_back({{"since", e.since},
                        {"effect", f.value},
                        {"low", f.low},
                        {"high", f.high},
                        {"band_low", f.band_low},
                        {"band_high", f.band_high}});
    }
    Json spec = chart::base(c.title);
    spec["width"] = "container";
    spec["height"] = 300;
    spec["data"] = {{"values", data}};
    const Json x{{"field", "since"},
                 {"type", "quantitative"},
                 {"title", "Time since joining"},
                 {"axis", {{"tickMinStep", 1}}},
                 {"scale", {{"padding", 20}}}};
    const auto y = [](const char* field) {
        return Json{{"field", field}, {"type", "quantitative"}, {"title", "Effect on the outcome"}};
    };
    spec["layer"] = {
        {{"mark", {{"type", "area"}, {"opacity", 0.15}, {"color", chart::colours[0]}}},
         {"encoding", {{"x", x}, {"y", y("band_low")}, {"y2", {{"field", "band_high"}}}}}},
        {{"mark", {{"type", "rule"}}}, {"encoding", {{"y", {{"datum", 0}}}}}},
        {{"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}}}, {"encoding", {{"x", {{"datum", -0.5}}}}}},
        {{"mark", {{"type", "rule"}, {"strokeWidth", 3}, {"color", chart::colours[0]}}},
         {"encoding", {{"x", x}, {"y", y("low")}, {"y2", {{"field", "high"}}}}}},
        {{"mark", {{"type", "point"}, {"filled", true}, {"size", 80}, {"opacity", 1}, {"color", chart::colours[0]}}},
         {"encoding", {{"x", x}, {"y", y("effect")}}}}};
    c.spec = spec.dump();
    return c;
}

Table groups_table(const WaveEstimates& w) {
    Table out{"group_time",
              "Effects by time of joining and time",
              {{"joined", "Joined", "", as_written},
               {"time", "Time", "", as_written},
               {"effect", "Effect", "", 3},
               {"error", "Standard error", "", 3},
               {"low", "95 % from", "", 3},
               {"high", "to", "", 3},
               {"treated", "Treated", "units", 0},
               {"controls", "Controls", "units", 0},
               {"note", "What to know", "", 0}},
              {}};
    for (const GroupTime& g : w.by_group) {
        const auto treated = static_cast<std::int64_t>(g.effect.treated),
                   controls = static_cast<std::int64_t>(g.effect.controls);
        const std::string empty;
        if (!g.refusal.empty())
            out.rows.push_back({std::int64_t{g.joined}, std::int64_t{g.time}, empty, empty, empty, empty, treated,
                                controls, "Refused: " + g.refusal});
        else
            out.rows.push_back({std::int64_t{g.joined}, std::int64_t{g.time}, g.effect.value, g.effect.error,
                                g.effect.low, g.effect.high, treated, controls,
                                std::string(g.before ? "before joining: should be zero" : "")});
    }
    return out;
}

}  // namespace

bool is_estimate_page(const std::string& beginning) {
    return beginning.starts_with(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\"");
}

std::string waves_page(const WaveEstimates& w, const ReadPanel& read, const std::string& file) {
    const std::string name = file.substr(file.find_last_of('/') + 1);
    std::string out = page_start(name + " – hubsim estimate-waves", "What joining brought in " + name,
                                 counted(read.rows, "row") + ", " + counted(read.panel.units(), "unit") + " at " +
                                     counted(read.panel.times.size(), "time") + ", " + counted(w.clusters, "cluster") +
                                     " · hubsim " HUBSIM_VERSION,
                                 false);
    out += "<p class=\"headline\">" + escaped(statement(w)) + "</p>";
    if (w.largest_before > w.critical)
        out +=
            "<p><strong>Read with care:</strong> before joining, those who joined already moved apart from the others by " +
            decimal(w.largest_before, 1) + " standard errors. What follows may be a trend that was under way.</p>";
    if (w.overall.treated < w.joiners)
        out += "<p><strong>Not about all:</strong> " + counted(w.joiners - w.overall.treated, "unit") + " of " +
               std::to_string(w.joiners) + " joined when nobody was left to compare them with.</p>";
    if (!w.even_times)
        out +=
            "<p>Times are not evenly spaced: before joining, effects are from one time to the next, however far apart.</p>";
    out +=
        "<p><strong>How to read this.</strong> Those who joined at one time are compared with those who had not joined by then: how much more they changed since "
        "the last time before joining. Before joining the same is done from one time to the next, where there should be no difference.</p>";
    std::string body = chart_html(event_chart(w), "");
    body += "<section id=\"groups\"><h2>By time of joining</h2>" +
            table_html(groups_table(w), "Effects by time of joining and time") + "</section>";
    return out + contents_of(body) + body + page_end("{}", "Made from a table of your own: nothing left this machine.");
}

}  // namespace hubs
