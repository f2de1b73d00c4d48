#include "analysis/results/tables/calibration_basis.h"

#include <algorithm>

#include "analysis/results/page.h"
#include "analysis/results/tables/assumptions.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/embedded.h"
#include "sim/run/history.h"

namespace hubs {
namespace {

constexpr const char* shares_of_2018 = "published shares of 2017/18";
const std::string end_of = "the end of ";

const InputFile* input(const Study& study, const std::string& role) {
    for (const InputFile& i : study.inputs)
        if (i.role == role) return &i;
    return nullptr;
}

bool draws_shipped(const Study& study) {
    const InputFile* posterior = input(study, "posterior");
    return posterior != nullptr && posterior->text == embedded::posterior;
}

/// Parameters of the calibration that the scenario sets itself, so that they are not drawn.
std::string set_by_scenario(const Study& study) {
    std::string out;
    const std::string header(embedded::posterior.substr(0, embedded::posterior.find('\n')));
    const auto& drawn = study.scenario.draws.paths;
    for (std::size_t from = header.find(','); from != std::string::npos; from = header.find(',', from + 1)) {
        const std::size_t end = header.find(',', from + 1);
        const std::string path = header.substr(from + 1, end == std::string::npos ? end : end - from - 1);
        if (std::find(drawn.begin(), drawn.end(), path) == drawn.end()) out += (out.empty() ? "" : ", ") + path;
    }
    return out;
}

/// Parameters that the scenario sets and the calibration left at their defaults. Prices move no attainment.
std::string other_settings(const Results& results) {
    const auto& drawn = results.finished().scenario().draws.paths;
    std::string out;
    for (const Assumptions::Row& row : results.of<Assumptions>())
        if (row.standing == "set by the scenario" && row.section != AccountCosts::name &&
            std::find(drawn.begin(), drawn.end(), row.section + "." + row.name) == drawn.end() &&
            embedded::posterior.find(row.section + "." + row.name) == std::string::npos)
            out += (out.empty() ? "" : ", ") + row.section + "." + row.name;
    return out;
}

/// What the run begins with.
std::string start_of_run(const Study& study, bool same_framework) {
    const auto& history = study.scenario.history;
    if (history)
        return end_of + std::to_string(history->months) + " months of " + history->scenario.name + ", plan \"" +
               history->scenario.plans[history->plan].name + "\"";
    return same_framework ? shares_of_2018 : "published shares of " + study.framework.name;
}

bool starts_as_calibrated(const Study& study, bool same_framework) {
    const auto& history = study.scenario.history;
    return !history && same_framework;
}

std::string switched_off(const Scenario& s) {
    std::string out;
    std::size_t place = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        if (s.switches.off[place++]) out += (out.empty() ? "" : ", ") + std::string(P::name);
    });
    return out;
}

}  // namespace

std::vector<CalibrationBasis::Row> CalibrationBasis::rows(const Results& results) {
    const Study& study = results.finished().study;
    std::vector<Row> out;
    const Scenario& s = study.scenario;
    const auto add = [&](const char* aspect, const std::string& calibration, const std::string& run, bool agrees) {
        out.push_back({aspect, calibration, run, agrees});
    };
    const bool shipped = draws_shipped(study) && study.posterior != "middle";  // medians alone are no draws
    add("parameters", "drawn: history-2018-2023",
        shipped                       ? "drawn: history-2018-2023"
        : study.posterior == "middle" ? "the medians of history-2018-2023"
                                      : study.posterior,
        shipped);
    const std::string set = shipped ? set_by_scenario(study) : "", off = switched_off(s);
    add("calibrated parameters that the scenario sets", "none", set.empty() ? "none" : set, set.empty());
    const std::string others = shipped ? other_settings(results) : "";
    add("other settings that the scenario changes", "none", others.empty() ? "none" : others, others.empty());
    add("processes switched off", "none", off.empty() ? "none" : off, off.empty());
    const InputFile* framework = input(study, "framework");
    const bool same_framework = framework == nullptr || framework->text == embedded::framework;
    add("framework", "compass-schools-2017",
        same_framework
            ? study.framework.name
            : study.framework.name + ", another file" +
                  (s.history && !s.history->carried.empty() ? "; what was met carries over by its shares" : ""),
        same_framework);
    add("start", shares_of_2018, start_of_run(study, same_framework), starts_as_calibrated(study, same_framework));
    const InputFile* population = input(study, "population");
    const bool synthetic = population == nullptr || population->built_in;
    const bool whole = synthetic && is_whole_england(study.population);
    add("population", "synthetic England",
        whole       ? "synthetic England"
        : synthetic ? "synthetic, of other areas or numbers"
                    : "imported",
        whole);
    const Calendar& begins = s.history ? s.history->scenario.calendar : s.calendar;
    const bool starts = begins.step_of(2018, 9) == 0, ends = s.calendar.step_of(2023, 8) + 1 >= s.months;
    add("years", "2018-09 to 2023-08", month_name(begins, 1) + " to " + month_name(s.calendar, s.months),
        starts && ends);
    return out;
}

bool is_calibrated(const std::vector<CalibrationBasis::Row>& basis) {
    return std::all_of(basis.begin(), basis.end(), [](const CalibrationBasis::Row& row) { return row.agrees == 1; });
}

std::string start_in_words(const std::vector<CalibrationBasis::Row>& basis) {
    for (const CalibrationBasis::Row& row : basis)
        if (row.aspect == "start") return row.run;
    return shares_of_2018;  // results of before runs could start from another
}

bool goes_on_from_a_run(const std::vector<CalibrationBasis::Row>& basis) {
    return start_in_words(basis).starts_with(end_of);
}

std::string calibration_sentence(const std::vector<CalibrationBasis::Row>& basis) {
    if (basis.front().agrees != 1) return "Not calibrated: parameters are not drawn from the calibration.";
    std::string differs;
    for (const CalibrationBasis::Row& row : basis)
        if (row.agrees != 1)
            differs += (differs.empty() ? "" : "; ") + row.aspect +
                       (row.aspect == "years" ? " beyond what was calibrated" : "") + " (" + row.run + ")";
    return differs.empty()
               ? "Calibrated to published figures of 2018 to 2023."
               : "Calibrated to 2018 to 2023, but this run differs in: " + differs + ". It is an exploration.";
}

void CalibrationBasis::section(Page& page) {
    page.section("basis", "How far this run is calibrated", calibration_sentence(page.of<CalibrationBasis>()),
                 page.table<CalibrationBasis>("What the calibration was made with, beside this run"));
}

}  // namespace hubs
